import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { CliError } from '../cli-error.ts'
import { projectFolder } from '../project.ts'

const modules = path.join(projectFolder, 'node_modules')

const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  FORCE_COLOR: '0',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  REDOCLY_TELEMETRY: 'off',
}

/** Tools start others by name, `node` among them: ours come before those of the system. */
const PATH = [path.join(modules, '.bin'), path.dirname(process.execPath), process.env['PATH'] ?? '']

/**
 * Runs the command of an installed package under this very Node, and answers what it printed.
 * @throws Failure with what it printed, when it ends with another code than 0
 */
export function runPackage(name: string, ...args: string[]): Promise<string> {
  return runNode(scriptOf(name), ...args)
}

/** The same for a script of the project. */
export function runNode(script: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: projectFolder,
      env: { ...process.env, ...QUIET, PATH: PATH.join(path.delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stop = () => child.kill()
    process.once('exit', stop)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.removeListener('exit', stop)
      // Some tools colour their output whatever they are told.
      const text = stripVTControlCharacters(output).trim()
      if (code === 0) return resolve(text)
      reject(new CliError(text || `It ended with ${signal ?? `exit code ${code}`}.`))
    })
  })
}

/** The script behind a package's first command. Shims of node_modules/.bin differ by platform. */
function scriptOf(name: string): string {
  const folder = path.join(modules, name)
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8')
  const { bin } = JSON.parse(manifest) as { bin: string | Record<string, string> }
  const script = typeof bin === 'string' ? bin : (bin[name] ?? Object.values(bin)[0])
  if (script === undefined) throw new CliError(`The package ${name} has no command.`)
  return path.join(folder, script)
}
