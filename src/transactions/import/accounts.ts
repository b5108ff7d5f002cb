import type { Table } from '../../lib/statement/locate-table.ts'
import { isBlank } from '../../lib/statement/shapes.ts'
import { headerRole } from '../../lib/statement/words/headers.ts'

export interface Accounts {
  /** The account that the lines before the table name. */
  file: string | null
  /** The account of a row. */
  of: (source: string | null, cell: string) => string | null
}

const MAX_LENGTH = 64
const WHOLE_IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/
const IBAN = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/

/** One spelling of an account: an IBAN without blanks, a name as it is. */
function normalized(text: string): string | null {
  const compact = text.replaceAll(/\s/g, '').toUpperCase()
  return (WHOLE_IBAN.test(compact) ? compact : text.trim().slice(0, MAX_LENGTH)) || null
}

/** The account in the lines before the table: an IBAN, or the value beside a name for it. */
function accountOfPreamble({ preamble }: Table): string | null {
  for (const { fields } of preamble) {
    const cells = fields.map((field) => field.trim()).filter((field) => !isBlank(field))
    for (const cell of cells) {
      const iban = IBAN.exec(cell.slice(0, 200))?.[0]
      if (iban) return normalized(iban)
    }
    const [name = '', value] = cells.length === 1 ? cells[0]!.split(/:\s*/) : cells
    const isNamed = name.length < 40 && headerRole(name.replace(/:\s*$/, ''))?.role === 'account'
    if (isNamed && value && /\d/.test(value)) return normalized(value)
  }
  return null
}

/** The accounts of the rows of a file; what the request says has precedence. */
export function accountsOf(table: Table, source: string | undefined): Accounts {
  const file = accountOfPreamble(table)
  return {
    file,
    of: (own, cell) => normalized(source ?? own ?? (isBlank(cell) ? '' : cell)) ?? file,
  }
}
