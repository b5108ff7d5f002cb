import { describe, expect, it } from 'vitest'
import { closestName } from '../../src/lib/closest-name.ts'

const known = ['q', 'to', 'from', 'page', 'limit', 'user_id', 'date_from', 'date_to', 'import_id']

describe('The closest name', () => {
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

  it.each(['x', 'offset', 'constructor', '', '\u{1f984}', '__proto__'])(
    'to %j does not exist',
    (name) => {
      expect(closestName(name, known)).toBeUndefined()
    },
  )

  it('to a name of 10,000 characters does not exist', () => {
    expect(closestName('x'.repeat(10_000), known)).toBeUndefined()
  })
})
