import path from 'node:path'
import { expect, it } from 'vitest'
import { CliError } from '../../dev/cli-error.ts'
import { readOptions } from '../../dev/options.ts'
import { projectFolder } from '../../dev/project.ts'

it('Every option of npm run dev has a default', () => {
  expect(readOptions([])).toEqual({
    port: 8787,
    endpointPort: undefined,
    dataDir: path.join(projectFolder, '.edgebook', 'dev'),
    reset: false,
    latencyMs: 0,
    vars: [],
    help: false,
  })
})

it('npm run dev reads every option', () => {
  const args = '--port 1234 --endpoint-port=1235 --data a/b --reset --latency 80 --help'.split(' ')
  expect(
    readOptions(
      [...args, '--var', 'RATE_LIMIT_READ:1/2', '--var', 'CORS_ORIGINS:x:y z'],
      '/home/me',
    ),
  ).toEqual({
    port: 1234,
    endpointPort: 1235,
    dataDir: '/home/me/a/b',
    reset: true,
    latencyMs: 80,
    vars: ['RATE_LIMIT_READ:1/2', 'CORS_ORIGINS:x:y z'],
    help: true,
  })
})

it.each([
  [['--prot', '1'], '--prot'],
  [['more'], 'more'],
  [['--port'], '--port'],
  [['--port', '0'], 'from 1 to 65535, not "0"'],
  [['--port', '65536'], 'not "65536"'],
  [['--port', '80a'], 'not "80a"'],
  [['--port', ''], 'not ""'],
  [['--endpoint-port', '1e3'], '--endpoint-port takes a whole number'],
  [['--latency=-1'], '--latency takes a whole number'],
  [['--var', 'NAME'], 'NAME:VALUE'],
  [['--var', '1:2'], 'NAME:VALUE'],
  [['--var', 'wrong:1'], /RATE_LIMIT_ANONYMOUS, .*NEON_FETCH_ENDPOINT, .*CORS_ORIGINS/],
  [
    ['--var', 'RATE_LIMIT_RAED:1/2'],
    'Unknown setting RATE_LIMIT_RAED. The Worker has DATABASE_URL, LOGIN_DATABASE_URL, JWT_SECRET, JWT_SECRET_PREVIOUS, ',
  ],
  [['--data', ''], '--data takes a folder'],
])('npm run dev refuses %j', (args, message) => {
  const read = () => readOptions(args)
  expect(read).toThrow(CliError)
  expect(read).toThrow(message)
  expect(read).toThrow(expect.objectContaining({ exitCode: 2 }))
})
