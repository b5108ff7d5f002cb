/** Polish, Czech, Hungarian and Japanese, by role. */

export const pl = `
  date: Data księgowania | Data zaksięgowania | Data rozliczenia | Data realizacji | Data operacji księgowej
  date 2: Data | Data operacji | Data i godzina
  date 3: Data transakcji | Data dokonania transakcji | Data zakupu | Data utworzenia | Data rozpoczęcia | Data zlecenia
  value_date: Data waluty | Data waluty księgowania
  amount: Kwota | Kwota operacji | Kwota transakcji | Kwota transakcji (waluta rachunku) | Kwota w walucie rachunku | Kwota księgowania | Kwota netto | Wartość
  amount 3: Suma | Brutto | Cena
  debit: Obciążenia | Obciążenie | Wn | Kwota obciążenia | Debet
  credit: Uznania | Uznanie | Ma | Kwota uznania | Kredyt
  amount_out: Wydatki | Wydatek | Wypłata | Wypłaty | Rozchód | Wychodzące
  amount_in: Wpływy | Wpływ | Wpłata | Wpłaty | Przychód | Przychody | Dochód | Przychodzące
  direction: Wn/Ma | Obciążenie/Uznanie | Uznanie/Obciążenie | Strona | Kierunek | D/K | Wydatek/Przychód
  type_text: Typ transakcji | Rodzaj transakcji | Opis operacji | Typ operacji | Typ | Rodzaj | Rodzaj operacji
  currency: Waluta | Waluta rachunku | Waluta operacji
  balance: Saldo | Saldo po operacji | Saldo po transakcji | Saldo końcowe | Saldo księgowe | Saldo rachunku
  payee: Nadawca/Odbiorca | Nadawca / Odbiorca | Odbiorca/Zleceniodawca | Kontrahent | Dane kontrahenta | Odbiorca | Nazwa odbiorcy | Nazwa nadawcy | Nadawca | Nazwa kontrahenta
  payee: Nazwa odbiorcy/nadawcy | Zleceniodawca | Beneficjent | Sprzedawca | Dane strony operacji | Odbiorca / Nadawca
  payee 2: Nazwa | Imię i nazwisko
  counter_account: Rachunek odbiorcy | Rachunek kontrahenta | Rachunek odbiorcy/nadawcy | Rachunek drugiej strony | Numer rachunku nadawcy/odbiorcy | Numer konta odbiorcy | Rachunek przeciwstawny | Rachunek docelowy
  notes: Tytuł | Opis | Tytuł operacji | Opis transakcji | Tytułem | Szczegóły | Tytuł transakcji | Tytuł płatności | Notatka | Komentarz | Uwagi | Dodatkowe informacje
  notes 2: Adres nadawcy/odbiorcy | Adres kontrahenta | Lokalizacja
  category: Kategoria
  category 2: Podkategoria
  external_id: Identyfikator transakcji | Nr transakcji | ID transakcji | Numer transakcji
  reference: Numer referencyjny | Referencje | Nr ref. | Referencje własne zleceniodawcy
  account: Konto | Rachunek | Numer rachunku | Numer konta | Rachunek nadawcy | Rachunek źródłowy | Produkt | Numer karty | Karta | Nr rachunku | Nazwa rachunku
  fee: Opłata | Prowizja | Opłaty
  status: Status | Stan
  original_amount: Kwota w walucie oryginalnej | Oryginalna kwota operacji | Kwota oryginalna | Kwota płatności w walucie | Kwota w walucie transakcji
  original_currency: Waluta oryginalna | Waluta transakcji
  ignore: Nazwa banku | Kwota blokady/zwolnienie blokady | Kwota blokady
  exchange_rate: Kurs | Kurs wymiany | Kurs walutowy
  time: Godzina | Czas
  number: Numer | Lp | Lp. | Numer wyciągu | #
  tax: VAT | Podatek
`

export const cs = `
  date: Datum zaúčtování | Datum účtování | Zaúčtováno | Zúčtováno | Datum zúčtování | Datum zpracování
  date 2: Datum | Datum a čas
  date 3: Datum transakce | Datum provedení | Datum platby | Datum odepsání
  value_date: Valuta | Datum valuty | Splatnost
  amount: Objem | Částka | Částka v měně účtu | Zaúčtovaná částka | Částka transakce | Částka CZK
  debit: Má dáti | Debet | Na vrub
  credit: Dal | Kredit | Ve prospěch
  amount_out: Výdaj | Výdaje | Odchozí
  amount_in: Příjem | Příjmy | Příchozí
  direction: Směr úhrady | Směr platby | Směr | Příjem/Výdaj
  type_text: Typ | Typ transakce | Typ operace | Druh transakce | Popis transakce
  currency: Měna | Měna účtu
  balance: Zůstatek | Zůstatek po transakci | Účetní zůstatek
  payee: Název protiúčtu | Název protistrany | Příjemce | Obchodník | Název účtu protistrany | Plátce | Jméno protistrany | Obchodní místo
  counter_account: Protiúčet | Číslo protiúčtu | Účet protistrany | Číslo účtu protistrany
  notes: Zpráva pro příjemce | Poznámka | Zpráva | Popis | Zpráva pro mě | Poznámka k úhradě | Detail | Vlastní poznámka | Uživatelská identifikace
  category: Kategorie | Kategorie transakce
  external_id: ID operace | ID pohybu | Id transakce | ID transakce
  reference: VS | Variabilní symbol | Reference platby | Referenční číslo | KS | SS | Konstantní symbol | Specifický symbol | Referenční číslo transakce
  account: Účet | Číslo účtu | Název účtu | Číslo karty | Můj účet
  fee: Poplatek | Poplatky
  status: Stav
  original_amount: Původní částka | Původní částka obchodu | Částka v původní měně
  original_currency: Původní měna | Měna obchodu
  exchange_rate: Kurz | Směnný kurz
  time: Čas
  tax: DPH
`

export const hu = `
  date: Könyvelés dátuma | Könyvelési dátum | Könyvelés napja | Könyvelés
  date 2: Dátum
  date 3: Tranzakció dátuma | Tranzakció időpontja | Tranzakció ideje | Vásárlás dátuma
  value_date: Értéknap | Értéknap dátuma
  amount: Összeg | Tranzakció összege | Könyvelt összeg
  debit: Terhelés | Tartozik
  credit: Jóváírás | Követel
  amount_out: Kiadás | Kiadások
  amount_in: Bevétel | Bevételek
  direction: Terhelés/Jóváírás | Terhelés vagy jóváírás | T/J | Bejövő/Kimenő | Bevétel/Kiadás | Irány | Előjel
  type_text: Típus | Tranzakció típusa | Forgalom típusa
  currency: Devizanem | Deviza | Pénznem | Tranzakció devizaneme
  balance: Egyenleg | Könyvelt egyenleg | Záró egyenleg
  payee: Partner neve | Partner név | Ellenoldali név | Ellenoldal neve | Kedvezményezett | Kedvezményezett neve | Partner
  counter_account: Partner számlaszáma | Ellenoldali számlaszám | Ellenszámla | Partner számla
  notes: Közlemény | Megjegyzés | Leírás | Részletek
  category: Kategória | Költési kategória
  external_id: Tranzakció azonosító | Tranzakcióazonosító | Megbízás azonosító
  reference: Hivatkozás
  account: Számlaszám | Számla | Számla neve | Kártyaszám | Számla száma
  fee: Díj | Jutalék
  status: Állapot | Státusz
  exchange_rate: Árfolyam
  time: Idő
`

export const ja = `
  date: 取引日 | お取引日 | 計上日 | 記帳日 | 入出金日 | 処理日
  date 2: 日付 | 年月日 | お取引日時
  date 3: 利用日 | ご利用日 | ご利用年月日 | 支払日
  value_date: 起算日
  amount: 金額 | 取引金額 | 入出金(円) | 入出金額 | 利用金額 | ご利用金額 | 入出金額(円)
  amount 2: 支払総額 | 支払金額 | お支払金額 | 金額（円）
  amount_out: 出金 | 出金額 | お引出し | 支払い | お支払金額(円) | 引出 | 出金金額 | 出金額(円) | 支出
  amount_in: 入金 | 入金額 | お預入れ | 預り金額 | お預り金額 | 預入 | 入金金額 | 入金額(円) | 収入
  type_text: 種別 | 取引区分 | 入出金区分 | 支払方法 | 取引種別 | 区分
  currency: 通貨
  balance: 残高 | 差引残高 | 取引後残高(円) | 残高(円) | 取引後残高
  payee: 利用店名・商品名 | 利用店名 | 店名 | ご利用店名 | 取引先 | 振込先 | ご利用先 | 利用先
  notes: 摘要 | 内容 | 備考 | 入出金先内容 | 入出金内容 | お取り扱い内容 | 取引内容 | メモ | 明細 | ご利用内容
  category: カテゴリ | 大項目 | 費目
  category 2: 中項目
  external_id: 取引番号 | ID
  account: 口座番号 | 口座 | 保有金融機関 | 利用者 | カード番号
  fee: 手数料 | 支払手数料
  time: 時刻 | 時間
`

/** Chinese, by role. */
export const zh = `
  date: 交易时间 | 交易日期 | 记账日期 | 日期 | 入账日期
  amount: 金额 | 交易金额 | 金额(元)
  direction: 收/支 | 借贷 | 收支
  amount_out: 支出 | 支出金额
  amount_in: 收入 | 收入金额
  payee: 交易对方 | 对方户名 | 对方名称
  notes: 商品说明 | 摘要 | 备注 | 商品 | 附言
  type_text: 交易类型
  category: 交易分类
  balance: 余额 | 账户余额
  status: 交易状态 | 当前状态
  external_id: 交易订单号 | 交易单号 | 交易流水号
  currency: 币种 | 货币
`
