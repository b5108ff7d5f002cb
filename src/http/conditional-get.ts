import type { MiddlewareHandler } from 'hono'
import { encodeBase64Url } from 'hono/utils/encode'
import type { AppEnv } from './context.ts'

/** Weak, because a proxy that compresses may change the bytes. */
async function tagOf(body: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body)
  return `W/"${encodeBase64Url(digest).slice(0, 27)}"`
}

const opaque = (tag: string) => tag.trim().replace(/^W\//, '')

/** The weak comparison of RFC 9110, the one for reads. */
function matches(header: string, etag: string): boolean {
  return header.trim() === '*' || header.split(',').some((tag) => opaque(tag) === opaque(etag))
}

/** Headers of the body, which a 304 does not have. */
const BODY_HEADERS = ['Content-Type', 'Content-Length', 'Content-Encoding', 'Content-Language']

/**
 * Adds an ETag to JSON responses of reads, of the version or else of the body, and responds 304 if the
 * client has it already. Permissions are checked all the same: the row was read. Streams and files
 * are left alone.
 */
export const conditionalGet: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return
  const isJson = c.res.headers.get('Content-Type')?.startsWith('application/json') ?? false
  if (c.res.status !== 200 || !isJson) return
  let etag = c.res.headers.get('ETag')
  if (etag === null) {
    const body = await c.res.arrayBuffer()
    etag = await tagOf(body)
    const headers = new Headers(c.res.headers)
    headers.set('ETag', etag)
    c.res = undefined
    c.res = new Response(body, { status: 200, headers })
  }
  const wanted = c.req.header('If-None-Match')
  if (wanted === undefined || !matches(wanted, etag)) return
  const headers = new Headers(c.res.headers)
  for (const name of BODY_HEADERS) headers.delete(name)
  c.res = undefined
  c.res = new Response(null, { status: 304, headers })
}
