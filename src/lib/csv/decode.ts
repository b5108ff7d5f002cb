import { guessCharset } from './guess-charset.ts'

export interface Decoded {
  text: string
  /** Canonical name of the character set. */
  charset: string
  /** How it was found. */
  reason: string
}

export interface DecodeIssue {
  /** Where it begins, or undefined where the question is which character set it is. */
  line?: number
  message: string
}

const EXAMPLES =
  'such as windows-1252 (Western Europe), windows-1250 (Central Europe), windows-1251 (Cyrillic), shift_jis, gb18030, euc-kr, macintosh or utf-16le'
const QUESTION = `The file is not UTF-8, and its character set is not certain. Specify it, ${EXAMPLES}, or save the file as UTF-8.`
const NUL = 'The file contains NUL characters: it is binary, or in another character set.'
const UTF_32 = 'The file is UTF-32. Save it as UTF-8.'

const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const
const utf32Marks = [
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
]

const startsWith = (bytes: Uint8Array, mark: readonly number[]) =>
  mark.every((byte, index) => bytes[index] === byte)

/** How much of a file shows whether it is UTF-16. */
const SAMPLE_LENGTH = 8192
const MIN_NULS = 0.2
const MAX_STRAY_NULS = 0.02

/** UTF-16 without a byte order mark has NUL in every other byte of ASCII. */
function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 === 1) return undefined
  const sample = bytes.subarray(0, SAMPLE_LENGTH)
  const nuls = [0, 0] as [number, number]
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 2 === 0 ? 0 : 1]++
  const [even, odd] = nuls.map((count) => count / (sample.length / 2)) as [number, number]
  if (odd > MIN_NULS && even < MAX_STRAY_NULS) return 'utf-16le'
  return even > MIN_NULS && odd < MAX_STRAY_NULS ? 'utf-16be' : undefined
}

function createDecoder(label: string, fatal: boolean): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: false })
  } catch {
    return undefined
  }
}

function decodeAs(bytes: Uint8Array, label: string): string | undefined {
  try {
    return createDecoder(label, true)?.decode(bytes)
  } catch {
    return undefined
  }
}

/** What cannot be decoded, which the decoder replaces. */
const REPLACED = '\ufffd'

/** A carriage return before a line feed belongs to the same line break. */
function lineOf(text: string, at: number): number {
  let line = 1
  for (let index = 0; index < at; index++) {
    const letter = text[index]
    if (letter === '\n' || (letter === '\r' && text[index + 1] !== '\n')) line++
  }
  return line
}

/** The line of the first byte that cannot be decoded. */
function firstUndecodable(bytes: Uint8Array, label: string): number {
  const text = createDecoder(label, false)?.decode(bytes) ?? ''
  return lineOf(text, Math.max(text.indexOf(REPLACED), 0))
}

/** Whether it is UTF-8 with a few wrong bytes, rather than something else. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  let wrong = 0
  let right = 0
  for (const letter of new TextDecoder().decode(bytes)) {
    if (letter === REPLACED) wrong++
    else if (letter > '\u007f') right++
  }
  return right > wrong
}

const undecodable = (bytes: Uint8Array, charset: string): DecodeIssue => ({
  line: firstUndecodable(bytes, charset),
  message: `This line is not valid ${charset === 'utf-8' ? 'UTF-8' : charset}. Save the file as UTF-8, or specify its character set with charset=.`,
})

function decodeGuessed(bytes: Uint8Array): Decoded | DecodeIssue {
  const utf16 = utf16Of(bytes)
  const wide = utf16 && decodeAs(bytes, utf16)
  if (utf16 && wide) {
    return { text: wide, charset: utf16, reason: 'Every other byte of it is NUL, as in UTF-16.' }
  }
  const utf8 = decodeAs(bytes, 'utf-8')
  if (utf8 !== undefined) return { text: utf8, charset: 'utf-8', reason: 'It is valid UTF-8.' }
  if (isDamagedUtf8(bytes)) return undecodable(bytes, 'utf-8')
  const guess = guessCharset(bytes)
  const text = guess && decodeAs(bytes, guess.charset)
  return guess && text !== undefined ? { text, ...guess } : { message: QUESTION }
}

function decodeDeclared(bytes: Uint8Array, label: string, reason: string): Decoded | DecodeIssue {
  const charset = createDecoder(label, true)?.encoding
  if (charset === undefined) {
    return { message: `Unknown character set "${label.slice(0, 40)}". Use one ${EXAMPLES}.` }
  }
  const text = decodeAs(bytes, charset)
  return text === undefined ? undecodable(bytes, charset) : { text, charset, reason }
}

/**
 * Decodes bytes and removes a byte order mark, which takes precedence over the declared label. Without
 * both it is UTF-8 or UTF-16 where it is valid, or what its letters show beyond doubt.
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded | DecodeIssue {
  if (utf32Marks.some((mark) => startsWith(bytes, mark))) return { message: UTF_32 }
  const marked = marks.find(([, mark]) => startsWith(bytes, mark))?.[0]
  const decoded =
    marked !== undefined
      ? decodeDeclared(bytes, marked, 'It begins with a byte order mark.')
      : declared !== undefined
        ? decodeDeclared(bytes, declared, 'It was declared.')
        : decodeGuessed(bytes)
  if (!('text' in decoded)) return decoded
  const nul = decoded.text.indexOf('\0')
  return nul === -1 ? decoded : { line: lineOf(decoded.text, nul), message: NUL }
}
