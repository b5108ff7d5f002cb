import { z } from '@hono/zod-openapi'
import { isStreamSafe, NOT_STREAM_SAFE } from '../lib/stream-safe.ts'
import { checkNewPassword, passwordIssueMessages } from './passwords.ts'

const MAX_PASSWORD_LENGTH = 1000

export const passwordSchema = z
  .string()
  .min(1)
  .max(MAX_PASSWORD_LENGTH, { abort: true })
  .refine(isStreamSafe, NOT_STREAM_SAFE)
  .openapi({ format: 'password', example: 'correct-horse-demo' })

export const codeSchema = z.string().min(6).max(40).openapi({
  description: 'Six digits from an authenticator app, or a recovery code.',
  example: '492039',
})

/** A password that is to be set. Its rules are in passwords.ts. */
export const newPasswordSchema = z
  .string()
  .max(MAX_PASSWORD_LENGTH, { error: passwordIssueMessages.too_long, abort: true })
  .refine(isStreamSafe, { error: NOT_STREAM_SAFE, abort: true })
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
