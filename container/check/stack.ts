import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { projectFolder } from '../../dev/project.ts'
import { ADMIN, until } from './client.ts'
import type { Engine, Result } from './engine.ts'
import type { Images } from './images.ts'

const SECRETS = '/run/secrets'
/** A network of its own, so that addresses stay the same when a container starts again. */
const NETWORK = '10.213.87'
const ADDRESSES = { api: `${NETWORK}.11`, postgres: `${NETWORK}.10` }
type Name = 'api' | 'postgres'
type Env = Record<string, string>

const inFlags = (env: Env) =>
  Object.entries(env)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `--env=${name}=${value}`)

/** The containers of compose.yaml, started one by one so that Docker and Podman do the same. */
export class Stack {
  databaseHost = ''
  readonly secrets: string
  readonly #engine: Engine
  readonly #images: Images
  readonly #hardened: string[]

  constructor(engine: Engine, images: Images, secrets: string) {
    this.#engine = engine
    this.#images = images
    this.secrets = secrets
    execFileSync('sh', [path.join(projectFolder, 'container/make-secrets.sh'), secrets])
    this.#hardened = [
      ...engine.runFlags,
      '--read-only',
      '--tmpfs=/tmp',
      '--cap-drop=ALL',
      '--security-opt=no-new-privileges',
      `--volume=${secrets}:${SECRETS}:ro`,
    ]
    // A folder of secrets is mounted as a whole here, and compose.yaml mounts each of its files.
    execFileSync('chmod', ['755', secrets])
  }

  async startPostgres(): Promise<void> {
    await this.#engine.run('network', 'create', `--subnet=${NETWORK}.0/24`, this.#network)
    const script = (name: string, to: string) =>
      `--volume=${path.join(projectFolder, 'container/postgres', name)}:${to}:ro`
    await this.#engine.run(
      'run',
      '--detach',
      `--name=${this.#name('postgres')}`,
      `--network=${this.#network}`,
      `--ip=${ADDRESSES.postgres}`,
      ...this.#engine.runFlags,
      `--volume=${this.#name('postgres')}:/var/lib/postgresql`,
      `--volume=${this.secrets}:${SECRETS}:ro`,
      script('init.sh', '/docker-entrypoint-initdb.d/10-edgebook.sh'),
      script('backup.sh', '/usr/local/bin/backup.sh'),
      script('restore.sh', '/usr/local/bin/restore.sh'),
      `--env=POSTGRES_PASSWORD_FILE=${SECRETS}/postgres_password`,
      '--env=POSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8',
      this.#images.postgres,
    )
    await this.#waitForPostgres()
  }

  async #waitForPostgres(): Promise<void> {
    const check = 'pg_isready --host 127.0.0.1 --username postgres --dbname edgebook'
    await until('PostgreSQL', () => this.#exec('postgres', check.split(' ')).status === 0)
    this.databaseHost = ADDRESSES.postgres
  }

  /** Runs a command of the image as the owner of the database. */
  manage(command: string): Promise<string> {
    const env = {
      DATABASE_OWNER_URL: `postgresql://edgebook_owner@${this.databaseHost}/edgebook`,
      OWNER_DATABASE_PASSWORD_FILE: `${SECRETS}/owner_password`,
      APP_DATABASE_PASSWORD_FILE: `${SECRETS}/app_password`,
      LOGIN_DATABASE_PASSWORD_FILE: `${SECRETS}/login_password`,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_NAME: ADMIN.name,
      ADMIN_PASSWORD: ADMIN.password,
    }
    const { api } = this.#images
    const network = `--network=${this.#network}`
    return this.#engine.run(
      'run',
      '--rm',
      network,
      ...this.#hardened,
      ...inFlags(env),
      api,
      command,
    )
  }

  #apiEnv(env: Env): Env {
    return {
      DATABASE_URL: `postgresql://app@${this.databaseHost}/edgebook`,
      LOGIN_DATABASE_URL: `postgresql://app_login@${this.databaseHost}/edgebook`,
      APP_DATABASE_PASSWORD_FILE: `${SECRETS}/app_password`,
      LOGIN_DATABASE_PASSWORD_FILE: `${SECRETS}/login_password`,
      JWT_SECRET_FILE: `${SECRETS}/jwt_secret`,
      ...env,
    }
  }

  /** Starts the API, and returns where it can be reached. */
  async startApi(env: Env): Promise<string> {
    await this.#engine.run(
      'run',
      '--detach',
      `--name=${this.#name('api')}`,
      `--network=${this.#network}`,
      `--ip=${ADDRESSES.api}`,
      '--memory=512m',
      ...this.#hardened,
      `--volume=${this.#name('api')}:/var/lib/edgebook`,
      ...inFlags(this.#apiEnv(env)),
      this.#images.api,
    )
    return this.#waitForApi()
  }

  async #waitForApi(): Promise<string> {
    const healthy = ['/app/bin/node', '/app/server/main.js', 'healthcheck']
    await until('the API', () => this.#exec('api', healthy).status === 0)
    return `http://${ADDRESSES.api}:8787`
  }

  /** Runs the API with settings that it refuses. A flag "command:X" is its command. */
  tryApi(env: Env, flags: string[]): Result {
    const command = flags.filter((flag) => flag.startsWith('command:'))
    return this.#engine.attempt([
      'run',
      '--rm',
      ...this.#hardened,
      ...inFlags(this.#apiEnv(env)),
      ...flags.filter((flag) => !command.includes(flag)),
      this.#images.api,
      ...command.map((each) => each.slice('command:'.length)),
    ])
  }

  async kill(name: Name): Promise<void> {
    await this.#engine.run('kill', '--signal=KILL', this.#name(name))
  }

  /** Starts a stopped container with its volume. Returns the address of the API. */
  async startAgain(name: Name): Promise<string> {
    await this.#engine.run('start', this.#name(name))
    if (name === 'api') return this.#waitForApi()
    await this.#waitForPostgres()
    return ADDRESSES.postgres
  }

  /** Stops the API as `docker stop` does, removes the container, and returns its exit code. */
  async stop(name: Name): Promise<number> {
    await this.#engine.run('stop', '--time=10', this.#name(name))
    const code = await this.#engine.run('inspect', '--format={{.State.ExitCode}}', this.#name(name))
    await this.#engine.run('rm', this.#name(name))
    return Number(code)
  }

  backup(): Uint8Array {
    return this.#engine.bytes('exec', this.#name('postgres'), 'backup.sh')
  }

  restore(dump: Uint8Array): Result {
    return this.#engine.attempt(['exec', '-i', this.#name('postgres'), 'restore.sh'], dump)
  }

  async countTransactions(): Promise<number> {
    const sql = 'select count(*) from data.transactions'
    const psql = ['psql', '-U', 'postgres', '-Atc', sql, 'edgebook']
    // Without blocking: the writes that are counted come from this process.
    return Number(await this.#engine.run('exec', this.#name('postgres'), ...psql))
  }

  /** Memory of the processes of the API as the kernel counts it, and how long its start took. */
  async size(): Promise<{ memory_mb: number; start_ms: number }> {
    const log = this.#engine.attempt(['logs', this.#name('api')]).stdout
    const pid = await this.#engine.run('inspect', '--format={{.State.Pid}}', this.#name('api'))
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    const resident = [pid, ...children].map((each) =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1] ?? 0),
    )
    return {
      memory_mb: Math.round(resident.reduce((a, b) => a + b, 0) / 1000),
      start_ms: Number(/"start_ms":(\d+)/.exec(log)?.[1]),
    }
  }

  remove(): void {
    for (const name of ['api', 'postgres'] as const) {
      this.#engine.attempt(['rm', '--force', this.#name(name)])
      this.#engine.attempt(['volume', 'rm', '--force', this.#name(name)])
    }
    this.#engine.attempt(['network', 'rm', this.#network])
  }

  #exec(name: Name, command: string[]): Result {
    return this.#engine.attempt(['exec', this.#name(name), ...command])
  }

  readonly #suffix = `${process.pid}`
  readonly #network = `edgebook-test-${this.#suffix}`
  readonly #name = (name: Name) => `edgebook-test-${name}-${this.#suffix}`
}
