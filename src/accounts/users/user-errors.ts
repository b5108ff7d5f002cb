import type { ConstraintErrors } from '../../db/errors.ts'
import { AppError } from '../../lib/errors.ts'

/** Errors of the constraints of `users`. */
export const userConstraints: ConstraintErrors = {
  users_email_unique: () => new AppError('email_taken'),
}
