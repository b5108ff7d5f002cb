import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutralise, restoreText } from '../../src/lib/csv/records.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { exported, sendFile } from './support.ts'

const { app, admin, analyst } = useApp()

const unit = fc.constantFrom(...`=+-@＝＋－＠;\t\r\n"',a1 `)
const text = fc.string({ unit, maxLength: 12 })

describe('Text in a CSV file', () => {
  it('has an apostrophe wherever a spreadsheet would begin a formula', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(neutralise(value)).not.toMatch(/(^|[;\t\r\n])["]*[=+\-@＝＋－＠]/)
      }),
      { numRuns: 5000 },
    )
  })

  it('is restored exactly', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(restoreText(neutralise(value))).toBe(value)
      }),
      { numRuns: 5000 },
    )
  })

  it.each(['hello;=1+1;end', 'a\t=3+3', 'x\n=HYPERLINK("a","b")', '＝1+1', `"=1`, `;"'=1`])(
    'of an analyst is not a formula in the export of an admin: %j',
    async (notes) => {
      const owner = await createUser(app, 'analyst')
      const line = notes.replace(/[\t\n]/g, ' ')
      await enter(owner, {
        notes,
        category: line,
        ...{ source: line, payee: line, external_id: line },
      })
      const file = await exported(app, admin, `?user_id=${owner.id}`)
      const cells = file.split('\r\n')[1]!.replaceAll('""', '"')
      expect(cells).not.toMatch(/[,;\t\n]["]*[=+\-@＝＋－＠]/)
      const other = await createUser(app, 'analyst')
      expect((await sendFile(app, other, file, 'dry_run=false')).status).toBe(201)
      const [row] = (await other.get('/v1/transactions')).body.data
      expect([row.notes, row.category, row.source]).toEqual([notes, line, line])
    },
  )

  it('is imported unchanged from a file that was not exported here', async () => {
    const file = `date,amount,currency,category,notes\n2026-03-14,-12.50,EUR,Food,'=1+1\n`
    const { body } = await sendFile(app, analyst, file)
    expect(body.preview[0].notes).toBe("'=1+1")
  })
})
