import { expect, it } from 'vitest'
import { MASKABLE_FIELDS } from '../../src/transactions/masked-fields.ts'
import { isLong } from '../support/iterations.ts'
import { compareTwins } from './compare-twins.ts'
import { modes } from './twins.ts'

it(`Every field that can be masked is compared ${isLong ? 'for two roles' : 'for one role'}`, () => {
  expect(Object.keys(modes).toSorted()).toEqual(MASKABLE_FIELDS.toSorted())
})

compareTwins('hide')
