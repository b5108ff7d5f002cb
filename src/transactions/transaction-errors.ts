import type { ConstraintErrors } from '../db/errors.ts'
import { AppError, invalidField } from '../lib/errors.ts'

/** Errors of the constraints of `transactions` and `imports`. */
export const transactionConstraints: ConstraintErrors = {
  transactions_external_id: () => new AppError('duplicate_external_id'),
  transactions_user_id_users_id_fk: () => invalidField('user_id', 'No such user.'),
  transactions_amount_range: () => invalidField('amount', 'Out of range.'),
}
