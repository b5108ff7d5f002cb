import { foldings, fold } from './fold.ts'
import { entriesOf } from './table.ts'

/*
 * Words in a column that say which way money went. `in` and `out` are strict: they say nothing else.
 * `soft in` and `soft out` are kinds of transactions that usually go one way. `transfer` is between
 * own accounts.
 */
export const directionWords = {
  en: `
    in: Credit | Credits | Cr | Crdt | C | In | Income | Money in | Paid in | Inflow | Incoming | Received | Deposit/Credit | Credited | Inbound | Earning
    out: Debit | Debits | Dr | Db | Dbit | D | Out | Expense | Expenses | Money out | Paid out | Outflow | Outgoing | Withdrawal | Withdrawals | Spent | Debited | Outbound | Spending
    in: Inc
    out: Exp
    soft in: Deposit | Deposits | Refund | Interest | Salary | Dividend | Cashback | Reimbursement | Payment received | Faster payment received | Direct deposit | Direct credit | Bank credit
    soft in: Top-up | Topup | Top up | Return | Returned | ACH credit | Credit interest | Interest paid | Wages | Rebate | Reward | Rewards | Payroll | FPI | BGC | Incoming transfer | Interest credit
    soft in: Inward payment | Mobile deposit | Check deposit | Wire transfer in | Transfer in | Gift | Bonus | Money received | Bank giro credit | Inward transfer | ACH deposit
    soft out: Payment | Purchase | Sale | Fee | Fees | Card payment | Direct debit | Standing order | Charge | ATM | Cash withdrawal | Cheque | Check | Bill payment | Debit card | Dd | So | Fpo
    soft out: POS | Debit card purchase | Service charge | Interest charged | Bill pay | ACH debit | Cash advance | Card purchase | ATM withdrawal | Faster payment sent | Payment sent | Subscription
    soft out: Card transaction | Visa purchase | Contactless payment | Commission | Outgoing transfer | Cash | Deb | Chq | Bp | Cpt | Transfer out | Mobile payment | Online payment | Eftpos | Loan payment
    soft out: Outward payment | Wire transfer out | Card | Debit purchase | Contactless | Foreign transaction fee | Tax | Exchange out | Cash out | Outward transfer | Chargepoint
    transfer: Transfer | Internal transfer | Account transfer | Own account transfer | Transfer between accounts | Between accounts | Transfers | Savings transfer | Pot transfer | Credit card payment
    transfer: Transfer between own accounts | Own transfer | Self transfer | Between own accounts
  `,
  zh: `
    in: 收入 | 贷 | 贷方
    out: 支出 | 借 | 借方
  `,
  de: `
    in: Haben | H | Gutschrift | Gutschriften | Einnahme | Einnahmen | Eingang | Eingehend | Ertrag | Zahlungseingang | Geldeingang | Einkommen | Zugang
    out: Soll | S | Ausgabe | Ausgaben | Ausgang | Ausgehend | Belastung | Belastungen | Zahlungsausgang | Geldausgang | Aufwand | Abgang | Abbuchung
    soft in: Lohn | Gehalt | Einzahlung | Zinsen | Rückerstattung | Erstattung | Dividende | Lohn, Gehalt, Rente | Lohn/Gehalt | Gutschrift Überweisung | Überweisungsgutschrift | Rente
    soft in: Gutschrift Überw. | Dauerauftragsgutschrift | Echtzeit-Gutschrift | Echtzeitgutschrift | GutschriftÜberweisung | Lohn Gehalt | Bareinzahlung | Rückzahlung | Retoure | Gutschr. Überw. Dauerauftr | Habenzinsen
    soft out: Lastschrift | Überweisung | Dauerauftrag | Kartenzahlung | Auszahlung | Basislastschrift | Folgelastschrift | Erstlastschrift | Einmallastschrift | Gebühr | Gebühren | Entgelt
    soft out: Echtzeitüberweisung | Online-Überweisung | Überweisungsauftrag | SEPA-Lastschrift | SEPA-Überweisung | Geldautomat | Barauszahlung | Bargeldauszahlung | Kauf | Einkauf | Zahlung | Bezahlung
    soft out: Lastschrifteinzug | SEPA-Basislastschrift | Kreditkartenabrechnung | Entgeltabschluss | Scheck | Online-Zahlung | Debitkartenzahlung | Spesen | Steuern | Sollzinsen | Karte | Kartenumsatz
    soft out: Folgelastschrift SEPA | Firmenlastschrift | Dauerauftragsbelastung | Bargeldbezug | Zahlungsauftrag | Abhebung | Bezug | EC-Kartenzahlung | girocard
    transfer: Umbuchung | Übertrag | Kontoübertrag | Übertrag eigene Konten | Interne Umbuchung | Eigenübertrag | Umbuchungen | Übertragung
  `,
  fr: `
    in: Crédit | Créditeur | Recette | Recettes | Entrée | Entrées | Revenu | Revenus | Entrant | Encaissement
    out: Débit | Débiteur | Dépense | Dépenses | Sortie | Sorties | Sortant | Décaissement
    soft in: Virement reçu | Remise de chèque | Remboursement | Salaire | Dépôt | Virement en votre faveur | Intérêts | Versement | Avoir | Virement entrant | Vir recu | Remise chèque
    soft out: Prélèvement | Paiement | Achat | Retrait | Carte | Chèque | Paiement carte | Carte bancaire | Frais | Virement émis | Cotisation | Commission | Paiement par carte | Virement sortant
    soft out: Retrait DAB | Prélèvement SEPA | Impôt | Virement | Échéance prêt | Retrait d'espèces
    transfer: Virement interne | Virement de compte à compte | Virement entre comptes | Transfert | Transfert interne
  `,
  es: `
    in: Abono | Haber | Crédito | Ingreso | Ingresos | Entrada | Entradas | Acreedor
    out: Cargo | Debe | Débito | Gasto | Gastos | Salida | Salidas | Deudor | Egreso | Egresos
    soft in: Nómina | Transferencia recibida | Devolución | Reembolso | Depósito | Intereses | Bizum recibido | Dividendo | Abono transferencia
    soft out: Pago | Compra | Adeudo | Recibo | Domiciliación | Transferencia emitida | Retirada | Reintegro | Retiro | Comisión | Tarjeta | Pago con tarjeta | Recibos | Bizum enviado | Cuota | Compra con tarjeta
    soft out: Transferencia realizada | Adeudo recibo | Impuesto | Cheque | Cajero | Disposición
    transfer: Traspaso | Traspaso interno | Transferencia interna | Traspaso entre cuentas | Traspasos | Transferencia entre cuentas
  `,
  it: `
    in: Accredito | Avere | Entrata | Entrate | Credito | Accrediti | In entrata
    out: Addebito | Dare | Uscita | Uscite | Spesa | Spese | Debito | Addebiti | In uscita
    soft in: Stipendio | Bonifico ricevuto | Bonifico in entrata | Rimborso | Versamento | Interessi | Bonifico a vostro favore | Storno | Accredito stipendio | Ricarica
    soft out: Pagamento | Acquisto | Prelievo | Bonifico in uscita | Bonifico effettuato | Commissione | Commissioni | Addebito diretto | Carta | Pagamento POS | Imposta | Bolletta | Bonifico disposto | Canone | Assegno
    transfer: Giroconto | Trasferimento | Trasferimento interno | Giroconti | Girofondo
  `,
  nl: `
    in: Bij | Bijschrijving | Inkomst | Inkomsten | Ontvangst | Ontvangen | Inkomend | Creditering
    out: Af | Debet | Afschrijving | Uitgave | Uitgaven | Uitgaand | Uit | Debitering
    soft in: Storting | Salaris | Rente | Terugbetaling | Ontvangen overboeking | Overschrijving ontvangen
    soft out: Betaling | Incasso | Betaalautomaat | Geldautomaat | iDEAL | Aankoop | Opname | Kosten | Domiciliëring | Betaling met kaart | Periodieke overboeking | Online bankieren | Acceptgiro | Geldopname | Kaartbetaling
    soft out: Betaalverzoek | Overboeking | Overschrijving | Automatische incasso | Bankkosten | Diversen
    transfer: Interne overboeking | Eigen rekening | Overboeking eigen rekening | Spaaropdracht | Overboeking tussen eigen rekeningen
  `,
  pt: `
    in: Crédito | Créditos | Receita | Receitas | Entrada | Entradas | Recebimento | Rendimento
    out: Débito | Débitos | Despesa | Despesas | Saída | Saídas | Saque
    soft in: Depósito | Transferência recebida | Pix recebido | Salário | Reembolso | Estorno | Ordenado | Juros | Devolução
    soft out: Pagamento | Compra | Levantamento | Pix enviado | Transferência enviada | Boleto | Comissão | Tarifa | Débito direto | Compra no débito | Cartão | Imposto | Débito automático | Pagamento de serviços
    transfer: Transferência | Transferência entre contas | Transferência interna | Transferência entre contas próprias
  `,
  pl: `
    in: Uznanie | Uznania | Ma | Wpływ | Wpływy | Wpłata | Przychód | Przychody | Dochód | Przychodzący | Przychodzące | Kredyt
    out: Obciążenie | Obciążenia | Wn | Wydatek | Wydatki | Wypłata | Rozchód | Wychodzący | Wychodzące | Koszt
    soft in: Przelew przychodzący | Wynagrodzenie | Zwrot | Odsetki | Przelew na konto | Wpłata gotówki | Przelew otrzymany | Zwrot w terminalu
    soft out: Płatność | Płatność kartą | Zakup | Przelew wychodzący | Przelew z rachunku | Prowizja | Opłata | Płatność web | Zlecenie stałe | Wypłata z bankomatu | Zakup przy użyciu karty | Polecenie zapłaty
    soft out: Płatność BLIK | Przelew | Przelew zewnętrzny | Transakcja kartą | Przelew zewnętrzny wychodzący | Podatek
    transfer: Przelew własny | Przelew wewnętrzny | Przelew między własnymi kontami | Przelew na własne konto
  `,
  sv: `
    in: Kredit | Inkomst | Inkomster | Insättning | Inbetalning | Inkommande
    out: Ut | Utgift | Utgifter | Uttag | Utbetalning | Utgående
    soft in: Lön | Ränta | Återbetalning | Retur | Swish inbetalning
    soft out: Betalning | Kortköp | Köp | Autogiro | Avgift | Bankomatuttag | Kortbetalning | Kontantuttag | Stående överföring | Swish-betalning | E-faktura | Räkning | Bg-betalning | Pg-betalning
    transfer: Överföring | Egen överföring | Överföring mellan egna konton
  `,
  da: `
    in: Indtægt | Indtægter | Indsat | Indbetaling | Ind
    out: Udgift | Udgifter | Hævet | Udbetaling | Hævning | Ud
    soft in: Løn | Rente | Tilbagebetaling | Refusion
    soft out: Betaling | Køb | Kortkøb | Dankort-køb | Betalingsservice | Gebyr | Kortbetaling | Regning
    transfer: Overførsel | Intern overførsel | Overførsel mellem egne konti
  `,
  nb: `
    in: Inntekt | Inntekter | Innskudd | Innbetaling | Inn
    out: Utgift | Utgifter | Uttak | Utbetaling | Ut
    soft in: Lønn | Renter | Tilbakebetaling
    soft out: Varekjøp | Kjøp | Betaling | AvtaleGiro | Gebyr | Visa varekjøp | Minibank | Nettgiro | Kortbetaling | Efaktura
    transfer: Overføring | Overføring mellom egne kontoer | Kontoregulering | Egen overføring
  `,
  fi: `
    in: Tulo | Tulot | Pano | Hyvitys
    out: Meno | Menot | Otto | Veloitus
    soft in: Palkka | Talletus | Palautus | Korko | Viitesiirto saapuva
    soft out: Korttiosto | Osto | Maksu | Käteisnosto | Nosto | Palvelumaksu | Suoraveloitus | Pkorttimaksu | Laskun maksu
    transfer: Oma tilisiirto | Siirto omien tilien välillä
  `,
  cs: `
    in: Příjem | Příchozí | Příchozí úhrada | Ve prospěch | Dal | Kredit
    out: Výdaj | Odchozí | Odchozí úhrada | Na vrub | Má dáti | Debet
    soft in: Příchozí platba | Mzda | Úrok | Vklad | Vratka | Bezhotovostní příjem
    soft out: Platba kartou | Odchozí platba | Inkaso | Výběr | Poplatek | Trvalý příkaz | Výběr z bankomatu | Nákup | Platba | Platba převodem uvnitř banky | Bezhotovostní platba
    transfer: Převod mezi vlastními účty | Vlastní převod | Převod mezi mými účty
  `,
  hu: `
    in: Jóváírás | Bevétel | Bejövő | Követel
    out: Terhelés | Kiadás | Kimenő | Tartozik
    soft in: Bejövő utalás | Átutalás jóváírás | Kamat | Munkabér | Befizetés | Visszatérítés
    soft out: Vásárlás | Kártyás vásárlás | Készpénzfelvétel | Díj | Kimenő utalás | Átutalás | Csoportos beszedés | Vásárlás belföldi kereskedőnél | Jutalék | Kártyatranzakció
    transfer: Saját számlák közötti átvezetés | Átvezetés
  `,
  ja: `
    in: 入金 | 収入 | 預入 | お預入れ | 預け入れ
    out: 出金 | 支出 | 引出 | お引出し | 支払 | 支払い
    soft in: 給与 | 利息 | 振込入金 | 給料
    soft out: 振込 | 口座振替 | カード | 手数料
    transfer: 振替 | 資金移動
  `,
}

export type Direction = 'in' | 'out'

export interface DirectionWord {
  direction: Direction
  strict: boolean
}

/** Letters and words that mean something only beside the other one: "C" is out beside "A". */
const pairs: [into: string, out: string][] = [
  ['c', 'd'],
  ['h', 's'],
  ['h', 'd'],
  ['k', 'd'],
  ['a', 'd'],
  ['a', 'c'],
  ['b', 'a'],
  ['e', 'a'],
  ['i', 'e'],
  ['i', 'o'],
  ['j', 't'],
  ['m', 'w'],
  ['u', 'o'],
  ['r', 'd'],
  ['deposit', 'withdrawal'],
  ['deposit', 'payment'],
  ['deposits', 'withdrawals'],
]

const PLUS = /^\s*\+\s*$/
const MINUS = /^\s*[-−–]\s*$/

function readTables() {
  const directions = new Map<string, DirectionWord>()
  const transfers = new Set<string>()
  for (const { name, word } of entriesOf(directionWords)) {
    for (const folded of foldings(word)) {
      if (name === 'transfer') transfers.add(folded)
      else if (!directions.has(folded) || !name.startsWith('soft')) {
        const direction = name.endsWith('in') ? 'in' : 'out'
        directions.set(folded, { direction, strict: !name.startsWith('soft') })
      }
    }
  }
  return { directions, transfers }
}

let known: ReturnType<typeof readTables> | undefined
const words = () => (known ??= readTables())

/** What a word says alone; see `directionsOf` for a column. */
export function directionOf(word: string): DirectionWord | undefined {
  if (PLUS.test(word)) return { direction: 'in', strict: true }
  if (MINUS.test(word)) return { direction: 'out', strict: true }
  return words().directions.get(fold(word))
}

/** Whether a word means a transfer between own accounts, in some files at least. */
export const isTransfer = (word: string): boolean => words().transfers.has(fold(word))

export interface Directions {
  /** By the text of the cell; a transfer may have none. */
  directions: ReadonlyMap<string, DirectionWord>
  transfers: ReadonlySet<string>
  /** Texts that mean nothing here. */
  unknown: readonly string[]
}

/** What the different texts of a column say, where the one explains the other. */
export function directionsOf(texts: Iterable<string>): Directions {
  const distinct = [...new Set(texts)].filter((text) => text.trim() !== '')
  const folded = new Set(distinct.map(fold))
  const pair = pairs.find(([into, out]) => folded.has(into) && folded.has(out))
  const directions = new Map<string, DirectionWord>()
  const transfers = new Set<string>()
  const unknown: string[] = []
  for (const text of distinct) {
    const place = pair?.indexOf(fold(text)) ?? -1
    const found: DirectionWord | undefined =
      place === -1 ? directionOf(text) : { direction: place === 0 ? 'in' : 'out', strict: true }
    if (found) directions.set(text, found)
    if (isTransfer(text)) transfers.add(text)
    else if (!found) unknown.push(text)
  }
  return { directions, transfers, unknown }
}
