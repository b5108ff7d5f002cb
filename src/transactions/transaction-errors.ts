import type { ConstraintErrors } from '../db/errors.ts'
import { AppError, invalidField } from '../lib/errors.ts'

/** Errors of the constraints of `transactions`. */
export const transactionConstraints: ConstraintErrors = {
  transactions_external_id: () => new AppError('duplicate_external_id'),
  transactions_user_id_users_id_fk: () => invalidField('body.user_id', 'There is no such user.'),
  transactions_amount_range: () => invalidField('body.amount', 'The amount is out of range.'),
}
