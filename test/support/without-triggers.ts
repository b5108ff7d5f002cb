import type { TestApp } from './app.ts'

/** What the owner of the database can do: SQL that neither audit log nor roll-ups see. */
export async function withoutTriggers(
  { sql }: TestApp,
  tables: string[],
  ...statements: string[]
): Promise<void> {
  const each = (change: string) => tables.map((table) => `alter table data.${table} ${change}`)
  const all = [...each('disable trigger user'), ...statements, ...each('enable trigger user')]
  await sql.transaction(all.map((text) => sql.query(text)))
}
