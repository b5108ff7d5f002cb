import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { decodeText, textIssueMessages } from '../lib/csv/decode.ts'
import { AppError, invalidField } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'

/** Neon accepts requests of 10 MiB, in which the rows travel as JSON. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024

const limit = bodyLimit({
  maxSize: MAX_FILE_BYTES,
  onError: () => {
    throw new AppError('content_too_large', {
      detail: `The body must be at most ${MAX_FILE_BYTES} bytes.`,
    })
  },
})

const TYPE = /^text\/csv\s*(?:;|$)/i
const CHARSET = /;\s*charset\s*=\s*"?([\w-]+)"?/i

/** Accepts only CSV, and turns it into UTF-8. */
export const csvBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  const type = c.req.header('Content-Type')?.trim() ?? ''
  if (!TYPE.test(type)) {
    throw new AppError('unsupported_media_type', { detail: 'Send the file as text/csv.' })
  }
  await limit(c, async () => {
    const bytes = new Uint8Array(await c.req.raw.arrayBuffer())
    const decoded = decodeText(bytes, CHARSET.exec(type)?.[1])
    if (typeof decoded === 'string') throw invalidField('', textIssueMessages[decoded])
    const headers = new Headers(c.req.raw.headers)
    headers.set('Content-Type', 'text/csv; charset=utf-8')
    c.req.raw = new Request(c.req.raw, { body: decoded.text, headers })
  })
  await next()
}
