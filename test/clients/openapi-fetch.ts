import createClient from 'openapi-fetch'
import type { components, paths } from './generated/schema'
import type { Result } from './result'

/** A program as a user of openapi-fetch writes it: without a cast or a type of its own. */
export async function run(baseUrl: string, password: string, month: string): Promise<Result> {
  const client = createClient<paths>({ baseUrl })
  const session = await client.POST('/v1/auth/login', {
    body: { email: 'admin@example.com', password },
  })
  if (session.error) throw new Error(session.error.code)
  const authorization = `Bearer ${session.data.access_token}`
  client.use({ onRequest: ({ request }) => request.headers.set('Authorization', authorization) })

  const wrong = await client.POST('/v1/transactions', {
    body: { type: 'expense', amount: '-5', currency: 'EUR', category: 'A', date: `${month}-14` },
  })
  const refused = [wrong.error?.code ?? '', ...(wrong.error?.errors ?? []).map((e) => e.location)]

  const body: components['schemas']['NewTransaction'] = {
    type: 'expense',
    amount: '12.5',
    currency: 'EUR',
    category: 'Groceries',
    date: `${month}-14`,
  }
  const tried = await client.POST('/v1/transactions', {
    params: { query: { dry_run: true } },
    body,
  })
  if (tried.error) throw new Error(tried.error.code)

  const params = { header: { 'Idempotency-Key': 'openapi-fetch-1' } }
  const created = await client.POST('/v1/transactions', { params, body })
  if (created.error) throw new Error(created.error.code)
  const repeated = await client.POST('/v1/transactions', { params, body })
  const { id, version } = created.data

  const patched = await client.PATCH('/v1/transactions/{id}', {
    params: { path: { id }, header: { 'If-Match': `"${version}"` } },
    body: { notes: 'Bread' },
  })
  if (patched.error) throw new Error(patched.error.code)

  const bulk = await client.POST('/v1/transactions/bulk', {
    body: {
      operations: [
        { op: 'create', data: { ...body, type: 'income', amount: '100', category: 'Salary' } },
        { op: 'update', id, version: patched.data.version, data: { category: 'Household' } },
      ],
    },
  })
  if (bulk.error) throw new Error(bulk.error.code)

  const imported = await client.POST('/v1/transactions/import', {
    params: { query: { currency: 'EUR', category: 'Bank', dry_run: false } },
    headers: { 'Content-Type': 'text/csv' },
    body: `date,amount\n${month}-20,-7.40\n`,
    bodySerializer: (text) => text,
  })
  if (imported.error) throw new Error(imported.error.code)

  const list = await client.GET('/v1/transactions', {
    params: { query: { month, limit: 10, category: ['Household', 'Bank', 'Salary'] } },
  })
  if (list.error) throw new Error(list.error.code)

  const dashboard = await client.GET('/v1/dashboard', {
    params: { query: { month, include: ['totals', 'categories'] } },
  })
  if (dashboard.error) throw new Error(dashboard.error.code)

  return {
    refused,
    wouldCreate: tried.data.amount,
    replayed: repeated.response.headers.has('Idempotency-Replayed'),
    notes: patched.data.notes,
    succeeded: bulk.data.succeeded,
    imported: 'created_count' in imported.data ? imported.data.created_count : 0,
    amounts: list.data.data.map((transaction) => transaction.amount),
    more: list.data.has_more,
    net: dashboard.data.totals?.[0]?.net,
  }
}

/** What the types refuse, so that they are known to be more than `any`. */
export function refuse(client: ReturnType<typeof createClient<paths>>) {
  // @ts-expect-error The version is required.
  void client.PATCH('/v1/transactions/{id}', { params: { path: { id: '' } }, body: { notes: '' } })
  // @ts-expect-error The fields are required.
  void client.POST('/v1/transactions', { body: { type: 'expense' } })
  // @ts-expect-error The parameter is called `month`.
  void client.GET('/v1/transactions', { params: { query: { mont: '2026-03' } } })
}
