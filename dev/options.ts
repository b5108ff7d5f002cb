import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { CliError, messageOf } from './cli-error.ts'
import { projectFolder } from './project.ts'

/** What `npm run dev` was asked for. */
export interface DevOptions {
  port: number
  endpointPort: number | undefined
  dataDir: string
  reset: boolean
  latencyMs: number
  /** Worker variables as NAME:VALUE. */
  vars: string[]
  help: boolean
}

/** What --help prints. */
export const USAGE = `npm run dev -- [options]

  Starts PostgreSQL, a local stand-in for Neon, and the API with demo data.
  With DATABASE_URL set (in the environment or in .dev.vars), only the API, on that database.

  --port N           port of the API (8787)
  --endpoint-port N  port of the local Neon endpoint (any free one)
  --data DIR         where the data is stored (.edgebook/dev)
  --reset            delete that data and start over
  --latency MS       distance between Worker and database, per call (0)
  --var NAME:VALUE   a variable for the Worker; may be given more than once
  --help             this text

  NEON_FETCH_ENDPOINT in the environment is what the Worker calls instead of the local
  endpoint, so that a proxy can be put between the two.`

/** Reads the arguments; what is unknown or makes no sense is refused. */
export function readOptions(args: string[], directory = process.cwd()): DevOptions {
  const values = parse(args)
  const vars = values.var ?? []
  vars.forEach(checkVar)
  return {
    port: readNumber('--port', values.port, 1, 65_535) ?? 8787,
    endpointPort: readNumber('--endpoint-port', values['endpoint-port'], 1, 65_535),
    dataDir: readFolder(values.data, directory),
    reset: values.reset ?? false,
    latencyMs: readNumber('--latency', values.latency, 0, 60_000) ?? 0,
    vars,
    help: values.help ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'endpoint-port': { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean' },
        latency: { type: 'string' },
        var: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw usageError(messageOf(error))
  }
}

/** Names of the settings of the Worker: its secrets, and the variables that wrangler.toml sets. */
function knownSettings(): string[] {
  const text = readFileSync(path.join(projectFolder, 'wrangler.toml'), 'utf8')
  const vars = [...text.matchAll(/^([A-Z_]+) = "/gm)].map(([, name = '']) => name)
  return ['DATABASE_URL', 'LOGIN_DATABASE_URL', 'JWT_SECRET', 'JWT_SECRET_PREVIOUS', ...vars]
}

function checkVar(text: string): void {
  const name = /^([A-Za-z_]\w*):/.exec(text)?.[1]
  if (name === undefined) throw usageError(`--var takes NAME:VALUE, not "${text}"`)
  const known = knownSettings()
  if (known.includes(name)) return
  throw usageError(`Unknown setting ${name}. The Worker has ${known.join(', ')}.`)
}

function readNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw usageError(`${name} takes a whole number from ${least} to ${most}, not "${text}"`)
}

/** The data folder that was asked for, or the usual one. */
export function readFolder(text: string | undefined, directory: string): string {
  if (text === undefined) return path.join(projectFolder, '.edgebook', 'dev')
  if (text === '') throw new CliError('--data takes a folder', 2)
  return path.resolve(directory, text)
}

function usageError(message: string): CliError {
  return new CliError(`${message}\n\nnpm run dev -- --help shows every option.`, 2)
}
