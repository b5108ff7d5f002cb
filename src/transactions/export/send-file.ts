import type { AppContext } from '../../http/context.ts'
import { logEvent } from '../../lib/logger.ts'
import type { ExportRequest } from './exports.service.ts'
import { streamPages } from './stream.ts'
import { createCsvWriter, createNdjsonWriter } from './writers.ts'

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
} as const

export type FileFormat = keyof typeof mediaTypes

/** Streams all that is selected. What fails before the first page is still a problem document. */
export async function sendFile(
  c: AppContext,
  selection: ExportRequest,
  format: FileFormat,
  trailer = false,
) {
  const pages = c.get('services').exports.pages(c.get('caller'), selection)
  const first = await pages.next()
  const writer = format === 'csv' ? createCsvWriter(trailer) : createNdjsonWriter()
  const body = streamPages(first.value ?? [], pages, writer, (error) => {
    logEvent('error', 'export_broken_off', { request_id: c.get('requestId') }, error)
  })
  return c.body(body, 200, {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="transactions.${format}"`,
  })
}
