import { and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../db/client.ts'
import { requireFound } from '../db/require-found.ts'
import { expectVersion } from '../db/versions.ts'
import {
  allTransactions,
  newOwnTransactions,
  newTransactions,
  ownTransactions,
} from '../db/views.ts'
import type { ResponseToStore } from '../db/write-batch.ts'
import type { NewTransaction, TransactionChanges } from './transactions.repository.ts'

export type TransactionWritesRepository = ReturnType<typeof createTransactionWritesRepository>

const changedColumns = ({ amountScaled, ...changes }: TransactionChanges) => {
  if (amountScaled === undefined && changes.currency === undefined) return changes
  const { amountScaled: current, currency } = allTransactions
  const face = amountScaled === undefined ? sql`${current}` : sql`${amountScaled}::bigint`
  const unit = changes.currency === undefined ? sql`${currency}` : sql`${changes.currency}::text`
  return { ...changes, amountMinor: sql`app.minor_amount(${face}, ${unit})` }
}

export function createTransactionWritesRepository(database: Database) {
  /** @throws AppError `not_found`, or `precondition_failed` where it has another version */
  const update = async (
    caller: Caller,
    id: string,
    versions: readonly number[] | undefined,
    changes: object,
    outcome: ResponseToStore['outcome'],
  ) => {
    const where = and(eq(allTransactions.id, id), isNull(allTransactions.deletedAt))
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
    /** @throws AppError where the user does not exist, or is another and the caller is no admin */
    async create(caller: Caller, transaction: NewTransaction, anyUser: boolean) {
      const view = anyUser ? newTransactions : newOwnTransactions
      const { id, userId } = transaction
      const [rows] = await database.write(
        caller,
        [qb.insert(view).values(transaction).returning(getTableColumns(ownTransactions))],
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
      update(caller, id, versions, { deletedAt: sql`now()` }, 'done'),

    /** @throws AppError `not_found`, also where the transaction has none of the versions */
    async restore(caller: Caller, id: string, versions: readonly number[] | undefined) {
      const { id: key, version } = allTransactions
      const where = and(eq(key, id), versions && inArray(version, [...versions]))
      const restored = qb
        .update(allTransactions)
        .set({ deletedAt: null })
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
