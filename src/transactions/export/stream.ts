import type { ExportPage } from './exports.service.ts'
import type { Writer } from './writers.ts'

type Pages = AsyncGenerator<ExportPage, void>

async function* texts(first: ExportPage, rest: Pages, writer: Writer) {
  yield writer.begin() + writer.rows(first.rows)
  for await (const { rows } of rest) yield writer.rows(rows)
  yield writer.end()
}

/**
 * A body that holds one page at a time, and fetches the next when the reader has taken it. An error
 * aborts the stream, so that a truncated response is not mistaken for a complete one.
 */
export function streamPages(
  first: ExportPage,
  rest: Pages,
  writer: Writer,
  onBreak: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces = texts(first, rest, writer)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let next = await pieces.next()
          while (!next.done && next.value === '') next = await pieces.next()
          if (next.done) controller.close()
          else controller.enqueue(encoder.encode(next.value))
        } catch (error) {
          onBreak(error)
          throw error
        }
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}
