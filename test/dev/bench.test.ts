import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { loadData } from '../../bench/data/load.ts'
import { createUsers } from '../../bench/data/users.ts'
import {
  ABSENT_PAIR,
  ABSENT_WORD,
  COMMON_PAIR,
  COMMON_WORD,
  FILLERS,
  RARE_WORD,
} from '../../bench/data/words.ts'
import { compare, percentile } from '../../bench/load/compare.ts'
import { startDelay } from '../../bench/load/delay.ts'
import { readOptions } from '../../bench/options.ts'
import { goalsTable } from '../../bench/report/goals.ts'
import { renderTable } from '../../bench/report/table.ts'
import { writeMarkdown } from '../../bench/report/report.ts'
import { runBench } from '../../bench/run.ts'
import { TYPICAL_READS } from '../../bench/service.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import type { Cleanups } from '../../dev/cleanups.ts'
import { isLong } from '../support/iterations.ts'
import type { TestDatabaseUrls } from '../support/test-databases.ts'

const { controlUrl, superuserUrl } = inject('stack')

describe('The data of the bench', () => {
  const sizes = [700, 21_000]
  const users = createUsers(sizes)
  const allUsers = [...users.accounts, ...users.writers, ...users.others]
  const [small, large] = users.accounts
  const names: string[] = []
  let client: Client

  /** An empty, migrated database, filled. */
  async function filled(): Promise<Client> {
    const response = await fetch(controlUrl, { method: 'POST' })
    const { name } = JSON.parse(await response.text()) as TestDatabaseUrls
    names.push(name)
    const url = Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href
    await loadData(url, allUsers, '2026-11-22')
    const opened = new Client({ connectionString: url })
    await opened.connect()
    return opened
  }

  const ask = async (text: string, values: unknown[] = [], who = client) =>
    (await who.query<Record<string, unknown>>(text, values)).rows[0]

  const found = async (userId: string, part: string) =>
    Number(
      (
        await ask(`select count(*) from data.transactions where user_id = $1 and notes ilike $2`, [
          userId,
          `%${part}%`,
        ])
      )?.['count'],
    )

  beforeAll(async () => {
    client = await filled()
  })
  afterAll(async () => {
    await client.end()
    for (const name of names) await fetch(`${controlUrl}/${name}`, { method: 'DELETE' })
  })

  it('is the same each time', async () => {
    const digest = `select md5(string_agg(md5(t::text), '' order by id)) as digest
                      from (select id, user_id, type, amount_minor, currency, category, date, notes
                              from data.transactions) t`
    const other = await filled()
    const one = await ask(digest)
    expect(await ask(digest, [], other)).toEqual(one)
    await other.end()
  })

  it('gives each account its rows, over five years that end today', async () => {
    for (const { id, rows } of users.accounts) {
      const row = await ask(
        `select count(*)::int, (max(date) - min(date)) as days, max(date)::text as last
           from data.transactions where user_id = $1`,
        [id],
      )
      expect(row).toMatchObject({ count: rows, last: '2026-11-22' })
      expect(Number(row?.['days'])).toBeGreaterThan(1815)
    }
  })

  it('has 20 categories and three currencies, of which one is nearly everywhere', async () => {
    const row = await ask(
      `select count(distinct category)::int categories, count(distinct currency)::int currencies,
              avg((currency = 'EUR')::int)::float euro
         from data.transactions where user_id = $1`,
      [large!.id],
    )
    expect(row).toMatchObject({ categories: 20, currencies: 3 })
    expect(row?.['euro']).toBeCloseTo(0.9, 1)
  })

  it('has words that are as common as promised', async () => {
    expect((await found(large!.id, COMMON_WORD)) / large!.rows).toBeCloseTo(1 / 3, 1)
    expect(await found(large!.id, RARE_WORD)).toBe(2)
    expect(await found(small!.id, RARE_WORD)).toBe(1)
    for (const { id } of users.accounts) {
      expect(await found(id, ABSENT_WORD)).toBe(0)
      expect(await found(id, ABSENT_PAIR)).toBe(0)
      expect(await found(id, COMMON_PAIR)).toBeGreaterThan(100)
    }
    expect(new Set(FILLERS).size).toBe(400)
    expect(FILLERS.filter((word) => [COMMON_WORD, RARE_WORD].includes(word))).toEqual([])
  })

  it('leaves the indexes as the migrations made them', async () => {
    const indexes = `select string_agg(indexdef, '\n' order by indexname) as all
                       from pg_indexes where schemaname = 'data'`
    const response = await fetch(controlUrl, { method: 'POST' })
    const { name, ownerUrl } = JSON.parse(await response.text()) as TestDatabaseUrls
    names.push(name)
    const untouched = new Client({ connectionString: ownerUrl })
    await untouched.connect()
    expect(await ask(indexes)).toEqual(await ask(indexes, [], untouched))
    await untouched.end()
  })
})

describe('A measurement of the bench', () => {
  it('gives percentiles', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(hundred, 99)).toBe(99)
    expect(percentile(hundred, 100)).toBe(100)
    expect(percentile([7], 99)).toBe(7)
    expect(percentile([], 50)).toBeNaN()
  })

  it('alternates between its subjects, and counts failures beside the times', async () => {
    const order: string[] = []
    let calls = 0
    const subjects = [
      {
        name: 'a',
        run: () => {
          order.push('a')
          return Promise.resolve()
        },
      },
      {
        name: 'b',
        run: () => {
          order.push('b')
          return ++calls > 1 ? Promise.reject(new Error('too late')) : Promise.resolve()
        },
      },
    ]
    const pace = { clients: 1, rounds: 3, sliceMs: 0, budgetMs: 1000 }
    const [a, b] = await compare(subjects, pace)
    expect(order.join('')).toBe('abababab')
    expect([a!.count, a!.failed]).toEqual([3, 0])
    expect([b!.count, b!.failed]).toEqual([0, 3])
  })

  it('is not made of what fails from the first', async () => {
    const broken = { name: 'broken', run: () => Promise.reject(new Error('wrong path')) }
    const pace = { clients: 1, rounds: 1, sliceMs: 0, budgetMs: 1 }
    await expect(compare([broken], pace)).rejects.toThrow('wrong path')
  })

  it('delays both directions by half, in order, and no request waits for an earlier one', async () => {
    const sockets: Socket[] = []
    const echo = createServer((socket) => {
      sockets.push(socket)
      socket.pipe(socket)
    })
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const delay = await startDelay((echo.address() as AddressInfo).port, 300)
    const socket = connect(delay.port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    const start = performance.now()
    let text = ''
    const done = new Promise<number>((resolve) => {
      socket.on('data', (bytes) => {
        text += new TextDecoder().decode(bytes)
        if (text.length === 10) resolve(performance.now() - start)
      })
    })
    for (const digit of '0123456789') {
      socket.write(digit)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const elapsed = await done
    expect(text).toBe('0123456789')
    expect(elapsed).toBeGreaterThanOrEqual(299)
    // One after the other they would take three seconds.
    expect(elapsed).toBeLessThan(2900)
    socket.destroy()
    await delay.stop()
    for (const each of sockets) each.destroy()
    echo.close()
  })
})

describe('The report of the bench', () => {
  it('says of each goal whether it was met, not met or not measured', () => {
    const figures = {
      'scaling.dashboard.1.growth': 1.1,
      'scaling.list, first page.1.growth': 3,
      'memory.export.rate': 50_000,
    }
    const { rows } = goalsTable(figures, [1000, 1_000_000])
    const metOf = (start: string) => rows.find(([goal]) => goal?.startsWith(start))?.at(-1)
    expect(metOf('dashboard: time at 1M against 1k')).toBe('met')
    expect(metOf('list, first page')).toBe('not met')
    expect(metOf('Export')).toBe('met')
    expect(metOf('Import')).toBe('not measured')
  })

  it('is between the marks of a file, and changes nothing else', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-report-'))
    const file = path.join(folder, 'page.md')
    writeFileSync(file, '# Page\n\n<!-- bench -->\n\nold\n\n<!-- /bench -->\n\nRest.\n')
    const table = renderTable({ title: 'T', columns: ['a', 'b'], rows: [['x', '1']], notes: [] })
    const aligned = '### T\n\n| a   |   b |\n| --- | --: |\n| x   |   1 |'
    await writeMarkdown(file, table)
    expect(readFileSync(file, 'utf8')).toBe(
      `# Page\n\n<!-- bench -->\n\n${aligned}\n\n<!-- /bench -->\n\nRest.\n`,
    )
    writeFileSync(file, '# No marks\n')
    await expect(writeMarkdown(file, table)).rejects.toThrow('has no <!-- bench -->')
    rmSync(folder, { recursive: true })
  })

  it('rejects sections and sizes that make no sense', () => {
    expect(readOptions(['--only', 'writes,scaling']).only).toEqual(['scaling', 'writes'])
    expect(readOptions(['--quick']).sizes.at(-1)).toBe(100_000)
    for (const wrong of [['--only', 'speed'], ['--sizes', '5,1'], ['--sizes', '10'], ['--fast']]) {
      expect(() => readOptions(wrong)).toThrow('--help')
    }
  })
})

/** It takes as long as all other files of this folder together. */
const itIfLong = isLong ? it : () => {}

itIfLong('The bench runs from end to end on small accounts and leaves nothing behind', async () => {
  const cleanups: Cleanups = []
  const only = ['scaling', 'baselines', 'overhead', 'writes'] as const
  // PostgreSQL may run under another account, which has to get through.
  const temporary = makeTemporaryFolder('edgebook-tmp-')
  vi.stubEnv('TMPDIR', temporary)
  try {
    const options = { sizes: [600, 1200], only: [...only], duration: 'tiny' as const }
    const { tables, metrics } = await runBench(
      options,
      () => {},
      () => Promise.resolve(),
      cleanups,
    )
    expect(metrics['scaling.database requests']).toBe(1)
    const names = tables.flatMap(({ rows }) => rows.map(([name]) => name))
    expect(names).toEqual(expect.arrayContaining(TYPICAL_READS))
    expect(metrics['baselines.dashboard.1.2k.Node and pg.p50']).toBeGreaterThan(0)
    expect(metrics['overhead.create.Node and pg.p50']).toBeGreaterThan(0)
    expect(Object.keys(metrics).filter((name) => name.endsWith('.failed'))).toEqual([])
  } finally {
    for (let stop = cleanups.pop(); stop !== undefined; stop = cleanups.pop()) await stop()
  }
  vi.unstubAllEnvs()
  expect(readdirSync(temporary)).toEqual([])
  rmSync(temporary, { recursive: true })
})
