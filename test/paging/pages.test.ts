import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/lib/errors.ts'
import { createCursors } from '../../src/lib/pagination/cursor.ts'
import {
  checkPageRequest,
  cursorPage,
  numberedPage,
  readPage,
  type Page,
  type PageReader,
  type PageRequest,
} from '../../src/lib/pagination/pages.ts'

const secret = 'a secret for cursors'
const cursors = createCursors(secret)
const position = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 3 })
const list = fc.jsonValue()

const refused = async (read: Promise<unknown>) => {
  const error = await read.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({
    code: 'invalid_cursor',
    errors: [{ field: 'cursor' }],
  })
}

describe('A cursor', () => {
  it('leads back to its position in its list', async () => {
    await fc.assert(
      fc.asyncProperty(list, position, async (name, keys) => {
        expect(await cursors.read(name, await cursors.write(name, keys))).toEqual(keys)
      }),
    )
  })

  it('has only characters that need no escape in an address', async () => {
    await fc.assert(
      fc.asyncProperty(list, position, async (name, keys) => {
        expect(await cursors.write(name, keys)).toMatch(/^[\w-]+\.[\w-]{22}$/)
      }),
    )
  })

  it('of another list or another secret is refused', async () => {
    await fc.assert(
      fc.asyncProperty(list, list, position, async (name, other, keys) => {
        fc.pre(JSON.stringify(name) !== JSON.stringify(other))
        const cursor = await cursors.write(name, keys)
        await refused(cursors.read(other, cursor))
        await refused(createCursors('another secret').read(name, cursor))
        expect(await createCursors('another secret', secret).read(name, cursor)).toEqual(keys)
      }),
    )
  })

  it('that was cut anywhere, or has any character changed, is refused', async () => {
    const cursor = await cursors.write(['list'], ['2026-03-14', 'id'])
    const alphabet = [...'ABCDwxyz0189-_.=+/ ']
    for (let at = 0; at < cursor.length; at++) {
      await refused(cursors.read(['list'], cursor.slice(0, at)))
      await refused(cursors.read(['list'], cursor.slice(at + 1)))
      for (const character of alphabet.filter((each) => each !== cursor[at])) {
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1)
        await refused(cursors.read(['list'], changed))
      }
    }
  })

  it('with anything before or after it is refused', async () => {
    const cursor = await cursors.write(['list'], ['2026-03-14', 'id'])
    const odd = [
      `${cursor}.`,
      `${cursor}.x`,
      `.${cursor}`,
      `${cursor}=`,
      ` ${cursor}`,
      `${cursor}\n`,
    ]
    for (const text of [...odd, cursor.replace('.', ''), cursor.toUpperCase(), cursor + cursor]) {
      await refused(cursors.read(['list'], text))
    }
  })

  it('that was never issued is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), (text) =>
        refused(cursors.read(['list'], text)),
      ),
    )
  })

  it('of at most 500 characters is read, and a longer one is refused', async () => {
    const of = (length: number) => cursors.write('list', ['x'.repeat(length)])
    let length = 300
    while ((await of(length + 1)).length <= 500) length++
    expect(await cursors.read('list', await of(length))).toEqual(['x'.repeat(length)])
    await refused(cursors.read('list', await of(length + 1)))
  })
})

interface Row {
  id: string
}

/** A list of so many rows, which counts them no further than a limit. */
function listOf(count: number, countable = Infinity) {
  const rows: Row[] = Array.from({ length: count }, (_, index) => ({ id: `row ${index}` }))
  const asked: unknown[] = []
  const reader: PageReader<Row> = {
    after: (take, id) => {
      asked.push({ take, id })
      const start = rows.findIndex((row) => row.id === id) + 1
      return Promise.resolve(rows.slice(start, start + take))
    },
    numbered: (take, skip) => {
      asked.push({ take, skip })
      const found = rows.slice(skip, skip + take)
      const total = Math.min(count, countable)
      return Promise.resolve({ rows: found, total, totalIsExact: count <= countable })
    },
  }
  const read = (request: PageRequest): Promise<Page<Row>> =>
    readPage(cursors, ['list'], request, reader)
  return { rows, asked, read }
}

const length = fc.integer({ min: 0, max: 40 })
const limit = fc.integer({ min: 1, max: 12 })

describe('A page', () => {
  it('by cursor has more behind it exactly when rows are left, and the walk has each row once', async () => {
    await fc.assert(
      fc.asyncProperty(length, limit, async (count, size) => {
        const { rows, asked, read } = listOf(count)
        const walked: Row[] = []
        let cursor: string | undefined
        do {
          const page = await read({ limit: size, cursor })
          if (!('nextCursor' in page)) throw new Error('a page by number')
          walked.push(...page.rows)
          const left = count - walked.length
          expect(page.rows).toHaveLength(
            left > 0 ? size : count - (walked.length - page.rows.length),
          )
          expect([page.hasMore, page.nextCursor !== null]).toEqual([left > 0, left > 0])
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        expect(walked).toEqual(rows)
        expect(asked[0]).toEqual({ take: size + 1, id: undefined })
      }),
    )
  })

  it('by number has more behind it exactly when rows are left, and the exact total', async () => {
    await fc.assert(
      fc.asyncProperty(length, limit, fc.integer({ min: 1, max: 8 }), async (count, size, page) => {
        const { rows, asked, read } = listOf(count)
        const skip = (page - 1) * size
        expect(await read({ limit: size, page })).toEqual({
          rows: rows.slice(skip, skip + size),
          hasMore: skip + size < count,
          page,
          total: count,
          totalIsExact: true,
        })
        expect(asked).toEqual([{ take: size + 1, skip }])
      }),
    )
  })

  it('by number of more rows than are counted never says too many, and the last one is exact', async () => {
    await fc.assert(
      fc.asyncProperty(length, limit, fc.integer({ min: 1, max: 8 }), async (count, size, page) => {
        const countable = 5
        fc.pre(count > countable)
        const found = await listOf(count, countable).read({ limit: size, page })
        if (!('total' in found)) throw new Error('a page by cursor')
        const seen = (page - 1) * size + found.rows.length
        const isLast = found.rows.length > 0 && seen === count
        expect(found).toMatchObject({ page, hasMore: seen < count && found.rows.length > 0 })
        expect(found.totalIsExact).toBe(isLast)
        const least = found.hasMore ? seen + 1 : found.rows.length > 0 ? seen : 0
        expect(found.total).toBe(isLast ? count : Math.max(countable, least))
      }),
    )
  })

  it('without a word about the total has an exact one', () => {
    const page = numberedPage({ rows: ['a', 'b', 'c'], total: 9 }, 1, 2)
    expect(page).toEqual({ rows: ['a', 'b'], hasMore: true, page: 1, total: 9, totalIsExact: true })
  })

  it('leads to the position of its last row', async () => {
    const page = await cursorPage(cursors, 'list', [1n, 2n, 3n], 2, (row) => [row.toString(), 'x'])
    expect(page.rows).toEqual([1n, 2n])
    expect(await cursors.read('list', page.nextCursor!)).toEqual(['2', 'x'])
  })

  it('is asked for by number or by cursor, and not by both', async () => {
    for (const request of [{}, { page: 1 }, { cursor: 'x' }]) {
      expect(() => checkPageRequest({ limit: 1, ...request })).not.toThrow()
    }
    const both = { limit: 1, page: 1, cursor: 'x' }
    const invalid = { code: 'validation_failed', errors: [{ field: 'page' }] }
    expect(() => checkPageRequest(both)).toThrow(expect.objectContaining({ code: invalid.code }))
    await expect(listOf(3).read(both)).rejects.toMatchObject(invalid)
    await refused(listOf(3).read({ limit: 1, cursor: 'x' }))
  })
})
