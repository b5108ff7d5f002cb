import { invalidField } from '../errors.ts'
import type { Table } from './locate-table.ts'
import { quoted } from './named-columns.ts'

/** The index of a column by its name, else by its number from 1. */
export function columnNamed(table: Table, name: string): number {
  const header = table.header ?? []
  const lower = name.toLowerCase()
  const index = header.findIndex((each) => each.toLowerCase() === lower)
  if (index !== -1) return index
  const width = Math.max(header.length, ...table.sample.map(({ fields }) => fields.length))
  const number = /^[1-9]\d{0,3}$/.test(name) ? Number(name) : 0
  if (number >= 1 && number <= width) return number - 1
  const known =
    table.header === undefined
      ? `The file has no header; pass the number of a column, from 1 to ${width}.`
      : `The columns are ${header.filter(Boolean).slice(0, 30).map(quoted).join(', ')}.`
  throw invalidField('mapping', `The file has no column ${quoted(name)}. ${known}`)
}
