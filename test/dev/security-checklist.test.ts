import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../dev/project.ts'

const PAGE = 'docs/security-checklist.md'
const STATES = new Set(['Holds', 'Holds, no test', 'Does not hold', 'Not applicable'])

/** A file and the titles in it: `test/a.test.ts` › “A group” › “does this” */
const CITATION = /`(test\/[^`]+\.ts)`((?: › “[^”]+”)+)/g
const MENTION = /`test\/[^`]+\.test\.ts`/g

interface Citation {
  file: string
  titles: string[]
}

const read = (file: string) => readFileSync(path.join(projectFolder, file), 'utf8')

const citationsOf = (text: string): Citation[] =>
  [...text.matchAll(CITATION)].map(([, file, titles]) => ({
    file: file!,
    titles: [...titles!.matchAll(/“([^”]+)”/g)].map(([, title]) => title!),
  }))

/** A group or a test, as Prettier formats it: its indentation shows what it is in. */
const CALL = /^( *)(it|describe)(?:\.each[^]*?\))?\(\s*(['"])((?:\\.|(?!\3).)+)\3,/gm

/** Every test of a file with the groups around it, outermost first. */
function testsIn(file: string): string[][] {
  if (!existsSync(path.join(projectFolder, file))) return []
  const groups: string[] = []
  return [...read(file).matchAll(CALL)].flatMap(([, indent, kind, , title]) => {
    const depth = indent!.length / 2
    groups.splice(depth, Number.POSITIVE_INFINITY, title!.replaceAll(/\\(.)/g, '$1'))
    return kind === 'it' ? [[...groups]] : []
  })
}

const same = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify(one) === JSON.stringify(other)

const findMissing = (citations: Citation[]) =>
  citations.filter(({ file, titles }) => !testsIn(file).some((test) => same(test, titles)))

/** The rows of tables whose second column is a state. */
const rowsOf = (page: string) =>
  page
    .split('\n| Requirement')
    .slice(1)
    .flatMap((table) => table.split('\n\n')[0]!.split('\n').slice(2))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, requirement = '', state = '', evidence = '']) => ({ requirement, state, evidence }))

const page = read(PAGE)

describe('The security checklist', () => {
  it('cites only tests that exist, by the titles in their files', () => {
    const citations = citationsOf(page)
    expect(citations.length).toBeGreaterThan(100)
    expect(findMissing(citations)).toEqual([])
  })

  it('names a test file only in a citation, this one apart', () => {
    const rest = page.replaceAll(CITATION, '')
    expect(rest.match(MENTION)).toEqual(['`test/dev/security-checklist.test.ts`'])
  })

  it('says of each requirement whether it holds', () => {
    const rows = rowsOf(page)
    expect(rows.length).toBeGreaterThan(140)
    expect(rows.filter(({ state }) => !STATES.has(state))).toEqual([])
    const numbers = rows.map(({ requirement }) => requirement.split(' ')[0])
    expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([])
  })

  it('gives a test, or for documentation a page, for each requirement that holds', () => {
    const held = rowsOf(page).filter(({ state }) => state === 'Holds')
    const without = held.filter(
      ({ evidence }) => citationsOf(evidence).length === 0 && !/\]\([^)]+\)/.test(evidence),
    )
    expect(without).toEqual([])
  })

  it.each([
    ['another title', 'test/auth/step-up.test.ts', ['A step-up', 'needs a password']],
    [
      'the title of another group',
      'test/auth/step-up.test.ts',
      ['A session', 'needs the password'],
    ],
    ['a group alone', 'test/auth/step-up.test.ts', ['A step-up']],
    ['a test without its group', 'test/auth/step-up.test.ts', ['needs the password']],
    [
      'a file that does not exist',
      'test/auth/step-down.test.ts',
      ['A step-up', 'needs a password'],
    ],
  ])('cannot cite %s', (_, file, titles) => {
    const text = `\`${file}\` › ${titles.map((title) => `“${title}”`).join(' › ')}`
    expect(findMissing(citationsOf(text))).toEqual([{ file, titles }])
  })
})
