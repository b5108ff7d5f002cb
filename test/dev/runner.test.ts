import { execFile } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { projectFolder } from '../../dev/project.ts'
import { isLong } from '../support/iterations.ts'

const runner = path.join(projectFolder, 'dev', 'test.ts')
const fixtures = path.join(projectFolder, 'test', 'dev', 'runner')

/** Runs `npm test` on the fixtures of test/dev/runner. */
async function run(args: string[], config = 'vitest.config.ts') {
  const { VITEST: _, VITEST_MODE: __, NODE_ENV: ___, ...env } = process.env
  return new Promise<{ lastLine: string | undefined; exitCode: number | null }>((resolve) => {
    const child = execFile(
      process.execPath,
      [runner, '--config', path.join(fixtures, config), ...args],
      { cwd: projectFolder, env },
      (_error, stdout) => {
        resolve({ lastLine: stdout.trimEnd().split('\n').at(-1), exitCode: child.exitCode })
      },
    )
  })
}

const cases: [what: string, args: string[], lastLine: string][] = [
  ['every test passes', ['passing'], '2 passed, 0 failed'],
  ['a test fails', ['failing-test'], '1 passed, 1 failed'],
  ['a beforeAll hook fails: itself and the test behind it', ['failing-hook'], '1 passed, 2 failed'],
  ['a hook takes longer than its timeout', ['slow-hook'], '0 passed, 2 failed'],
  ['a file fails to load', ['failing-import', 'passing'], '2 passed, 1 failed'],
  ['no file matches', ['nothing-like-it'], '0 passed, 1 failed'],
]
/** Each takes seconds: `npm run test:long` has these too. */
const longCases: typeof cases = [
  ['an afterAll hook fails', ['failing-cleanup'], '1 passed, 1 failed'],
  ['tests are skipped or to be written', ['skipped-test'], '1 passed, 2 failed'],
  ['a promise is rejected and nobody catches it', ['unhandled-rejection'], '1 passed, 1 failed'],
  ['a test writes an error to the console', ['console-error'], '1 passed, 1 failed'],
  ['a file has no tests', ['no-test', 'passing'], '2 passed, 1 failed'],
  ['no name matches', ['passing', '-t', 'nothing like it'], '0 passed, 1 failed'],
  ['only some tests are asked for', ['passing', '-t', 'adds'], '1 passed, 0 failed'],
]

it.concurrent.each([...cases, ...(isLong ? longCases : [])])(
  'The test runner ends with the real counts where %s',
  async (_, args, expected) => {
    const { lastLine, exitCode } = await run(args)
    expect(lastLine).toBe(expected)
    expect(exitCode).toBe(expected.endsWith(' 0 failed') ? 0 : 1)
  },
)

it.concurrent(
  'The test runner ends with the real counts where the setup of the run fails',
  async () => {
    const { lastLine, exitCode } = await run(['passing'], 'failing-setup.config.ts')
    expect(lastLine).toBe('0 passed, 1 failed')
    expect(exitCode).toBe(1)
  },
)

it.concurrent('The test runner refuses an unknown option', async () => {
  expect((await run(['--coverge'])).exitCode).toBe(2)
})
