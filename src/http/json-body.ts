import { visit } from 'jsonc-parser'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError, type FieldError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { locatedError } from './validation.ts'

/** Default limit in bytes: room for notes of 2,000 characters, each escaped. */
export const MAX_BODY_BYTES = 64 * 1024
const MAX_DEPTH = 20
/** Decimal digits that a double represents exactly. */
const EXACT_DIGITS = 15

const invalidJson = (detail: string, errors?: FieldError[]) =>
  new AppError('invalid_json', { detail, ...(errors && { errors }) })

/** Smaller doubles have fewer digits. */
const SMALLEST_NORMAL = 2 ** -1022

/** Characters; longer numbers are rejected unread. */
const MAX_NUMBER_LENGTH = 100

/** Whether a JSON number is exact as a double: 1e400 and 0.1234567890123456 are not. */
export function isExactNumber(source: string): boolean {
  if (source.length > MAX_NUMBER_LENGTH) return false
  const digits = source
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '')
  const value = Number(source)
  if (digits === '') return true
  const normal = Number.isFinite(value) && Math.abs(value) >= SMALLEST_NORMAL
  return normal && digits.length <= EXACT_DIGITS
}

/**
 * Rejects what JSON.parse accepts silently: duplicate keys (the last would win), inexact numbers,
 * `__proto__`, and deep nesting.
 * @throws AppError `invalid_json` or `validation_failed` that names the location
 */
export function checkJson(text: string): void {
  const keys: Set<string>[] = []
  const enter = () => {
    if (keys.length >= MAX_DEPTH) throw invalidJson(`Nested deeper than ${MAX_DEPTH} levels.`)
  }
  visit(text, {
    onObjectBegin: () => {
      enter()
      keys.push(new Set())
    },
    onArrayBegin: () => {
      enter()
      keys.push(new Set())
    },
    onObjectEnd: () => void keys.pop(),
    onArrayEnd: () => void keys.pop(),
    onObjectProperty: (key, _offset, _length, _line, _character, path) => {
      const duplicate = () => [locatedError('body', [...path(), key], 'Duplicate key.')]
      if (key === '__proto__') throw invalidJson('A key must not be named __proto__.')
      if (keys.at(-1)?.has(key)) throw invalidJson('Duplicate key.', duplicate())
      keys.at(-1)?.add(key)
    },
    onLiteralValue: (value, offset, length, _line, _character, path) => {
      if (typeof value !== 'number' || isExactNumber(text.slice(offset, offset + length))) return
      const message =
        'Number cannot be represented exactly. Send it as a string, or with fewer digits.'
      throw new AppError('validation_failed', { errors: [locatedError('body', path(), message)] })
    },
  })
}

const limitTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError('content_too_large', {
        detail: `The body must be at most ${maxSize} bytes.`,
      })
    },
  })

async function readText(request: Request): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
      await request.arrayBuffer(),
    )
  } catch {
    throw invalidJson('The body must be valid UTF-8.')
  }
}

/** Accepts only a well-formed JSON body of at most `bytes`. */
export function jsonBodyUpTo(bytes: number): MiddlewareHandler<AppEnv> {
  const limit = limitTo(bytes)
  return async (c, next) => {
    const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== undefined && type !== 'application/json')
      throw new AppError('unsupported_media_type')
    await limit(c, async () => {
      const text = await readText(c.req.raw)
      if (text.trim() === '') throw invalidJson('The body must not be empty.')
      if (type === undefined) throw new AppError('unsupported_media_type')
      try {
        JSON.parse(text)
      } catch {
        throw invalidJson('The body could not be parsed as JSON.')
      }
      checkJson(text)
      // The router recognises fewer spellings of the type than RFC 9110 allows.
      const headers = new Headers(c.req.raw.headers)
      headers.set('Content-Type', 'application/json')
      c.req.raw = new Request(c.req.raw, { body: text, headers })
    })
    await next()
  }
}

export const jsonBody = jsonBodyUpTo(MAX_BODY_BYTES)
