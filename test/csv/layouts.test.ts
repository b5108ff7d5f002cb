import { describe, expect, it } from 'vitest'
import type { Layout } from './layouts/layout.ts'
import { actualOf, bytesOf, expectedOf, variants } from './layouts/read.ts'
import { germany } from './layouts/germany.ts'

const layouts: Record<string, Layout[]> = { Germany: germany }

const firstQuery = ({ query = '' }: Layout) => query

const withOption = (layout: Layout) =>
  [firstQuery(layout), layout.asks && new URLSearchParams([optionOf(layout)]).toString()]
    .filter(Boolean)
    .join('&')

const optionOf = ({ asks }: Layout): [string, string] => [asks?.option ?? '', asks?.value ?? '']

describe.each(Object.entries(layouts))('Files of %s', (_, group) => {
  const of = (wanted: (layout: Layout) => boolean) => group.filter(wanted)

  it.each(of(({ asks, refused }) => !asks && !refused))(
    '$name is read right without options',
    (layout) => {
      for (const [variant, change] of variants) {
        const actual = actualOf(layout, bytesOf(layout, change(layout.file)), firstQuery(layout))
        expect(actual, variant).toEqual(expectedOf(layout))
      }
    },
  )

  it.each(of(({ asks }) => asks !== undefined))(
    '$name is a question whose option makes it right',
    (layout) => {
      for (const [variant, change] of variants) {
        const bytes = bytesOf(layout, change(layout.file))
        const [question] = actualOf(layout, bytes, firstQuery(layout))
        expect(question, variant).toBe(`question about ${layout.asks!.option}`)
        expect(actualOf(layout, bytes, withOption(layout)), variant).toEqual(expectedOf(layout))
      }
    },
  )

  it.each(of(({ refused }) => refused === true))('$name is never read in silence', (layout) => {
    for (const [variant, change] of variants) {
      const [first] = actualOf(layout, bytesOf(layout, change(layout.file)), firstQuery(layout))
      expect(first, variant).toMatch(/^question about|^not booked/)
    }
  })
})
