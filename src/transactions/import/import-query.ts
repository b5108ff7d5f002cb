import type { z } from '@hono/zod-openapi'
import { AppError, invalidField } from '../../lib/errors.ts'
import { statementFields, type StatementField } from '../../lib/statement/fields.ts'
import type { importQuerySchema } from './imports.schema.ts'
import type { Upload } from '../../http/context.ts'
import type { ImportRequest } from './imports.service.ts'
import type { ImportFile, ReadOptions } from './import-file.ts'

type ImportQuery = z.output<typeof importQuerySchema>

/** A comma ends a pair only before the next field: headers may have commas and colons in them. */
const BETWEEN_PAIRS = new RegExp(`,(?=(?:${statementFields.join('|')}):)`)
const MAX_ERRORS = 200

const isField = (name: string): name is StatementField =>
  (statementFields as readonly string[]).includes(name)

function readMapping(text: string | undefined): Map<StatementField, string> {
  const mapping = new Map<StatementField, string>()
  for (const pair of text?.split(BETWEEN_PAIRS) ?? []) {
    const [name = '', ...rest] = pair.split(':')
    const header = rest.join(':').normalize('NFC').trim()
    if (!isField(name) || header === '' || mapping.has(name)) {
      throw invalidField(
        'mapping',
        `Must be pairs such as date:Header,amount:Header, each field at most once. The fields are ${statementFields.join(', ')}.`,
      )
    }
    mapping.set(name, header)
  }
  return mapping
}

export const readOptions = (
  query: ImportQuery,
  { charset, charsetReason }: Upload,
): ReadOptions => ({
  charset: { name: charset, reason: charsetReason },
  delimiter: query.delimiter === 'tab' ? '\t' : query.delimiter,
  decimal: query.decimal,
  dateFormat: query.date_format,
  skipLines: query.skip_lines,
  header: query.header,
  positive: query.positive,
  mapping: readMapping(query.mapping),
  defaults: { currency: query.currency, category: query.category, source: query.source },
})

export const readRequest = (query: ImportQuery, { fileName }: Upload): ImportRequest => ({
  userId: query.user_id,
  fileName: query.file_name ?? fileName,
  source: query.source,
  duplicates: query.duplicates,
  likelyDuplicates: query.likely_duplicates,
  lines: query.lines,
})

/** @throws AppError that lists the rows with problems, if there are any */
export function refuseProblems({ problems }: ImportFile): void {
  if (problems.length === 0) return
  const count = problems.length === 1 ? '1 row is' : `${problems.length} rows are`
  throw new AppError('validation_failed', {
    detail: `${count} invalid; nothing was imported. Fix the file, or pass skip_invalid=true.`,
    errors: problems.slice(0, MAX_ERRORS).map(({ line, column, message }) => ({
      field: ['lines', line, ...(column === undefined ? [] : [column])].join('.'),
      message,
    })),
  })
}
