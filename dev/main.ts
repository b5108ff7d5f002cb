import { demoLogins, demoPassword } from './demo-data.ts'
import { startDevServer, type DevServer, type Cleanups } from './dev-server.ts'
import { CliError, messageOf } from './cli-error.ts'
import { readOptions, USAGE } from './options.ts'
import { findNpm, hasLostNpm, isRunning } from './processes.ts'

// npm run dev

const cleanups: Cleanups = []
const aborting = new AbortController()
let stopping: Promise<void> | null = null

/** Stops everything in reverse order and ends this process; once, whoever asks. */
function stopAll(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    // Should something hang, what is left is ended by force: see the exit handlers.
    setTimeout(() => process.exit(exitCode || 1), 20_000).unref()
    aborting.abort()
    // What is started until the end leaves a stop of its own.
    for (let stop = cleanups.pop(); stop !== undefined; stop = cleanups.pop()) {
      try {
        await stop()
      } catch (error) {
        console.error(messageOf(error))
      }
    }
    process.exit(exitCode)
  })()
  return stopping
}

function fail(error: unknown): void {
  if (stopping !== null) return
  const known = error instanceof CliError
  console.error(known ? `\n${error.message}` : error)
  void stopAll(known ? error.exitCode : 1)
}

function stopOnSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping === null) console.log('\nStopping')
      void stopAll(name === 'SIGINT' ? 130 : 143)
    })
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}

/** npm that is killed cannot pass that on, so its end is watched for. */
function stopWithNpm(): void {
  const npm = findNpm()
  if (npm === null) {
    if (hasLostNpm()) throw new CliError('npm was stopped.')
    return
  }
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid === parent && isRunning(npm)) return
    void stopAll(1)
  }, 1000).unref()
}

function announce(server: DevServer, seconds: string): void {
  const { apiUrl, database, neonEndpoint } = server
  const lines = [
    '',
    `Ready after ${seconds} s`,
    '',
    `  API              ${apiUrl}`,
    `  Swagger UI       ${apiUrl}/ui`,
  ]
  if (database === null) lines.push('  Database         the one of DATABASE_URL')
  else {
    lines.push(`  Neon endpoint    ${database.endpointUrl}`)
    if (neonEndpoint !== database.endpointUrl) lines.push(`  The Worker calls ${neonEndpoint}`)
    lines.push('', `  Demo logins, all with the password ${demoPassword}:`)
    lines.push(
      ...demoLogins.map((email) => `    ${email}`),
      '',
      '  Try it:',
      `    ${curlLine(apiUrl)}`,
    )
  }
  console.log([...lines, '', 'Stop with Ctrl-C', ''].join('\n'))
}

/** Logs in and asks for the dashboard of the whole book, with nothing but sh, curl and sed. */
function curlLine(apiUrl: string): string {
  const login = JSON.stringify({ email: demoLogins[0], password: demoPassword })
  return (
    `curl -s '${apiUrl}/v1/dashboard?scope=all' -H "authorization: Bearer $(` +
    `curl -s ${apiUrl}/v1/auth/login -H 'content-type: application/json' -d '${login}' | ` +
    `sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`
  )
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'])
  if (options.help) return console.log(USAGE)
  stopOnSignals()
  stopWithNpm()
  const started = Date.now()
  const server = await startDevServer(options, cleanups, aborting.signal)
  announce(server, ((Date.now() - started) / 1000).toFixed(1))
  throw new CliError(await server.broken)
}

try {
  await main()
} catch (error) {
  fail(error)
}
