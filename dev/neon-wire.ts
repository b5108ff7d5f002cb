import { DatabaseError, type FieldDef } from 'pg'

/** A query as the driver sends it. */
export interface WireQuery {
  query: string
  params: unknown[]
}

/** What one `POST /sql` asks for. */
export interface WireRequest {
  queries: WireQuery[]
  isBatch: boolean
  begin: string
  arrayMode: boolean
}

/** A response that is not a result: its status and its JSON body. */
export class WireError extends Error {
  readonly status: number
  readonly code: string | null

  constructor(status: number, message: string, code: string | null = null) {
    super(message)
    this.status = status
    this.code = code
  }
}

const ISOLATION_LEVELS: Record<string, string> = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
}

type Headers = Record<string, string | string[] | undefined>

/** Reads headers and body as Neon's proxy does. */
export function readRequest(headers: Headers, body: string): WireRequest {
  // The driver always asks for text; without it Neon turns values into JSON types.
  if (headers['neon-raw-text-output'] !== 'true') {
    throw new WireError(400, 'The local endpoint needs the header Neon-Raw-Text-Output: true')
  }
  let payload: unknown
  try {
    payload = JSON.parse(body)
  } catch {
    throw new WireError(400, 'The request body is not JSON')
  }
  const batch = isRecord(payload) && Array.isArray(payload['queries']) ? payload['queries'] : null
  return {
    queries: (batch ?? [payload]).map(readQuery),
    isBatch: batch !== null,
    begin: beginStatement(headers),
    arrayMode: headers['neon-array-mode'] === 'true',
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readQuery(value: unknown): WireQuery {
  if (!isRecord(value) || typeof value['query'] !== 'string') {
    throw new WireError(400, 'The request body holds no query')
  }
  const params = value['params'] ?? []
  if (!Array.isArray(params)) throw new WireError(400, 'The params of a query are not a list')
  return { query: value['query'], params }
}

function beginStatement(headers: Headers): string {
  const level = headers['neon-batch-isolation-level']
  const words = ['BEGIN']
  if (level !== undefined) {
    const sql = typeof level === 'string' ? ISOLATION_LEVELS[level] : undefined
    if (sql === undefined) throw new WireError(400, `Unknown isolation level ${String(level)}`)
    words.push(`ISOLATION LEVEL ${sql}`)
  }
  if (headers['neon-batch-read-only'] === 'true') words.push('READ ONLY')
  if (headers['neon-batch-deferrable'] === 'true') words.push('DEFERRABLE')
  return words.join(' ')
}

/** The result of one statement, as `pg` gives it with rows as arrays of text. */
export interface TextResult {
  command: string
  rowCount: number | null
  rows: (string | null)[][]
  fields: FieldDef[]
}

/** One result as Neon sends it. */
export function writeResult(result: TextResult, arrayMode: boolean): object {
  const names = result.fields.map((field) => field.name)
  return {
    command: result.command,
    rowCount: result.rowCount,
    rowAsArray: arrayMode,
    fields: result.fields.map((field) => ({ ...field, format: 'text' })),
    rows: arrayMode ? result.rows : result.rows.map((row) => byName(names, row)),
  }
}

function byName(names: string[], row: (string | null)[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))
}

const ERROR_FIELDS = [
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'severity',
  'where',
  'table',
  'column',
  'schema',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

/** An error as Neon sends it: 400 with every field for what PostgreSQL said. */
export function writeError(error: unknown): { status: number; body: object } {
  if (error instanceof DatabaseError) {
    const fields = ERROR_FIELDS.map((name) => [name, error[name] ?? null])
    return { status: 400, body: { message: error.message, ...Object.fromEntries(fields) } }
  }
  if (error instanceof WireError) {
    return { status: error.status, body: { message: error.message, code: error.code } }
  }
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 500, body: { message: `Could not reach the database: ${reason}`, code: null } }
}
