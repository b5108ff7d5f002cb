import path from 'node:path'
import { expect, it } from 'vitest'
import { CliError } from '../../dev/cli-error.ts'
import { readOptions } from '../../dev/options.ts'
import { projectFolder } from '../../dev/project.ts'

it('has a default for everything', () => {
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

it('reads every option', () => {
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
  [
    ['--var', 'RATE_LIMIT_RAED:1/2'],
    'no setting RATE_LIMIT_RAED. It knows DATABASE_URL, JWT_SECRET,',
  ],
  [['--data', ''], '--data takes a folder'],
])('refuses %j', (args, message) => {
  const read = () => readOptions(args)
  expect(read).toThrow(CliError)
  expect(read).toThrow(message)
  expect(read).toThrow(expect.objectContaining({ exitCode: 2 }))
})
