/** What keeps bytes from being text. */
export type TextIssue = 'unknown_charset' | 'undecodable' | 'nul'

export const textIssueMessages: Record<TextIssue, string> = {
  unknown_charset: 'Unknown character set. Use UTF-8, UTF-16 or windows-1252.',
  undecodable:
    'The file is not UTF-8. Save it as UTF-8, or declare its character set: "Content-Type: text/csv; charset=windows-1252".',
  nul: 'The file contains NUL characters: it is binary, or UTF-16 without a byte order mark.',
}

const CHARSETS = /^(utf-?8|us-ascii|utf-16(le|be)?|windows-125[0-8]|iso-8859-\d{1,2})$/

const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const

const marked = (bytes: Uint8Array) =>
  marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0]

/** Reads bytes as text without a byte order mark; the mark says more than the charset that is given. */
export function decodeText(bytes: Uint8Array, charset = 'utf-8'): { text: string } | TextIssue {
  const label = marked(bytes) ?? charset.toLowerCase()
  if (!CHARSETS.test(label)) return 'unknown_charset'
  let text: string
  try {
    text = new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return 'undecodable'
  }
  return text.includes('\0') ? 'nul' : { text }
}
