import { z } from '@hono/zod-openapi'
import { checkNewPassword, passwordIssueMessages } from './passwords.ts'

export const passwordSchema = z
  .string()
  .min(1)
  .max(1000)
  .openapi({ format: 'password', example: 'correct-horse-demo' })

export const codeSchema = z.string().min(6).max(40).openapi({
  description: 'Six digits from an authenticator app, or a recovery code.',
  example: '492039',
})

/** A password that is to be set. Its rules are in passwords.ts. */
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
