import type { StatementField } from '../../lib/statement/fields.ts'

/** What is wrong with one row. */
export class RowError extends Error {
  readonly column: StatementField | undefined
  constructor(column: StatementField | undefined, message: string) {
    super(message)
    this.column = column
  }
}

export interface Problem {
  line: number
  column?: StatementField | undefined
  message: string
}

/** The result, or the problem of this line where a RowError was thrown. */
export function attempt<T>(line: number, read: () => T): T | Problem {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RowError)) throw error
    return { line, column: error.column, message: error.message }
  }
}

export const isProblem = (read: object): read is Problem => 'message' in read
