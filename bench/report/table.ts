/** What a section has to tell. */
export interface Table {
  title: string
  columns: readonly string[]
  /** The first column is text, the others are figures. */
  rows: readonly (readonly string[])[]
  notes: readonly string[]
}

/** A table as Markdown, which a terminal shows as well. */
export function renderTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map((row) => (row[index] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths
      .map((width, index) => {
        const cell = cells[index] ?? ''
        return index === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join(' | ')} |`
  const rule = widths.map((width, index) =>
    index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [line(columns), line(rule), ...rows.map(line)].join('\n')
}

/** A figure with three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '—'
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

export const ms = (value: number) => figure(value)
export const times = (value: number) => (Number.isFinite(value) ? `${figure(value)} ×` : '—')
export const mib = (bytes: number) => `${figure(bytes / 1024 ** 2)} MiB`
