import { z } from '@hono/zod-openapi'
import { instant } from '../../http/schemas.ts'
import { codeSchema, passwordSchema } from '../credentials.schema.ts'
import type { RecoveryCodes, ShownSecret, TotpStatus } from './totp.service.ts'

export const totpStatusSchema = z
  .object({
    enabled: z.boolean(),
    enabled_at: instant.nullable(),
    recovery_codes_left: z.int().openapi({ example: 10 }),
  })
  .openapi('TotpStatus', {
    example: { enabled: true, enabled_at: '2026-03-14T09:26:53.589Z', recovery_codes_left: 10 },
  })

export const totpStartSchema = z
  .strictObject({ password: passwordSchema })
  .openapi('TotpStart', { example: { password: 'correct-horse-demo' } })

export const totpSecretSchema = z
  .object({
    secret: z.string().openapi({ description: 'Secret in Base32, to type in.' }),
    uri: z.string().openapi({ description: 'The same as an otpauth URI, to show as a QR code.' }),
  })
  .openapi('TotpSecret', {
    example: {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Edgebook:grace%40example.com?issuer=Edgebook&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    },
  })

export const totpConfirmSchema = z
  .strictObject({ code: codeSchema })
  .openapi('TotpConfirm', { example: { code: '492039' } })

export const recoveryCodesSchema = z
  .object({ recovery_codes: z.array(z.string()) })
  .openapi('RecoveryCodes', {
    example: { recovery_codes: ['7K2M-QX4T-9ZPA-3WND', 'H8RB-51VC-TE6Y-J0GS'] },
  })

export const totpRemovalSchema = z
  .strictObject({ password: passwordSchema, code: codeSchema })
  .openapi('TotpRemoval', { example: { password: 'correct-horse-demo', code: '492039' } })

export const totpStatusResponse = ({ enabled, enabledAt, codesLeft }: TotpStatus) => ({
  enabled,
  enabled_at: enabledAt?.toISOString() ?? null,
  recovery_codes_left: codesLeft,
})

export const totpSecretResponse = ({ secret, uri }: ShownSecret) => ({ secret, uri })

export const recoveryCodesResponse = ({ codes }: RecoveryCodes) => ({ recovery_codes: codes })
