/** A table of the report. */
export interface Table {
  title: string
  /** The first column is text, the others are numbers. */
  columns: string[]
  rows: string[][]
  notes: string[]
}

/** Markdown with a title, the table and its notes. */
export function renderTable({ title, columns, rows, notes }: Table): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'))
  return [`### ${title}`, [columns, rule, ...rows].map(line).join('\n'), ...notes].join('\n\n')
}

/** Three significant digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '—'
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

export const ratio = (value: number) => `${figure(value)} ×`
export const mib = (bytes: number) => `${figure(bytes / 1024 ** 2)} MiB`
