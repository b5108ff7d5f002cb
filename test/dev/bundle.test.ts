import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as zod from 'zod/v4'
import { expect, it } from 'vitest'
import { projectFolder } from '../../dev/project.ts'
import { z } from '../../src/http/zod.ts'

/** Every `z.name` of the source that is not a generic type; a chain may begin in the next line. */
function usedOfZod(): string[] {
  const source = path.join(projectFolder, 'src')
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(path.join(source, file), 'utf8').matchAll(/\bz\s*\.\s*(\w+)\b(?!<)/g)].map(
        ([, name]) => name ?? '',
      ),
    )
  return [...new Set(names)]
}

it('the Worker bundles what its source uses of zod, and nothing else', () => {
  // Types have no value, and of `core` only types are used.
  const values = usedOfZod().filter((name) => name in zod && name !== 'core')
  expect(Object.keys(z).toSorted()).toEqual(values.toSorted())
})
