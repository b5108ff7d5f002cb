import { and, eq, getTableColumns, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../db/client.ts'
import { requireFound } from '../db/require-found.ts'
import { expectVersion } from '../db/versions.ts'
import type { ResponseToStore } from '../db/write-batch.ts'
import type { NewTransaction, TransactionChanges } from './transactions.repository.ts'
import {
  allTransactions,
  insertableOwnTransactions,
  insertableTransactions,
  ownTransactions,
} from './transactions.views.ts'

export type TransactionWritesRepository = ReturnType<typeof createTransactionWritesRepository>

/** Face value to minor units, in SQL: a patch may leave out the currency that it needs. */
const minorAmount = (amount: SQL, currency: SQL) => sql`app.minor_amount(${amount}, ${currency})`

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

export function createTransactionWritesRepository(database: Database) {
  /** @throws AppError `not_found`, or `precondition_failed` where it has another version */
  const update = async (
    caller: Caller,
    id: string,
    versions: readonly number[] | undefined,
    changes: object,
    outcome: ResponseToStore['outcome'],
  ) => {
    const where = and(eq(allTransactions.id, id), isNull(allTransactions.deleted_at))
    const [, rows] = await database.write(
      caller,
      [
        expectVersion('transaction', id, versions),
        qb.update(allTransactions).set(changes).where(where).returning(),
      ],
      { outcome, entity: 'transaction', id },
    )
    return rows[0]
  }

  return {
    /** @throws AppError if the user does not exist, or is another user and the caller is not an admin */
    async create(caller: Caller, transaction: NewTransaction, anyUser: boolean) {
      const view = anyUser ? insertableTransactions : insertableOwnTransactions
      const { id, user_id: userId } = transaction
      const [rows] = await database.write(
        caller,
        [
          qb
            .insert(view)
            .values(newColumns(transaction))
            .returning(getTableColumns(ownTransactions)),
        ],
        { outcome: 'created', entity: 'transaction', id, ownerId: userId },
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
        [
          qb.execute(sql`with restored as ${restored} select ${count}`),
          qb.select().from(allTransactions).where(eq(key, id)),
        ],
        { outcome: 'changed', entity: 'transaction', id },
      )
      return rows[0]!
    },
  }
}
