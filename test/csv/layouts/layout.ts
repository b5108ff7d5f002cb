/** A file as a bank, card or app exports it, with invented data, and what a bookkeeper reads in it. */
export interface Layout {
  name: string
  file: string
  /** The charset of the bytes; `declared: false` leaves it out of the request. Default: UTF-8. */
  encoding?: { charset: string; declared: boolean; mark?: boolean }
  /** Options of the first attempt: `currency` where the file does not name one, and nothing else. */
  query?: string
  /** `2026-03-14 -84.30 EUR | payee: Shop | category: Food | notes: part of payee or notes`. */
  rows?: string[]
  /** Rows that are pending, declined, a balance, a total or a footer; 'any' where it is arguable. */
  notBooked?: number | 'any'
  problems?: number
  /** The first attempt must be a question about one of these options; with this value it works. */
  asks?: { option: string; value: string }
  /** The first attempt is right, or such a question: more than a file of this kind need not tell. */
  mayAsk?: { option: string; value: string }
  /** No row may come out: a question about any option, a refusal, or only problems. */
  refused?: true
}
