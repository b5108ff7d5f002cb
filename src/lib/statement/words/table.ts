/** Words by language, then lines of `name: word | word`; lines of one name may repeat. */
export type WordTable = Readonly<Record<string, string>>

/** The words of a table with the name of their line. */
export function* entriesOf(table: WordTable): Generator<{ name: string; word: string }> {
  for (const line of Object.values(table).flatMap((text) => text.split('\n'))) {
    const colon = line.indexOf(':')
    if (colon === -1) continue
    const name = line.slice(0, colon).trim()
    for (const word of line.slice(colon + 1).split('|')) {
      if (word.trim() !== '') yield { name, word: word.trim() }
    }
  }
}
