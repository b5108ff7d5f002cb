import { describe, expect, it } from 'vitest'
import { csvRecord, neutralise, restoreText } from '../../src/lib/csv/records.ts'

describe('A record of a CSV file', () => {
  it('is written with quotes where it has to be', () => {
    expect(csvRecord(['a', 'b c', '', '1.50'])).toBe('a,b c,,1.50\r\n')
    for (const text of ['a,b', 'a;b', 'a\tb', 'a\nb', 'a\rb', ' a', 'a ']) {
      expect(csvRecord([text])).toBe(`"${text}"\r\n`)
    }
    expect(csvRecord(['say "hi"'])).toBe('"say ""hi"""\r\n')
  })

  it('has an apostrophe before a formula, which is taken away again', () => {
    for (const text of ['=1', '+1', '-1', '@a', '＝1', 'a;=1', 'a\t-1', 'a\n@1', '"=1', "'=1"]) {
      expect(neutralise(text)).toBe(text.replace(/(?=[=+\-@＝])/, "'"))
      expect(restoreText(neutralise(text))).toBe(text)
    }
    for (const text of ['1-1', 'a=b', 'a@b.c', 'plain', "it's", '']) {
      expect([neutralise(text), restoreText(text)]).toEqual([text, text])
    }
  })
})
