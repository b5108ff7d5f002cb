import { AppError } from '../lib/errors.ts'
import type { AppContext } from './context.ts'
import { invalidHeader } from './validation.ts'

export const etagOf = ({ version }: { version: number }) => `"${version}"`

const TAG = /(?:W\/)?"([\x21\x23-\x7e]*)"/
/** Commas separate tags, except within quotes. */
const TAGS = new RegExp(`^${TAG.source}(?:[ \\t]*,[ \\t]*${TAG.source})*$`)
const VERSION = /^[1-9]\d{0,8}$/
const MAX_TAGS = 20

const headerOf = (c: AppContext) => c.req.header('If-Match')?.trim() ?? ''

/**
 * The versions that `If-Match` names; undefined for any, which is `*` or no header. Weak forms are
 * accepted, because proxies that compress make strong ones weak. An unknown tag matches no version.
 */
export const expectedVersions = (c: AppContext): number[] | undefined =>
  expectedTags(c)?.map((tag) => (VERSION.test(tag) ? Number(tag) : 0))

/** The tags that `If-Match` names, without quotes; undefined for any. */
export function expectedTags(c: AppContext): string[] | undefined {
  const header = headerOf(c)
  if (header === '' || header === '*') return undefined
  const tags = [...header.matchAll(new RegExp(TAG, 'g'))].map(([, tag]) => tag!)
  if (tags.length > MAX_TAGS || !TAGS.test(header)) {
    throw invalidHeader('If-Match', 'Must be one or more ETags, such as "3", or `*`.')
  }
  return tags
}

/** The same where the header is required. @throws AppError `precondition_required` */
export function requiredVersions(c: AppContext): number[] | undefined {
  requireIfMatch(c)
  return expectedVersions(c)
}

/** @throws AppError `precondition_required` */
export function requireIfMatch(c: AppContext): void {
  if (headerOf(c) !== '') return
  throw new AppError('precondition_required', {
    detail: 'Send If-Match with the ETag that you last read, or `*` to match any version.',
  })
}

/** Runs a conditional write. If the version does not match, the error has the current state. */
export async function withCurrentState<Row extends { version: number }, Result>(
  write: () => Promise<Result>,
  read: () => Promise<Row>,
  response: (row: Row) => unknown,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    const row = await read()
    throw new AppError('precondition_failed', {
      current: { etag: etagOf(row), body: response(row) },
    })
  }
}
