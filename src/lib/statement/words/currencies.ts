import type { WordTable } from './table.ts'

/**
 * Signs and words of currencies beside the ISO codes: in cells such as "1.234,50 zł" and headers
 * such as "Betrag in Euro". `several` are used in more than one country, so they name none.
 */
export const currencySigns: WordTable = {
  signs: `
    AUD: A$ | AU$
    BRL: R$
    CAD: C$ | CA$ | CAD$
    CHF: SFr. | SFr | Fr.
    CNY: CN¥ | RMB | 元
    CRC: ₡
    CZK: Kč
    EUR: €
    GBP: £
    GEL: ₾
    GHS: ₵
    HKD: HK$
    HUF: Ft
    IDR: Rp
    ILS: ₪
    INR: ₹
    JPY: JP¥ | 円
    KRW: ₩ | 원
    KZT: ₸
    MXN: MX$ | Mex$
    MYR: RM
    NGN: ₦
    NZD: NZ$
    PHP: ₱
    PLN: zł
    PYG: ₲
    RON: lei
    RUB: ₽ | руб. | руб
    SGD: S$ | SG$
    THB: ฿
    TRY: ₺ | TL
    TWD: NT$
    UAH: ₴ | грн
    USD: US$
    VND: ₫
    ZAR: R
    several: $ | ¥ | ￥ | kr. | kr | Rs. | Rs | Fr | ₨
  `,
  words: `
    CHF: Franken | Schweizer Franken
    EUR: Euro | Euros
    PLN: złotych
    SEK: svenska kronor
    INR: rupees
  `,
}
