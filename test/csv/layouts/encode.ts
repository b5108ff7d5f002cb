const tables = new Map<string, Map<string, number[]>>()

/** What TextDecoder reads, the other way round: sequences of one and of two bytes. */
function tableOf(charset: string): Map<string, number[]> {
  const known = tables.get(charset)
  if (known) return known
  const decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: false })
  const table = new Map<string, number[]>()
  const add = (bytes: number[]) => {
    try {
      const text = decoder.decode(new Uint8Array(bytes))
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes)
    } catch {
      // Not a sequence of this charset.
    }
  }
  for (let byte = 0; byte < 256; byte += 1) add([byte])
  if (/jis|gb|big5|euc/.test(charset)) {
    for (let lead = 0x81; lead < 0xff; lead += 1) {
      for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail])
    }
  }
  tables.set(charset, table)
  return table
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at += 1) {
    bytes.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  }
  return new Uint8Array(bytes.buffer)
}

/** @throws Error where the charset does not have a letter of the text */
export function encode(text: string, charset: string): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text)
  if (charset.startsWith('utf-16')) return utf16(text, charset !== 'utf-16be')
  const table = tableOf(charset)
  return new Uint8Array(
    [...text].flatMap((letter) => {
      const bytes = table.get(letter)
      if (!bytes) throw new Error(`${charset} does not have "${letter}".`)
      return bytes
    }),
  )
}
