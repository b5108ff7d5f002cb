import path from 'node:path'
import { DatabaseError } from 'pg'
import { CliError, messageOf } from './cli-error.ts'
import { projectFolder } from './project.ts'

export const migrationsFolder = path.join(projectFolder, 'drizzle')

/** Says which lines of which file failed. Nothing of the migration was applied then. */
export function sqlFailure(error: unknown, file: string, sql: string): CliError {
  const lines = [`The migration failed, and nothing was applied: ${messageOf(error)}`]
  const { detail, hint, where, position } = error instanceof DatabaseError ? error : {}
  for (const part of [detail, hint, where]) if (part) lines.push(`  ${part}`)
  lines.push(`  in ${file}${position === undefined ? '' : ':'}`)
  if (position !== undefined) {
    const start = sql.lastIndexOf('\n', Number(position) - 1) + 1
    const code = sql.slice(start).trim().split('\n').slice(0, 6)
    lines.push(...code.map((line) => `    ${line}`))
  }
  return new CliError(lines.join('\n'))
}
