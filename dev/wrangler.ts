import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { projectFolder } from './project.ts'
import { signal, waitUntilGone, wranglerProcessesIn } from './processes.ts'
import { findSettingsIssue } from './worker-settings.ts'

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
  /** What the Worker has said in its log to be wrong with its settings; null when nothing is. */
  issue: () => string | null
  /** Resolves when it ends, whoever ended it. */
  ended: Promise<void>
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
  let issue: string | null = null
  relay(child.stdout, process.stdout, (line) => (issue ??= findSettingsIssue(line)))
  relay(child.stderr, process.stderr)
  return { ...handle(child), issue: () => issue }
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
  /^\[custom build\]/,
  /^\s*$/,
]

function relay(
  from: Readable,
  to: NodeJS.WriteStream,
  onLine: (line: string) => void = () => {},
): void {
  createInterface({ input: from }).on('line', (line) => {
    onLine(line)
    if (!NOISE.some((each) => each.test(line))) to.write(`${line}\n`)
  })
}

function handle(child: ChildProcess): Omit<Wrangler, 'issue'> {
  const pid = child.pid ?? 0
  const lastResort = () => {
    for (const each of wranglerProcessesIn(pid)) signal(each, 'SIGKILL')
  }
  process.once('exit', lastResort)
  const ended = new Promise<void>((resolve) => {
    const end = () => resolve()
    child.once('exit', end)
    child.once('error', end)
  })
  return {
    pid,
    ended,
    stop: async () => {
      await stopWranglerGroup(pid)
      process.removeListener('exit', lastResort)
    },
  }
}

/** Stops `wrangler dev` with everything that it started: asked first, then by force. */
export async function stopWranglerGroup(group: number): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(group), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  const left = () => wranglerProcessesIn(group)
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    const pids = left()
    if (pids.length === 0) return
    // Its leader, when it lives, tells the others in order.
    const told = name === 'SIGTERM' && pids.includes(group) ? [group] : pids
    for (const pid of told) signal(pid, name)
    if (await waitUntilGone(left, 5000)) return
  }
}
