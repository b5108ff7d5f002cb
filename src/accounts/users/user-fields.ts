import { z } from '@hono/zod-openapi'
import { checkNewPassword, passwordIssueMessages } from '../passwords.ts'
import { line } from '../../http/schemas.ts'

/** Trimmed and in lower case, which is how addresses are stored and compared. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { abort: true })
  .check(z.email())
  .openapi({ format: 'email', example: 'grace@example.com' })

export const nameSchema = line(1, 100).openapi({ example: 'Grace Hopper' })

/** A new password. Its rules are in accounts/passwords.ts. */
export const newPasswordSchema = z
  .string()
  .superRefine((password, context) => {
    const issue = checkNewPassword(password)
    if (issue) context.addIssue({ code: 'custom', message: passwordIssueMessages[issue] })
  })
  .openapi({
    format: 'password',
    minLength: 10,
    description: 'At least 10 characters, at most 72 bytes, and not a common password.',
    example: 'seven wet umbrellas',
  })
