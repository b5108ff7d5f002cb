import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { CliError, messageOf } from '../cli-error.ts'
import { projectFolder } from '../project.ts'

const modules = path.join(projectFolder, 'node_modules')

const env: NodeJS.ProcessEnv = {
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  FORCE_COLOR: '0',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  REDOCLY_TELEMETRY: 'off',
  // Tools start others by name, `node` among them: ours come before those of the system.
  PATH: [path.join(modules, '.bin'), path.dirname(process.execPath), process.env['PATH']].join(
    path.delimiter,
  ),
}

/**
 * Runs the first command of an installed package under this very Node, and returns its output.
 * @throws CliError with the output, when it fails
 */
export function runPackage(name: string, ...args: string[]): Promise<string> {
  const folder = path.join(modules, name)
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8')
  const { bin } = JSON.parse(manifest) as { bin: string | Record<string, string> }
  const scripts = typeof bin === 'string' ? { [name]: bin } : bin
  return runNode(path.join(folder, scripts[name] ?? Object.values(scripts)[0] ?? ''), ...args)
}

/** The same for a script of the project. */
export async function runNode(script: string, ...args: string[]): Promise<string> {
  const options = { cwd: projectFolder, env, maxBuffer: 2 ** 26 }
  const running = promisify(execFile)(process.execPath, [script, ...args], options)
  running.child.stdin?.end()
  const stop = () => void running.child.kill()
  process.once('exit', stop)
  try {
    const { stdout, stderr } = await running
    return stripVTControlCharacters(stdout + stderr).trim()
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new CliError(stripVTControlCharacters(stdout + stderr).trim() || messageOf(error))
  } finally {
    process.removeListener('exit', stop)
  }
}
