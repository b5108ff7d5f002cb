import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CliError } from '../cli-error.ts'
import { projectFolder } from '../project.ts'
import { runPackage } from './tool.ts'

/** Asks drizzle-kit for a migration, in a copy: there is none when the migrations are complete. */
export async function compareMigrations(folder: string): Promise<string> {
  const { default: config } = await import('../../drizzle.config.ts')
  const copy = path.join(folder, 'drizzle')
  cpSync(path.join(projectFolder, 'drizzle'), copy, { recursive: true })
  const before = readdirSync(copy).length
  const file = path.join(folder, 'drizzle.config.json')
  // drizzle-kit takes paths as relative to where it runs.
  const out = path.relative(projectFolder, copy)
  writeFileSync(file, JSON.stringify({ ...config, out }))
  const output = await runPackage('drizzle-kit', 'generate', `--config=${file}`)
  if (readdirSync(copy).length === before && output.includes('No schema changes')) return ''
  throw new CliError(
    `src/db/schema.ts is ahead of drizzle/: run \`npm run db:generate\`.\n${output.trim()}`,
  )
}
