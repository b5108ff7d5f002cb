import { exampleDecision, exampleRecords } from './examples.ts'
import { generateDemoData } from './generate.ts'

/** Rows of one table; their keys are the columns. */
export interface TableRows {
  table: string
  rows: readonly object[]
}

/** All demo data, table by table, in an order that foreign keys allow. */
export function demoTables(seed: number, today: string, password_hash: string): TableRows[] {
  const { users, transactions } = generateDemoData({ seed, today })
  const [admin, analyst] = users
  const examples = exampleRecords({ today, adminId: admin!.id, analystId: analyst!.id })
  const accounts = [...users, examples.user].map((user) => ({ ...user, password_hash }))
  const rent = transactions.filter(({ user_id, category }) => {
    return user_id === admin!.id && category === 'Rent'
  })
  return [
    { table: 'data.users', rows: accounts },
    { table: 'data.sessions', rows: examples.sessions },
    { table: 'data.api_keys', rows: examples.apiKeys },
    { table: 'data.imports', rows: examples.imports },
    { table: 'data.transactions', rows: transactions },
    { table: 'data.transactions', rows: examples.transactions },
    { table: 'data.recurring_decisions', rows: [exampleDecision(rent)] },
  ]
}

/** Inserts rows that are passed as JSON in its only parameter. */
export function insertion({ table, rows }: TableRows): string {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  return `insert into ${table} (${columns})
          select ${columns} from json_populate_recordset(null::${table}, $1)`
}
