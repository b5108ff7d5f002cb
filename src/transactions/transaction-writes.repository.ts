import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../db/client.ts'
import { requireFound } from '../db/require-found.ts'
import { checkVersion } from '../db/versions.ts'
import { rowAsJson, type ResponseToStore, type StoredOutcome } from '../db/write-batch.ts'
import type { NewTransaction, TransactionChanges } from './transactions.repository.ts'
import {
  allTransactions,
  insertableOwnTransactions,
  insertableTransactions,
  ownTransactions,
  type TransactionView,
} from './transactions.views.ts'

export type TransactionWritesRepository = ReturnType<typeof createTransactionWritesRepository>

/** Face value to minor units, in SQL: a patch may leave out the currency that it needs. */
const minorAmount = (amount: SQL, currency: SQL) => sql`api.minor_amount(${amount}, ${currency})`

const changedColumns = ({ amount, ...changes }: TransactionChanges) => {
  const { currency } = changes
  if (amount === undefined && currency === undefined) return changes
  const face = amount === undefined ? sql`${allTransactions.amount}` : sql`${amount}::bigint`
  const unit = currency === undefined ? sql`${allTransactions.currency}` : sql`${currency}::text`
  return { ...changes, amount_minor: minorAmount(face, unit) }
}

const newColumns = ({ amount, ...transaction }: NewTransaction) => ({
  ...transaction,
  amount_minor: minorAmount(sql`${amount}::bigint`, sql`${transaction.currency}::text`),
})

const byId = (view: TransactionView, id: string) => qb.select().from(view).where(eq(view.id, id))

/** Sums of the user's transactions; of the transaction's owner if no user is given. */
const userTotals = (userId: string | null, id: string) => () =>
  qb.execute(
    sql`select currency, income::text, expenses::text, count::integer
          from api.user_totals(${userId}::uuid, ${id}::uuid)`,
  )

const responseOf = (outcome: StoredOutcome, id: string): ResponseToStore => ({
  outcome,
  entity: 'transaction',
  json: rowAsJson(byId(allTransactions, id)),
  totals: userTotals(null, id),
})

export function createTransactionWritesRepository(database: Database) {
  /** @throws AppError `not_found`, or `precondition_failed` where it has another version */
  const update = async (
    caller: Caller,
    id: string,
    versions: readonly number[] | undefined,
    changes: object,
    outcome: StoredOutcome,
  ) => {
    const where = and(eq(allTransactions.id, id), isNull(allTransactions.deleted_at))
    const [, rows] = await database.write(
      caller,
      [
        checkVersion('transaction', id, versions),
        qb.update(allTransactions).set(changes).where(where).returning(),
      ],
      responseOf(outcome, id),
    )
    return rows[0]
  }

  return {
    /** @throws AppError if the user does not exist, or is another user and the caller is not an admin */
    async create(caller: Caller, transaction: NewTransaction, anyUser: boolean) {
      const { id, user_id: userId } = transaction
      const created = byId(anyUser ? allTransactions : ownTransactions, id)
      const [, rows] = await database.write(
        caller,
        [
          qb
            .insert(anyUser ? insertableTransactions : insertableOwnTransactions)
            .values(newColumns(transaction)),
          created,
        ],
        {
          outcome: 'created',
          entity: 'transaction',
          json: rowAsJson(created),
          totals: userTotals(userId, id),
        },
      )
      return rows[0]!
    },

    update: (
      caller: Caller,
      id: string,
      versions: readonly number[] | undefined,
      changes: TransactionChanges,
    ) => update(caller, id, versions, changedColumns(changes), 'changed'),

    softDelete: (caller: Caller, id: string, versions: readonly number[] | undefined) =>
      update(caller, id, versions, { deleted_at: sql`now()` }, 'done'),

    /** @throws AppError `not_found`, also where the transaction has none of the versions */
    async restore(caller: Caller, id: string, versions: readonly number[] | undefined) {
      const { id: key, version } = allTransactions
      const where = and(eq(key, id), versions && inArray(version, [...versions]))
      const restored = qb
        .update(allTransactions)
        .set({ deleted_at: null })
        .where(where)
        .returning({ id: key })
      const count = requireFound(sql`(select count(*)::integer from restored)`)
      const [, rows] = await database.write(
        caller,
        [qb.execute(sql`with restored as ${restored} select ${count}`), byId(allTransactions, id)],
        responseOf('changed', id),
      )
      return rows[0]!
    },
  }
}
