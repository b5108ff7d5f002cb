import { describe, expect, it } from 'vitest'
import {
  directionOf,
  directionsOf,
  directionWords,
  isTransfer,
} from '../../src/lib/statement/words/directions.ts'
import { fold, foldings } from '../../src/lib/statement/words/fold.ts'
import { footerOf, footerWords } from '../../src/lib/statement/words/footers.ts'
import { headerRole } from '../../src/lib/statement/words/headers.ts'
import { isWeekday, monthNames, monthOf } from '../../src/lib/statement/words/months.ts'
import { statusOf, statusWords } from '../../src/lib/statement/words/statuses.ts'
import { entriesOf } from '../../src/lib/statement/words/table.ts'
import { layouts } from './header-layouts.ts'

const lines = layouts.trim().split('\n')
const headers = lines.flatMap((name, index) =>
  index % 3 === 0
    ? [{ name, header: lines[index + 1]!.trim(), roles: lines[index + 2]!.trim() }]
    : [],
)

describe('the header of', () => {
  it.each(headers)('$name says what its columns have', ({ header, roles }) => {
    const found = header.split(';').map((column) => headerRole(column)?.role ?? '-')
    expect(found.join(';')).toBe(roles)
  })
})

describe('a header word', () => {
  it.each([
    ['Amount (EUR)', 'amount', 'EUR'],
    ['Betrag in EUR', 'amount', 'EUR'],
    ['Betrag in Euro', 'amount', 'EUR'],
    ['Bedrag (EUR)', 'amount', 'EUR'],
    ['Kwota [PLN]', 'amount', 'PLN'],
    ['Amount GBP', 'amount', 'GBP'],
    ['£ Amount', 'amount', 'GBP'],
    ['Saldo €', 'balance', 'EUR'],
    ['Debit(INR)', 'debit', 'INR'],
    ['Montant en euros', 'amount', 'EUR'],
    ['amount_usd', 'amount', 'USD'],
    ['Valor (R$)', 'amount', 'BRL'],
    ['Amount ($)', 'amount', undefined],
    ['Amount (Rs.)', 'amount', undefined],
    ['Top amount', 'amount', undefined],
    ['Datum EUR', 'date', undefined],
  ])('%s is known without its currency', (name, role, currency) => {
    const found = headerRole(name)
    expect(found).toMatchObject({ role })
    expect(found?.currency).toBe(currency)
  })

  it.each(['Währung', 'WÄHRUNG', 'Waehrung', 'Wahrung', ' währung: ', 'Wa\u0308hrung'])(
    'is the same in all spellings: %s',
    (name) => {
      expect(headerRole(name)).toStrictEqual({ role: 'currency', strength: 100 })
    },
  )

  it.each(['Description3', 'Memo 2', 'Libellé 4', 'Omschrijving-1', 'Beschreibung_12'])(
    'can have a number: %s',
    (name) => {
      expect(headerRole(name)).toStrictEqual({ role: 'notes', strength: 99 })
    },
  )

  it('ranks booking dates above dates, and those above transaction dates', () => {
    const strengths = ['Posting Date', 'Date', 'Transaction Date'].map(
      (name) => headerRole(name)!.strength,
    )
    expect(strengths).toStrictEqual(strengths.toSorted((a, b) => b - a))
    expect(new Set(strengths).size).toBe(3)
  })

  it('ranks whole names above longer ones, and those above compounds', () => {
    const names = ['Buchungsdatum', 'Buchungsdatum der Bank', 'Das Buchungsdatum', 'Zieldatum']
    const found = names.map((name) => headerRole(name)!)
    expect(found.map(({ role }) => role)).toStrictEqual(['date', 'date', 'date', 'date'])
    const strengths = found.map(({ strength }) => strength)
    expect(strengths).toStrictEqual(strengths.toSorted((a, b) => b - a))
    expect(new Set(strengths).size).toBe(4)
  })

  it('has other roles too, where languages differ', () => {
    expect(headerRole('Valuta')).toMatchObject({ role: 'value_date', others: ['currency'] })
    expect(headerRole('Valor')).toMatchObject({ role: 'amount', others: ['value_date'] })
  })

  it.each(['+/-', '+ / -', '±', 'S/H', 'Af Bij', 'Dr / Cr', 'Debit/Credit', 'Sens', 'Soll/Haben'])(
    'for directions is %s',
    (name) => {
      expect(headerRole(name)).toMatchObject({ role: 'direction' })
    },
  )

  it.each(['', ' ', '#', '???', 'Column 1', 'constructor', 'Credit limit', 'BIC', 'Emoji'])(
    'is not "%s"',
    (name) => {
      expect(headerRole(name)).toBeUndefined()
    },
  )

  it('is looked for in bounded time, however hostile the name', () => {
    for (const part of ['a', 'a ', '\u0301', 'e\u0301', '€', 'Datum ', '\u{1d165}']) {
      expect(() => headerRole(part.repeat(200_000))).not.toThrow()
    }
  })
})

describe('a direction word', () => {
  it.each([
    ['debit', 'out', true],
    ['D', 'out', true],
    ['DR', 'out', true],
    ['DBIT', 'out', true],
    ['S', 'out', true],
    ['H', 'in', true],
    ['Soll', 'out', true],
    ['Haben', 'in', true],
    ['Af', 'out', true],
    ['Bij', 'in', true],
    ['OUT', 'out', true],
    ['Withdrawal', 'out', true],
    ['Ausgabe', 'out', true],
    ['Gutschrift', 'in', true],
    ['Abbuchung', 'out', true],
    ['Débit', 'out', true],
    ['cargo', 'out', true],
    ['Abono', 'in', true],
    ['Addebito', 'out', true],
    ['Avere', 'in', true],
    ['Uznanie', 'in', true],
    ['Obciążenie', 'out', true],
    ['Money out', 'out', true],
    ['Saída', 'out', true],
    ['Utgift', 'out', true],
    ['+', 'in', true],
    ['−', 'out', true],
    ['Lastschrift', 'out', false],
    ['Überweisung', 'out', false],
    ['CARD_PAYMENT', 'out', false],
    ['Direct Debit', 'out', false],
    ['Refund', 'in', false],
    ['Deposit', 'in', false],
  ] as const)('%s is %s, strict: %s', (word, direction, strict) => {
    expect(directionOf(word)).toStrictEqual({ direction, strict })
  })

  it.each(['', 'Transfer', 'Current', 'Debit card 1234', 'Landlord', 'constructor', 'A', 'K'])(
    'is not "%s"',
    (word) => {
      expect(directionOf(word)).toBeUndefined()
    },
  )

  it('may be a transfer between own accounts', () => {
    for (const word of ['Transfer', 'Umbuchung', 'Traspaso', 'Giroconto', 'Virement interne']) {
      expect([word, isTransfer(word)]).toStrictEqual([word, true])
    }
    expect(isTransfer('Überweisung')).toBe(false)
  })

  it.each([
    [['C', 'D'], 'in', 'out'],
    [['A', 'C'], 'in', 'out'],
    [['A', 'D'], 'in', 'out'],
    [['H', 'D'], 'in', 'out'],
    [['K', 'D'], 'in', 'out'],
    [['E', 'A'], 'in', 'out'],
    [['Deposit', 'Withdrawal'], 'in', 'out'],
  ])('is explained by the other one of its column: %j', (texts, ...expected) => {
    const { directions, unknown } = directionsOf(texts)
    expect(texts.map((text) => directions.get(text))).toStrictEqual(
      expected.map((direction) => ({ direction, strict: true })),
    )
    expect(unknown).toStrictEqual([])
  })

  it('is sorted from transfers and from what is unknown', () => {
    const { directions, transfers, unknown } = directionsOf(['debit', 'Transfer', 'x', 'x', ' '])
    expect([...directions.keys()]).toStrictEqual(['debit'])
    expect([...transfers]).toStrictEqual(['Transfer'])
    expect(unknown).toStrictEqual(['x'])
  })
})

describe('a state', () => {
  it.each([
    ['Completed', 'booked'],
    ['Gebucht', 'booked'],
    ['vorgemerkt', 'pending'],
    ['Pendente', 'pending'],
    ['en attente', 'pending'],
    ['REVERTED', 'declined'],
    ['Failed', 'declined'],
    ['Cancelled', 'declined'],
    ['not approved', 'declined'],
    ['Odrzucona', 'declined'],
    ['', undefined],
    ['R', undefined],
    ['true', undefined],
  ])('"%s" is %s', (word, status) => {
    expect(statusOf(word)).toBe(status)
  })
})

describe('the first words of a row', () => {
  it.each([
    ['Saldo inicial', 'opening_balance'],
    ['Opening balance for account 1', 'opening_balance'],
    ['Anfangssaldo', 'opening_balance'],
    ['Kontostand am 14.03.2026: 1.234,00 EUR', 'closing_balance'],
    ['Kontostand', 'closing_balance'],
    ['Endsaldo', 'closing_balance'],
    ['Solde au 14 mars 2026', 'closing_balance'],
    ['Total', 'total'],
    ['TOTAL: 12.50', 'total'],
    ['Summe EUR', 'total'],
    ['Total credits', 'total'],
    ['*** end ***', 'end'],
    ['Ende der Liste', 'end'],
    ['Total Energies', undefined],
    ['Total Tankstelle 123', undefined],
    ['Saldo Moda', undefined],
    ['Summe Feinkost', undefined],
    ['End of the road pub', undefined],
    ['Balance Yoga Studio', undefined],
    ['Report Books', undefined],
    ['Page', 'end'],
    ['Page & Plant', undefined],
    ['', undefined],
  ])('"%s" say %s', (text, footer) => {
    expect(footerOf(text)).toBe(footer)
  })
})

describe('the names of months', () => {
  it.each([
    ['mar', 3],
    ['MÄR', 3],
    ['mrz', 3],
    ['märz', 3],
    ['mars', 3],
    ['marzo', 3],
    ['mrt', 3],
    ['maart', 3],
    ['março', 3],
    ['marca', 3],
    ['sept', 9],
    ['août', 8],
    ['déc.', 12],
    ['stycznia', 1],
    ['sty', 1],
    ['ottobre', 10],
    ['constructor', undefined],
    ['', undefined],
  ])('%s is %s', (name, month) => {
    expect(monthOf(name)).toBe(month)
  })

  it('mean one month in all languages', () => {
    const found = Object.values(monthNames).flatMap((line) =>
      line.split('|').flatMap((names, index) =>
        names
          .trim()
          .split(' ')
          .map((name) => [name, index + 1]),
      ),
    )
    expect(found.map(([name]) => [name, monthOf(String(name))])).toStrictEqual(found)
  })

  it('are twelve in each language, and there are weekdays', () => {
    for (const line of Object.values(monthNames)) expect(line.split('|')).toHaveLength(12)
    expect(isWeekday('Samstag')).toBe(true)
    expect(isWeekday('Rent')).toBe(false)
  })
})

describe('a table', () => {
  it.each([
    ['directions', directionWords],
    ['states', statusWords],
    ['footers', footerWords],
  ])('of %s has no word with two meanings', (_, table) => {
    const meanings = new Map<string, Set<string>>()
    for (const { name, word } of entriesOf(table)) {
      for (const form of foldings(word)) {
        meanings.set(form, (meanings.get(form) ?? new Set()).add(name))
      }
    }
    expect([...meanings].filter(([, names]) => names.size > 1)).toStrictEqual([])
  })
})

describe('a folded text', () => {
  it('has small letters and digits with single blanks, and is the same when folded again', () => {
    expect(fold('  Kwota [PLN] – Łódź/Größe_2 ')).toBe('kwota pln lodz grosse 2')
    expect(fold(fold('Naïve Œuvre'))).toBe('naive oeuvre')
    expect(foldings('Währung')).toStrictEqual(['wahrung', 'waehrung'])
  })
})
