import type { Columns } from '../../lib/statement/fields.ts'
import { isBlank } from '../../lib/statement/shapes.ts'
import type { FileRow } from './collect-rows.ts'
import type { ReadRow } from './import-row.ts'
import type { Problem } from './row-error.ts'

export interface ExternalIds {
  of: (row: FileRow) => string
  remarks: string[]
  /** Rows without those that repeat an id, which are problems. */
  unique: (rows: readonly ReadRow[]) => { single: ReadRow[]; repeated: Problem[] }
}

/** What banks write where there is no id. */
const NO_ID = /^(?:not ?provided|nonref|none|null|n\/?a|0+)$/i

function unique(rows: readonly ReadRow[]) {
  const seen = new Map<string, number>()
  const repeated: Problem[] = []
  const single = rows.filter(({ external_id: externalId, account, line }) => {
    if (externalId === null) return true
    const name = `${account ?? ''}\n${externalId}`
    const first = seen.get(name)
    if (first === undefined) seen.set(name, line)
    else repeated.push({ line, column: 'external_id', message: `Duplicate of line ${first}.` })
    return first === undefined
  })
  return { single, repeated }
}

/**
 * External ids of rows. A column that was found by its header holds ids only if they are unique;
 * otherwise its values are text like any other.
 */
export function readExternalIds(
  rows: readonly FileRow[],
  { external_id: column }: Columns,
  isMapped: boolean,
): ExternalIds {
  const valueOf = ({ cells }: FileRow) => {
    const value = column === undefined ? '' : (cells[column] ?? '')
    return !isMapped && (isBlank(value) || NO_ID.test(value.trim())) ? '' : value
  }
  const values = rows.map(valueOf).filter((value) => value !== '')
  const areUnique = isMapped || new Set(values).size === values.length
  return {
    of: areUnique ? valueOf : () => '',
    remarks: areUnique
      ? []
      : [
          'The ids in the file repeat, so they do not identify its rows. Pass mapping=external_id:… for a column that does.',
        ],
    unique,
  }
}
