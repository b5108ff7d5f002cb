import { describe, expect, it } from 'vitest'
import { closestName } from '../../src/lib/closest-name.ts'

const known = ['q', 'to', 'from', 'page', 'limit', 'user_id', 'date_from', 'date_to', 'import_id']

describe('the closest name', () => {
  it.each([
    ['import_idd', 'import_id'],
    ['importId', 'import_id'],
    ['Limit', 'limit'],
    ['limit[]', 'limit'],
    ['pages', 'page'],
    ['dateFrom', 'date_from'],
    ['date_form', 'date_from'],
    ['userid', 'user_id'],
  ])('to %s is %s', (name, expected) => {
    expect(closestName(name, known)).toBe(expected)
  })

  it.each(['x', 'offset', 'constructor', '', '\u{1f984}', '__proto__', 'x'.repeat(10_000)])(
    'to %.20s does not exist',
    (name) => {
      expect(closestName(name, known)).toBeUndefined()
    },
  )
})
