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
  const next = await pages.next()
  const first = next.value ?? { rows: [], masked: [] }
  const { masked } = first
  const writer = format === 'csv' ? createCsvWriter(trailer, masked) : createNdjsonWriter(masked)
  const body = streamPages(first, pages, writer, (error) => {
    logEvent('error', 'export_broken_off', { request_id: c.get('requestId') }, error)
  })
  return c.body(body, 200, {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="transactions.${format}"`,
    ...(masked.length > 0 && { 'Masked-Fields': masked.join(', ') }),
  })
}
