import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Client } from 'pg'
import { CliError } from './cli-error.ts'
import { migrationsFolder, sqlFailure } from './sql-cli-error.ts'

/** A file of drizzle/objects/: views, functions, triggers, policies and grants of one subject. */
export interface SqlObjects {
  file: string
  sql: string
  hash: string
}

const FOLDER = path.join(migrationsFolder, 'objects')
const TABLE = 'drizzle.objects'

/** All files, in the order of order.json. */
export function readObjects(): SqlObjects[] {
  const order: string[] = JSON.parse(readFileSync(path.join(FOLDER, 'order.json'), 'utf8'))
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sql'))
  const unlisted = files.filter((file) => !order.includes(file))
  if (unlisted.length > 0) {
    throw new CliError(`Add ${unlisted.join(', ')} to drizzle/objects/order.json.`)
  }
  return order.map((file) => {
    const sql = readFileSync(path.join(FOLDER, file), 'utf8')
    return { file, sql, hash: createHash('sha256').update(sql).digest('hex') }
  })
}

/** The files that are new, changed or gone since the database was migrated last. */
export async function findChanged(client: Client, objects: SqlObjects[]): Promise<string[]> {
  const stored = await storedHashes(client)
  const changed = objects.filter(({ file, hash }) => stored.get(file) !== hash)
  const listed = new Set(objects.map(({ file }) => file))
  return [
    ...changed.map(({ file }) => file),
    ...[...stored.keys()].filter((file) => !listed.has(file)),
  ]
}

async function storedHashes(client: Client): Promise<Map<string, string>> {
  const found = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [TABLE],
  )
  if (found.rows[0]?.found !== true) return new Map()
  const { rows } = await client.query<{ file: string; hash: string }>(
    `select file, hash from ${TABLE}`,
  )
  return new Map(rows.map(({ file, hash }) => [file, hash]))
}

/** Drops all objects in the transaction that is open; tables and what they need stay. */
export async function dropObjects(client: Client): Promise<void> {
  await run(client, 'drizzle/drop-objects.sql', readFileSync(dropFile, 'utf8'))
}

const dropFile = path.join(migrationsFolder, 'drop-objects.sql')

/** Creates all objects in the transaction that is open. */
export async function createObjects(client: Client, objects: SqlObjects[]): Promise<void> {
  for (const { file, sql } of objects) await run(client, `drizzle/objects/${file}`, sql)
  await client.query(`drop table if exists ${TABLE}`)
  await client.query(`create table ${TABLE} (file text primary key, hash text not null)`)
  await client.query(`insert into ${TABLE} select * from unnest($1::text[], $2::text[])`, [
    objects.map(({ file }) => file),
    objects.map(({ hash }) => hash),
  ])
}

const run = (client: Client, file: string, sql: string) =>
  client.query(sql).catch((error: unknown) => {
    throw sqlFailure(error, file, sql)
  })
