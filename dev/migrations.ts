import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Client } from 'pg'
import { CliError } from './cli-error.ts'
import { migrationsFolder, sqlFailure } from './sql-cli-error.ts'

/** A migration of drizzle/, as its journal lists them. */
export interface Migration {
  tag: string
  when: number
  hash: string
  statements: string[]
}

interface Journal {
  entries: { tag: string }[]
}

/** drizzle-kit's table, so that its own tools still understand the database. */
const TABLE = 'drizzle.__drizzle_migrations'

export function readMigrations(): Migration[] {
  const file = path.join(migrationsFolder, 'meta', '_journal.json')
  const journal: Journal = JSON.parse(readFileSync(file, 'utf8'))
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis, hash, sql }, index) => ({
    tag: journal.entries[index]!.tag,
    when: folderMillis,
    hash,
    statements: sql,
  }))
}

/** The migrations that the database still needs. */
export async function findPending(client: Client): Promise<Migration[]> {
  const migrations = readMigrations()
  const applied = await appliedHashes(client)
  if (applied.some((hash, index) => hash !== migrations[index]?.hash)) {
    throw new CliError(
      'This database has other migrations than drizzle/ has: use the release that made it, ' +
        'or an empty database (for "npm run dev", add --reset).',
    )
  }
  return migrations.slice(applied.length)
}

async function appliedHashes(client: Client): Promise<string[]> {
  const found = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [TABLE],
  )
  if (found.rows[0]?.found !== true) return []
  const { rows } = await client.query<{ hash: string }>(`select hash from ${TABLE} order by id`)
  return rows.map(({ hash }) => hash)
}

/** Applies migrations in the transaction that is open. */
export async function applyMigrations(client: Client, pending: Migration[]): Promise<void> {
  await client.query('create schema if not exists drizzle')
  await client.query(
    `create table if not exists ${TABLE} (id serial primary key, hash text not null, created_at bigint)`,
  )
  for (const { tag, when, hash, statements } of pending) {
    for (const statement of statements) {
      await client.query(statement).catch((error: unknown) => {
        throw sqlFailure(error, `drizzle/${tag}.sql`, statement)
      })
    }
    await client.query(`insert into ${TABLE} (hash, created_at) values ($1, $2)`, [hash, when])
  }
}
