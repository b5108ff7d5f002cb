import type { ConstraintErrors } from '../../db/errors.ts'
import { invalidField } from '../../lib/errors.ts'

/** Errors of the constraints of `imports`. */
export const importConstraints: ConstraintErrors = {
  imports_user_id_users_id_fk: () => invalidField('user_id', 'No such user.'),
}
