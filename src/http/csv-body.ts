import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { decodeText } from '../lib/csv/decode.ts'
import { kindOfBytes } from '../lib/csv/kind-of-bytes.ts'
import { AppError, invalidField } from '../lib/errors.ts'
import { line } from '../lib/schemas.ts'
import type { AppContext, AppEnv } from './context.ts'
import { locatedError } from './validation.ts'

/** Neon accepts requests of 10 MiB, in which the rows travel as JSON. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024
/** What a form has around its file. */
const MAX_FORM_BYTES = 16 * 1024
/** As the parameter `file_name`; any other name is left out. */
const fileName = line(1, 255)

interface SentFile {
  bytes: Uint8Array
  type: string
  name?: string | undefined
}

const tooLarge = () =>
  new AppError('content_too_large', {
    detail: `The file must be at most ${MAX_FILE_BYTES} bytes.`,
  })

const limitTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw tooLarge()
    },
  })

const limitFile = limitTo(MAX_FILE_BYTES)
const limitForm = limitTo(MAX_FILE_BYTES + MAX_FORM_BYTES)

/** Browsers on Windows take CSV for Excel's. */
const FILE_TYPE =
  /^(?:text\/csv|application\/csv|application\/vnd\.ms-excel|text\/tab-separated-values)\s*(?:;|$)/i
const FORM_TYPE = /^multipart\/form-data\s*(?:;|$)/i
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)"?/i

const ONE_FILE =
  'Send exactly one file in the form; with curl: --form file=@statement.csv. Options belong in the query.'

/** The end of a form, without which its file may be cut off. */
function endsWithBoundary(bytes: Uint8Array, boundary: string): boolean {
  const tail = new TextDecoder('windows-1252').decode(bytes.subarray(-boundary.length - 64))
  return tail.trimEnd().endsWith(`--${boundary}--`)
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i

async function readForm(bytes: Uint8Array, type: string): Promise<FormData> {
  const [, quoted, plain] = BOUNDARY.exec(type) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) {
    throw invalidField(
      '',
      'The Content-Type has no boundary. Leave that header to the program that builds the form.',
    )
  }
  if (!endsWithBoundary(bytes, boundary)) {
    throw invalidField(
      '',
      `The form is incomplete: it does not end with --${boundary.slice(0, 80)}--.`,
    )
  }
  try {
    return await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
  } catch {
    throw invalidField('', `The form is not valid multipart/form-data. ${ONE_FILE}`)
  }
}

async function fileOf(form: FormData): Promise<SentFile> {
  const parts = [...form.entries()]
  const files = parts.flatMap(([, part]) => (typeof part === 'string' ? [] : [part]))
  const text = parts.find(([, part]) => typeof part === 'string')
  const [file] = files
  if (!file || files.length > 1) {
    const count = files.length === 0 ? 'no file' : `${files.length} files`
    throw invalidField('', `The form has ${count}. ${ONE_FILE}`)
  }
  if (text) {
    throw invalidField(
      '',
      `The form has a field "${text[0].slice(0, 40)}" besides its file. Send options in the query.`,
    )
  }
  if (file.size > MAX_FILE_BYTES) throw tooLarge()
  const { data: name } = fileName.safeParse(file.name.split(/[/\\]/).at(-1))
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, name }
}

async function readSent(c: AppContext, type: string): Promise<SentFile> {
  const bytes = new Uint8Array(await c.req.raw.arrayBuffer())
  return FORM_TYPE.test(type) ? fileOf(await readForm(bytes, type)) : { bytes, type }
}

function decode(c: AppContext, { bytes, type }: SentFile) {
  const other = kindOfBytes(bytes)
  if (other !== undefined) throw invalidField('', other)
  const decoded = decodeText(bytes, c.req.query('charset') ?? CHARSET.exec(type)?.[1])
  if ('text' in decoded) return decoded
  const { line: lineNumber, message } = decoded
  throw new AppError('validation_failed', {
    errors: [
      lineNumber === undefined
        ? locatedError('query', ['charset'], message)
        : locatedError('body', ['lines', lineNumber], message),
    ],
  })
}

/**
 * Accepts a CSV file, as the body or as the only file of a form, and makes its text the body. What
 * comes after it sees the same request whichever way the file was sent.
 */
export const csvBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  const type = c.req.header('Content-Type')?.trim() ?? ''
  const isForm = FORM_TYPE.test(type)
  if (!isForm && !FILE_TYPE.test(type)) {
    throw new AppError('unsupported_media_type', {
      detail: 'Send the file as text/csv, or as the only file of a multipart/form-data body.',
    })
  }
  const limit = isForm ? limitForm : limitFile
  await limit(c, async () => {
    const sent = await readSent(c, type)
    const { text, charset, reason } = decode(c, sent)
    c.set('upload', { fileName: sent.name, charset, charsetReason: reason })
    const headers = new Headers(c.req.raw.headers)
    headers.set('Content-Type', 'text/csv; charset=utf-8')
    c.req.raw = new Request(c.req.raw, { body: text, headers })
  })
  await next()
}
