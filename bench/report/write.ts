import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { CliError } from '../../dev/cli-error.ts'
import { renderTable, type Table } from './table.ts'

const BEGIN = '<!-- bench -->'
const END = '<!-- /bench -->'

/** A table with its title and notes, as Markdown. */
export const renderSection = ({ title, notes, ...table }: Table): string =>
  [`### ${title}`, renderTable(table), ...notes].join('\n\n')

/** Puts text between the two marks of a file, or makes a file of it. */
export async function writeMarkdown(file: string, text: string): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${BEGIN}\n${END}\n`
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)]
  if (from < 0 || to < from) throw new CliError(`${file} has no ${BEGIN} with ${END} behind it.`)
  const after = `${before.slice(0, from)}${BEGIN}\n\n${text}\n\n${before.slice(to)}`
  const options = await resolveConfig(file)
  writeFileSync(file, await format(after, { ...options, parser: 'markdown' }))
}

export function writeJson(file: string, content: object): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
}
