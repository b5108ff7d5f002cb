import { describe, expect, it } from 'vitest'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'

const { admin, analyst, viewer } = useApp()

describe('entering a transaction', () => {
  it('returns all of it, with its address', async () => {
    const { status, body, headers } = await analyst.post('/v1/transactions', someTransaction)
    expect(status).toBe(201)
    expect(headers.get('Location')).toBe(`/v1/transactions/${body.id}`)
    expect(body).toMatchObject({
      ...someTransaction,
      user_id: analyst.id,
      created_by: analyst.id,
      version: 1,
      deleted_at: null,
    })
    const read = await analyst.get(headers.get('Location')!)
    expect(read.body).toEqual(body)
  })

  it('is not for viewers', async () => {
    const { status, body } = await viewer.post('/v1/transactions', someTransaction)
    expect(status).toBe(403)
    expect(body.code).toBe('forbidden')
  })

  it('is for oneself, unless an admin does it', async () => {
    const foreign = { ...someTransaction, user_id: viewer.id }
    expect((await analyst.post('/v1/transactions', foreign)).status).toBe(403)
    const entered = await enter(admin, foreign)
    expect(entered).toMatchObject({ user_id: viewer.id, created_by: admin.id })
    expect((await viewer.get(`/v1/transactions/${entered.id}`)).status).toBe(200)
    expect((await analyst.get(`/v1/transactions/${entered.id}`)).status).toBe(404)
  })

  it('for a user who does not exist is refused', async () => {
    const nobody = '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'
    const { status, body } = await admin.post('/v1/transactions', {
      ...someTransaction,
      user_id: nobody,
    })
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('body.user_id')
  })

  it.each([
    ['1250', 'EUR', '1250.00'],
    ['1250.5', 'EUR', '1250.50'],
    ['0.01', 'USD', '0.01'],
    ['1250', 'JPY', '1250'],
    ['1.234', 'KWD', '1.234'],
    ['9999999999999.99', 'EUR', '9999999999999.99'],
  ])('keeps %s %s to the last digit', async (amount, currency, expected) => {
    expect((await enter(analyst, { amount, currency })).amount).toBe(expected)
  })

  it('takes a number that is exact', async () => {
    const response = await analyst.post('/v1/transactions', { ...someTransaction, amount: 19.99 })
    expect(response.body.amount).toBe('19.99')
  })
})
