import type { Caller } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import { AppError } from '../../lib/errors.ts'
import type { MaskedFields } from '../masked-fields.ts'
import type { Masking, MaskingRepository } from './masking.repository.ts'

export type MaskingService = ReturnType<typeof createMaskingService>

export function createMaskingService(masking: MaskingRepository) {
  return {
    list: (caller: Caller): Promise<Masking[]> => masking.list(caller),

    async read(caller: Caller, role: Role): Promise<Masking> {
      const found = await masking.find(caller, role)
      if (!found) throw new AppError('not_found', { detail: 'No such role.' })
      return found
    },

    /** Takes effect with the next request of the role. */
    set: (
      caller: Caller,
      role: Role,
      versions: readonly number[] | undefined,
      fields: MaskedFields,
    ): Promise<Masking> => masking.set(caller, role, versions, fields),
  }
}
