import { describe, expect, it } from 'vitest'
import { layouts } from './layouts/all.ts'
import type { Layout } from './layouts/layout.ts'
import { actualOf, bytesOf, expectedOf, variants } from './layouts/read.ts'

/** Options of which a question lists the values. */
const listed = new Set(['date_format', 'positive'])

const withOption = (
  { query = '' }: Layout,
  { option, value }: { option: string; value: string },
) => {
  const options = new URLSearchParams(query)
  options.set(option, value)
  return options.toString()
}

describe.each(Object.entries(layouts))('Files of %s', (_, group) => {
  const of = (wanted: (layout: Layout) => boolean) => group.filter(wanted)

  it.each(of(({ asks, mayAsk, refused }) => !asks && !mayAsk && !refused))(
    '$name is read right without options',
    (layout) => {
      for (const [variant, change] of variants) {
        const actual = actualOf(layout, bytesOf(layout, change(layout.file)), layout.query)
        expect(actual, variant).toEqual(expectedOf(layout))
      }
    },
  )

  it.each(of(({ asks }) => asks !== undefined))(
    '$name is a question whose option makes it right',
    (layout) => {
      for (const [variant, change] of variants) {
        const bytes = bytesOf(layout, change(layout.file))
        const asks = layout.asks!
        const first = actualOf(layout, bytes, layout.query)
        const named = listed.has(asks.option) ? asks.value : ''
        expect(first, variant).toEqual([
          `question about ${asks.option}`,
          expect.stringContaining(named),
        ])
        const second = actualOf(layout, bytes, withOption(layout, asks))
        expect(second, variant).toEqual(expectedOf(layout))
      }
    },
  )

  it.each(of(({ mayAsk }) => mayAsk !== undefined))(
    '$name is read right, or is a question whose option makes it right',
    (layout) => {
      for (const [variant, change] of variants) {
        const bytes = bytesOf(layout, change(layout.file))
        const mayAsk = layout.mayAsk!
        const first = actualOf(layout, bytes, layout.query)
        const asked = first[0] === `question about ${mayAsk.option}`
        const last = asked ? actualOf(layout, bytes, withOption(layout, mayAsk)) : first
        expect(last, variant).toEqual(expectedOf(layout))
      }
    },
  )

  it.each(of(({ refused }) => refused === true))('$name is never read in silence', (layout) => {
    for (const [variant, change] of variants) {
      const [first] = actualOf(layout, bytesOf(layout, change(layout.file)), layout.query)
      expect(first, variant).toMatch(/^question about (?!currency|category)|^not booked/)
    }
  })
})
