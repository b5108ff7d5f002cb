import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { CliError } from '../../dev/cli-error.ts'

const MAX_OUTPUT = 2 ** 28

export interface Result {
  status: number
  stdout: string
  stderr: string
}

/** Docker, or Podman with a storage of its own that is deleted in the end. */
export interface Engine {
  name: 'docker' | 'podman'
  /** Whether images come from a registry; otherwise stand-ins are made of Debian's packages. */
  hasRegistry: boolean
  /** Runs a command of the engine and returns its output. @throws CliError when it fails */
  run(...args: string[]): Promise<string>
  /** The same, but a failure is a result too. `input` goes to the standard input. */
  attempt(args: string[], input?: Uint8Array): Result
  /** The same with the output as bytes. */
  bytes(...args: string[]): Uint8Array
  /** Arguments of `run` that this machine needs. */
  runFlags: string[]
  buildFlags: string[]
  remove(): void
}

const succeeds = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0

function makeEngine(name: Engine['name'], global: string[], rest: Partial<Engine>): Engine {
  return {
    name,
    hasRegistry: true,
    runFlags: [],
    buildFlags: [],
    remove: () => {},
    ...rest,
    run: async (...args) => {
      try {
        const { stdout } = await promisify(execFile)(name, [...global, ...args], {
          maxBuffer: MAX_OUTPUT,
        })
        return stdout.trim()
      } catch (error) {
        const { stderr = '' } = error as { stderr?: string }
        throw new CliError(`${name} ${args.join(' ')}\n${stderr.trim().slice(-3000)}`)
      }
    },
    attempt: (args, input) => {
      const { status, stdout, stderr } = spawnSync(name, [...global, ...args], {
        input,
        maxBuffer: MAX_OUTPUT,
      })
      return { status: status ?? -1, stdout: String(stdout), stderr: String(stderr) }
    },
    bytes: (...args) => execFileSync(name, [...global, ...args], { maxBuffer: MAX_OUTPUT }),
  }
}

/** Mixed cgroups, as some virtual machines have them, are more than crun can do. */
const hasHybridCgroups = () => existsSync('/sys/fs/cgroup/unified')

/** What is missing for Podman without a registry, in words. */
function checkPodman(): void {
  const needed = ['podman', 'debootstrap', ...(hasHybridCgroups() ? ['runc'] : [])]
  const missing = needed.filter((name) => !succeeds('sh', '-c', `command -v ${name}`))
  if (missing.length > 0 || process.getuid?.() !== 0) {
    throw new CliError(
      'The container test needs Docker, or Podman as root: neither can be used here.\n' +
        `On Debian: apt-get install --no-install-recommends ${needed.join(' ')} buildah uidmap`,
      3,
    )
  }
}

/**
 * Finds an engine that works here.
 * @throws CliError with exit code 3 when there is none
 */
export function findEngine(storage: string): Engine {
  if (succeeds('docker', 'info')) return makeEngine('docker', [], {})
  checkPodman()
  const overlay = readFileSync('/proc/filesystems', 'utf8').includes('overlay')
  const global = [
    `--root=${path.join(storage, 'root')}`,
    `--runroot=${path.join(storage, 'run')}`,
    `--storage-driver=${overlay ? 'overlay' : 'vfs'}`,
    '--cgroup-manager=cgroupfs',
    ...(hasHybridCgroups() ? ['--runtime=runc'] : []),
  ]
  return makeEngine('podman', global, {
    hasRegistry: false,
    // Podman asks for more open files than root may have in some machines.
    runFlags: ['--ulimit=nofile=4096:4096', '--ulimit=nproc=4096:4096'],
    // The format of Docker, since that of OCI has no health check.
    buildFlags: ['--isolation=chroot', '--format=docker'],
    remove: () => {
      spawnSync('podman', [...global, 'rm', '--all', '--force'], { stdio: 'ignore' })
      spawnSync('podman', [...global, 'rmi', '--all', '--force'], { stdio: 'ignore' })
      rmSync(storage, { recursive: true, force: true })
    },
  })
}
