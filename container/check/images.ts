import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../../dev/project.ts'
import { CliError } from '../../dev/cli-error.ts'
import type { Engine } from './engine.ts'

const MIRROR = 'http://deb.debian.org/debian'

/** Names of the images that the test runs. */
export interface Images {
  api: string
  postgres: string
}

/** Builds the image of the Dockerfile; without a registry on stand-ins for what it builds upon. */
export async function buildImages(engine: Engine, scratch: string): Promise<Images> {
  const stand = engine.hasRegistry ? null : await makeStandIns(engine, scratch)
  const postgres = stand?.postgres ?? readPostgresImage()
  // An image that is there already, such as that of a release.
  const given = process.env['EDGEBOOK_CONTAINER_IMAGE']
  if (given) return { api: given, postgres }
  const api = 'localhost/edgebook:container-test'
  const args = stand === null ? [] : [`BUILD_IMAGE=${stand.build}`, `BASE_IMAGE=${stand.base}`]
  await engine.run(
    'build',
    ...engine.buildFlags,
    ...args.map((each) => `--build-arg=${each}`),
    '--file=container/Dockerfile',
    `--tag=${api}`,
    projectFolder,
  )
  return { api, postgres }
}

/** The image that compose.yaml names. */
function readPostgresImage(): string {
  const compose = readFileSync(path.join(projectFolder, 'compose.yaml'), 'utf8')
  const name = /image: (\S*\/postgres:\S+)/.exec(compose)?.[1]
  if (name === undefined) throw new CliError('compose.yaml names no image of PostgreSQL.')
  return name
}

async function makeStandIns(engine: Engine, scratch: string) {
  const base = 'localhost/debian:trixie-slim'
  const build = 'localhost/node:24-trixie-slim'
  const postgres = 'localhost/postgres:18'
  const images = { base, build, postgres }
  console.log('  Making stand-ins for the base images, since there is no registry')
  await importDebian(engine, scratch, 'trixie', [], base)
  const context = path.join(scratch, 'stand-in')
  mkdirSync(context, { recursive: true })
  copyFileSync(process.execPath, path.join(context, 'node'))
  cpSync(findNpm(), path.join(context, 'npm'), { recursive: true, dereference: true })
  // The machine may have certificates of its own between itself and the registry of npm.
  copyFileSync('/etc/ssl/certs/ca-certificates.crt', path.join(context, 'ca.crt'))
  writeFileSync(
    path.join(context, 'Dockerfile'),
    `FROM ${base}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/npm
COPY ca.crt /etc/ssl/certs/ca-certificates.crt
RUN printf '#!/bin/sh\\nexec node /usr/local/lib/npm/bin/npm-cli.js "$@"\\n' > /usr/local/bin/npm && chmod +x /usr/local/bin/npm
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
`,
  )
  await engine.run('build', ...engine.buildFlags, `--tag=${build}`, context)
  // Debian 13 has PostgreSQL 17. This one is the same version as the image of compose.yaml.
  await importDebian(
    engine,
    scratch,
    'sid',
    ['postgresql-18', 'postgresql-client-18'],
    `${postgres}-base`,
  )
  copyFileSync(
    path.join(import.meta.dirname, 'postgres-entrypoint.sh'),
    path.join(context, 'docker-entrypoint.sh'),
  )
  writeFileSync(
    path.join(context, 'Dockerfile'),
    `FROM ${postgres}-base
COPY docker-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/18/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
`,
  )
  await engine.run('build', ...engine.buildFlags, `--tag=${postgres}`, context)
  return images
}

async function importDebian(
  engine: Engine,
  scratch: string,
  suite: string,
  packages: string[],
  tag: string,
): Promise<void> {
  if (engine.attempt(['image', 'inspect', tag]).status === 0) return
  const folder = path.join(scratch, suite)
  const archive = `${folder}.tar`
  const include = ['ca-certificates', ...packages].join(',')
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  run('debootstrap', '--variant=minbase', `--include=${include}`, suite, folder, MIRROR)
  rmSync(path.join(folder, 'var/cache/apt'), { recursive: true, force: true })
  rmSync(path.join(folder, 'var/lib/apt/lists'), { recursive: true, force: true })
  run('tar', '-C', folder, '-cf', archive, '.')
  rmSync(folder, { recursive: true, force: true })
  await engine.run('import', archive, tag)
  rmSync(archive)
}

/** npm as it is installed on this machine. */
function findNpm(): string {
  const cli = process.env['npm_execpath'] ?? ''
  const folder = path.resolve(path.dirname(cli), '..')
  if (!existsSync(path.join(folder, 'bin', 'npm-cli.js'))) throw new CliError('Run this with npm.')
  return folder
}
