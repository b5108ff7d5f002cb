import { runWithCleanups } from './cleanups.ts'
import { CliError } from './cli-error.ts'
import { demoLogins, demoPassword } from './seed/seed.ts'
import { startDevServer, type DevServer } from './dev-server.ts'
import { readOptions, USAGE } from './options.ts'
import { ancestors } from './processes.ts'

// npm run dev

await runWithCleanups(async (cleanups, signal) => {
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'])
  if (options.help) return console.log(USAGE)
  const started = Date.now()
  const npmEnds = whenNpmEnds()
  const server = await Promise.race([startDevServer(options, cleanups, signal), npmEnds])
  announce(server, ((Date.now() - started) / 1000).toFixed(1))
  throw new CliError(await Promise.race([server.broken, npmEnds]))
})

/** Rejects when npm is killed, which cannot pass that on. */
function whenNpmEnds(): Promise<never> {
  const before = ancestors()
  return new Promise((_, reject) => {
    if (process.env['npm_lifecycle_event'] === undefined) return
    setInterval(() => {
      if (ancestors() !== before) reject(new CliError('npm was stopped.'))
    }, 1000).unref()
  })
}

function announce({ apiUrl, database, neonEndpoint }: DevServer, seconds: string): void {
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
    lines.push(...demoLogins.map((email) => `    ${email}`))
    lines.push('', '  Try it:', `    ${curlLine(apiUrl)}`)
  }
  console.log([...lines, '', 'Stop with Ctrl-C', ''].join('\n'))
}

/** Logs in and requests the dashboard of all users, with nothing but sh, curl and sed. */
function curlLine(apiUrl: string): string {
  const login = JSON.stringify({ email: demoLogins[0], password: demoPassword })
  return (
    `curl -s '${apiUrl}/v1/dashboard?scope=all' -H "authorization: Bearer $(` +
    `curl -s ${apiUrl}/v1/auth/login -H 'content-type: application/json' -d '${login}' | ` +
    `sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`
  )
}
