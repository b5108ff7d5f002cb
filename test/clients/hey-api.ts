import {
  bulkTransactions,
  createTransaction,
  getDashboard,
  importTransactions,
  listTransactions,
  login,
  updateTransaction,
  type NewTransaction,
} from './generated/hey-api'
import { createClient } from './generated/hey-api/client'
import type { Result } from './result'

/** A program as a user of @hey-api/openapi-ts writes it: without a cast or a type of its own. */
export async function run(baseUrl: string, password: string, month: string): Promise<Result> {
  const client = createClient({ baseUrl })
  const session = await login({ client, body: { email: 'admin@example.com', password } })
  if (session.error) throw new Error(session.error.code)
  client.setConfig({ auth: session.data.access_token })

  const wrong = await createTransaction({
    client,
    body: { type: 'expense', amount: '-5', currency: 'EUR', category: 'A', date: `${month}-14` },
  })
  const refused = [wrong.error?.code ?? '', ...(wrong.error?.errors ?? []).map((e) => e.location)]

  const body: NewTransaction = {
    type: 'expense',
    amount: '12.5',
    currency: 'EUR',
    category: 'Groceries',
    date: `${month}-14`,
  }
  const tried = await createTransaction({ client, query: { dry_run: true }, body })
  if (tried.error) throw new Error(tried.error.code)

  const headers = { 'Idempotency-Key': 'hey-api-1' }
  const created = await createTransaction({ client, headers, body })
  if (created.error) throw new Error(created.error.code)
  const repeated = await createTransaction({ client, headers, body })
  const { id, version } = created.data

  const patched = await updateTransaction({
    client,
    path: { id },
    headers: { 'If-Match': `"${version}"` },
    body: { notes: 'Bread' },
  })
  if (patched.error) throw new Error(patched.error.code)

  const bulk = await bulkTransactions({
    client,
    body: {
      operations: [
        { op: 'create', data: { ...body, type: 'income', amount: '100', category: 'Salary' } },
        { op: 'update', id, version: patched.data.version, data: { category: 'Household' } },
      ],
    },
  })
  if (bulk.error) throw new Error(bulk.error.code)

  const imported = await importTransactions({
    client,
    query: { currency: 'EUR', category: 'Bank', dry_run: false },
    body: `date,amount\n${month}-20,-7.40\n`,
  })
  if (imported.error) throw new Error(imported.error.code)

  const list = await listTransactions({
    client,
    query: { month, limit: 10, category: ['Household', 'Bank', 'Salary'] },
  })
  if (list.error) throw new Error(list.error.code)

  const dashboard = await getDashboard({
    client,
    query: { month, include: ['totals', 'categories'] },
  })
  if (dashboard.error) throw new Error(dashboard.error.code)

  return {
    refused,
    wouldCreate: tried.data.amount,
    replayed: repeated.response?.headers.has('Idempotency-Replayed') ?? false,
    notes: patched.data.notes,
    succeeded: bulk.data.succeeded,
    imported: 'created_count' in imported.data ? imported.data.created_count : 0,
    amounts: list.data.data.map((transaction) => transaction.amount),
    more: list.data.has_more,
    net: dashboard.data.totals?.[0]?.net,
  }
}

/** What the types refuse, so that they are known to be more than `any`. */
export function refuse() {
  // @ts-expect-error The version is required.
  void updateTransaction({ path: { id: '' }, body: { notes: '' } })
  // @ts-expect-error The fields are required.
  void createTransaction({ body: { type: 'expense' } })
  // @ts-expect-error The parameter is called `month`.
  void listTransactions({ query: { mont: '2026-03' } })
}
