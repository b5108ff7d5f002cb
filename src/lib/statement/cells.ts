/** A value of a column, with its line in the file. */
export interface Cell {
  line: number
  text: string
}

/** What only the client can say: the values of the option that would say it. */
export interface Question {
  issue: string
  options: string[]
  lines: number[]
}

const MAX_QUOTE = 40

export const quoteCell = ({ line, text }: Cell) => `"${text.slice(0, MAX_QUOTE)}" on line ${line}`

const ASCII = /^[ -~]*$/

/** Full-width forms as ASCII, blanks of all widths as one kind, for dates and numbers. */
export function plain(text: string): string {
  if (ASCII.test(text)) return text.trim()
  return text
    .replace(/[\uFF01-\uFF5E]/g, (form) => String.fromCharCode(form.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, ' ')
    .trim()
}

/** Remembers by text what was read: the cells of a column repeat. */
export function cached<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as Value
    const value = read(text)
    known.set(text, value)
    return value
  }
}
