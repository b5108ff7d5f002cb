/** What is looked at: the beginning of a file, and the end, where a ZIP lists its files. */
const HEAD_LENGTH = 4096
const TAIL_LENGTH = 64 * 1024

const signatures: [string, string][] = [
  ['an image (PNG)', '\x89PNG\r\n\x1a\n'],
  ['an image (JPEG)', '\xff\xd8\xff'],
  ['an image (GIF)', 'GIF87a'],
  ['an image (GIF)', 'GIF89a'],
  ['an image (TIFF)', 'II*\0'],
  ['an image (TIFF)', 'MM\0*'],
  ['a PDF document', '%PDF-'],
  ['a compressed file (gzip)', '\x1f\x8b'],
  ['a compressed file (bzip2)', 'BZh'],
  ['an archive (7-Zip)', "7z\xbc\xaf'\x1c"],
  ['an archive (RAR)', 'Rar!\x1a\x07'],
  ['a workbook of an old Excel', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a database (SQLite)', 'SQLite format 3\0'],
  ['a formatted text (RTF)', '{\\rtf'],
]

/** Names of files, or what is in them, by which a ZIP is recognised. */
const zips: [string, RegExp][] = [
  ['an Excel workbook', /xl\/workbook\.|xl\/worksheets/],
  ['a LibreOffice spreadsheet', /opendocument\.spreadsheet/],
  ['a Numbers spreadsheet', /Index\/(Document|CalculationEngine)[\w-]*\.iwa/],
  ['a Word document', /word\/document\.xml/],
]

const texts: [string, RegExp][] = [
  ['an Excel workbook in XML', /^<\?xml[^]*urn:schemas-microsoft-com:office:spreadsheet/],
  ['a CAMT statement (XML)', /^<[^]*camt\.05[234]/],
  ['an OFX file', /^OFXHEADER\s*:|^(<\?[^>]*\?>\s*)*<OFX>/i],
  [
    'a web page (HTML)',
    /^(<!--[^]*?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|html|head|body|table)\b/i,
  ],
  ['an XML file', /^<\?xml\b/i],
  ['a QIF file', /^!(type|account|option|clear)\b/i],
  ['an MT940 statement', /^(\{1:F01|(.*\r?\n){0,4}:20:.*\r?\n(.*\r?\n)?:25:)/],
  ['a JSON file', /^(\{\s*(["}]|$)|\[\s*([{[\]"]|$))/],
]

const hints: [RegExp, string][] = [
  [/workbook|spreadsheet/, 'Save it as CSV, and send that file.'],
  [/CAMT|OFX|QIF|MT940/, 'Only CSV can be imported; download the statement as CSV.'],
  [
    /web page/,
    'It may be the login page of the bank. Download the statement as CSV in a browser where you are logged in.',
  ],
  [/archive|compressed/, 'Unpack it, and send the CSV file that is in it.'],
]

const latin1 = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

function nameOfZip(bytes: Uint8Array, head: string): string {
  const names = head + latin1(bytes.subarray(Math.max(HEAD_LENGTH, bytes.length - TAIL_LENGTH)))
  return zips.find(([, pattern]) => pattern.test(names))?.[0] ?? 'an archive (ZIP)'
}

function nameOf(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, HEAD_LENGTH))
  if (head.startsWith('PK\x03\x04')) return nameOfZip(bytes, head)
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'an image (WebP)'
  if (/^[^]{4}ftyp(hei|mif|avif)/.test(head)) return 'an image (HEIF)'
  const binary = signatures.find(([, signature]) => head.startsWith(signature))
  if (binary) return binary[0]
  // Whatever the encoding is, these are letters of ASCII.
  const text = head
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  return texts.find(([, pattern]) => pattern.test(text))?.[0]
}

/** What a file is if it is certainly not CSV, and what to send instead, as a message. */
export function kindOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'The file is empty.'
  const name = nameOf(bytes)
  if (name === undefined) return undefined
  const hint = hints.find(([pattern]) => pattern.test(name))?.[1] ?? 'Send a CSV file.'
  return `This is ${name}. ${hint}`
}
