import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { boundLoops, mutantsOf } from '../../dev/mutants.ts'

const changes = (code: string) => mutantsOf(code).map(({ change }) => change)

it('A mutant has one operator, literal, condition or statement changed, and no type', () => {
  expect(changes('const f = (a: 1 | 2): boolean => a! < 30n as true')).toEqual([
    ...['< → <=', '< → >=', '30n → (30n + 1n)'],
  ])
  expect(changes('if (!a) throw b')).toEqual([
    ...['!a → true', '!a → false', '! → nothing', 'throw b → ;'],
  ])
  expect(changes("const x = [null, true, 'text']")).toEqual([
    ...["[null, true, 'text'] → []", 'null → undefined', 'true → false'],
  ])
  expect(mutantsOf('const x = a\n + b')).toEqual([
    { line: 2, change: '+ → -', source: 'const x = a\n - b' },
  ])
})

it('A loop without end in a mutant ends with an error', () => {
  const run = (code: string) => () => runInNewContext(boundLoops(code)) as unknown
  expect(run('for (;;) { }')).toThrow('An endless loop')
  expect(run('while (true) { for (const x of [1, 2]) { } }')).toThrow('An endless loop')
  expect(run('for (let i = 0; i < 1000; i++) { }')).not.toThrow()
})
