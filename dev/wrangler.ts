import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { projectFolder } from './project.ts'
import { handleOf, isRunning, signal, waitUntil, type ProcessHandle } from './processes.ts'

/** What `startWrangler` takes. */
export interface WranglerOptions {
  port: number
  dataDir: string
  /** Secrets and settings of the Worker, given through the environment: arguments show in `ps`. */
  bindings: Record<string, string>
  /** Further variables as NAME:VALUE. */
  vars: string[]
}

/** A running `wrangler dev`. */
export interface Wrangler {
  pid: number
  /** Resolves when it ends, for whatever reason. */
  ended: Promise<unknown>
  stop(): Promise<void>
}

const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
}

/** Starts the Worker in workerd; its output goes to ours. */
export function startWrangler(options: WranglerOptions): Wrangler {
  const bindings = { ...options.bindings }
  const varArguments: string[] = []
  for (const each of options.vars) {
    const [name, value] = splitOnce(each)
    // The environment wins over --var, so a binding of ours is replaced there.
    if (name in bindings) bindings[name] = value
    else varArguments.push('--var', each)
  }
  const child = spawn(process.execPath, [...wranglerArguments(options), ...varArguments], {
    cwd: projectFolder,
    env: { ...process.env, ...QUIET, ...bindings, PATH: pathWithOwnNode() },
    // A process group of its own: everything that it starts can be stopped as one.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  relay(child.stdout, process.stdout)
  relay(child.stderr, process.stderr)
  const wrangler = handleOf(child.pid ?? 0)
  const killGroup = () => {
    if (child.pid !== undefined) signal(-child.pid, 'SIGKILL')
  }
  process.once('exit', killGroup)
  return {
    pid: wrangler.pid,
    ended: new Promise((resolve) => child.once('exit', resolve).once('error', resolve)),
    stop: async () => {
      await stopWrangler(wrangler)
      process.removeListener('exit', killGroup)
      killGroup()
    },
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(':')
  return [text.slice(0, at), text.slice(at + 1)]
}

function wranglerArguments({ port, dataDir }: WranglerOptions): string[] {
  // With a file named, wrangler reads .dev.vars no more: what counts of it is in the bindings.
  const noFile = path.join(dataDir, 'no.env')
  writeFileSync(noFile, '')
  return [
    path.join(projectFolder, 'node_modules', 'wrangler', 'bin', 'wrangler.js'),
    'dev',
    path.join(projectFolder, 'dev', 'worker.ts'),
    `--port=${port}`,
    '--ip=127.0.0.1',
    '--inspector-port=0',
    '--show-interactive-dev-session=false',
    '--types=false',
    `--env-file=${noFile}`,
    `--persist-to=${path.join(dataDir, 'worker-state')}`,
  ]
}

/** wrangler.toml's build command says `node`, which has to be the one that runs this. */
function pathWithOwnNode(): string {
  return [path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter)
}

const NOISE = [
  /^Using secrets defined in /,
  /^Your Worker has access to the following bindings/,
  /^Binding +Resource/,
  /^env\.\w+ \(/,
  /Starting local server/,
  /\bReady on http/,
  /\bGET \/health(\/ready)? 200\b/,
  /"route":"\/health(?:\/ready)?","status":200/,
  /Your types might be out of date/,
  /^\[custom build\]/,
  // Four lines about cron triggers, which `npm run dev` does not need: docs say how to run them.
  /Scheduled Workers are not automatically triggered/,
  /To manually trigger a scheduled event, run:/,
  /curl ".*\/cdn-cgi\/local\/scheduled"/,
  /For more details, see .*cron-triggers/,
  /^\s*$/,
]

function relay(from: Readable, to: NodeJS.WriteStream): void {
  createInterface({ input: from }).on('line', (line) => {
    if (!NOISE.some((each) => each.test(line))) to.write(`${line}\n`)
  })
}

/** Stops `wrangler dev` with everything that it started, also what a killed dev server left. */
export async function stopWrangler(wrangler: ProcessHandle): Promise<void> {
  if (!isRunning(wrangler)) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(wrangler.pid), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  // The leader stops its own processes in order; what is left of its group after that is killed.
  signal(wrangler.pid, 'SIGTERM')
  await waitUntil(() => !isRunning(wrangler), 5000)
  signal(-wrangler.pid, 'SIGKILL')
}
