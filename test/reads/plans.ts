import { neonConfig } from '@neondatabase/serverless'
import { expect } from 'vitest'
import type { Caller, Database } from '../../src/db/client.ts'
import { neonEndpoint } from '../support/database.ts'
import type { User } from '../support/users.ts'
import type { AppSql } from '../support/roles-sql.ts'

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

/** What running a query took. */
export interface Plan {
  name: string
  /** Indexes that gave rows, and `scan of …` for tables that were read from end to end. */
  used: string[]
  /** Rows of tables and indexes that were looked at, wanted or not. */
  read: number
}

interface Built {
  toSQL?(): { sql: string; params: unknown[] }
  getQuery?(): { sql: string; params: unknown[] }
}

const leaves = (node: PlanNode): PlanNode[] => [
  ...(node['Index Name'] || node['Relation Name'] ? [node] : []),
  ...(node.Plans ?? []).flatMap(leaves),
]

const rowsOf = (node: PlanNode) =>
  node['Actual Loops'] *
  (node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0))

function summarise(name: string, { Plan: root }: { Plan: PlanNode }): Plan {
  const touched = leaves(root).filter((node) => node['Actual Loops'] > 0)
  const used = touched.flatMap((node) => {
    if (node['Node Type'] === 'Seq Scan') return [`scan of ${node['Relation Name']}`]
    return node['Index Name'] && rowsOf(node) > 0 ? [node['Index Name']] : []
  })
  return {
    name,
    used: [...new Set(used)],
    read: touched.reduce((sum, node) => sum + rowsOf(node), 0),
  }
}

/**
 * The plans of what a repository asks, run as somebody with that role and through the views that
 * the role has: the queries are those that the repository builds, and none is written here.
 */
export async function plansOf(
  sql: AppSql,
  caller: User,
  ask: (database: Database, caller: Caller) => Promise<unknown>,
): Promise<Plan[]> {
  neonConfig.fetchEndpoint = neonEndpoint
  const asked: [string, Built][] = []
  const recorder = {
    read: (_: Caller, batch: Built[]) => {
      asked.push(...batch.map((query): [string, Built] => ['', query]))
      return Promise.resolve(batch.map(() => []))
    },
    readNamed: (_: Caller, batch: Record<string, Built | undefined>) => {
      for (const [name, query] of Object.entries(batch)) if (query) asked.push([name, query])
      return Promise.resolve({ rows: [], totals: undefined, counted: [] })
    },
  } as unknown as Database
  await ask(recorder, {
    userId: caller.id,
    sessionId: caller.sessionId,
    tokenVersion: 1,
    role: caller.role,
  })
  const plans: Plan[] = []
  for (const [name, query] of asked) {
    const { sql: text, params } = query.toSQL?.() ?? query.getQuery!()
    const [rows] = await sql.as(caller, (each) =>
      each.query(`explain (analyze, format json) ${text}`, params),
    )
    plans.push(summarise(name, rows![0]!['QUERY PLAN'][0]))
  }
  return plans
}

/** Expects that no query reads more rows than `most`, each through one of the indexes. */
export function expectCheap(plans: Plan[], most: number, indexes: string[]): void {
  expect(plans).not.toEqual([])
  for (const plan of plans) {
    expect(plan.read, `${plan.name} ${plan.used.join()}`).toBeLessThanOrEqual(most)
    expect(indexes, `${plan.name} reads ${plan.read} by ${plan.used.join()}`).toEqual(
      expect.arrayContaining(plan.used),
    )
  }
}
