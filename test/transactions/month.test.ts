import { describe, expect, it } from 'vitest'
import { exported } from '../csv/support.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'

const { app, analyst } = useApp()

describe('A month in a query', () => {
  it('selects its days in lists, exports and dashboards', async () => {
    const days = ['2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01']
    for (const date of days) await enter(analyst, { date, amount: '10' })
    const { body } = await analyst.get('/v1/transactions?month=2024-02&sort=date&include=totals')
    expect(body.data.map(({ date }: { date: string }) => date)).toEqual(days.slice(1, 3))
    expect(body.totals).toMatchObject([{ expenses: '20.00', count: 2 }])
    const file = await exported(app, analyst, '?month=2024-02')
    expect(file.split('\r\n')).toHaveLength(4)
    const period = { date_from: '2024-02-01', date_to: '2024-02-29' }
    for (const path of ['', '/summary', '/categories', '/trends']) {
      const dashboard = await analyst.get(`/v1/dashboard${path}?month=2024-02`)
      expect([path, dashboard.body.period]).toEqual([path, period])
    }
    const recent = await analyst.get('/v1/dashboard/recent?month=2024-02')
    expect(recent.body.recent).toHaveLength(2)
  })

  it.each(['/v1/transactions', '/v1/transactions/export', '/v1/dashboard', '/v1/dashboard/recent'])(
    'is refused together with days: %s',
    async (path) => {
      const { status, body } = await analyst.get(`${path}?month=2024-02&date_from=2024-02-03`)
      expect(status).toBe(422)
      expect(body.errors).toEqual([
        {
          location: 'query.month',
          message: 'Send either month or date_from and date_to, not both.',
        },
      ])
    },
  )
})
