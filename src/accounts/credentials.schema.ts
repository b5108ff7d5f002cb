import { z } from '@hono/zod-openapi'

export const passwordSchema = z
  .string()
  .min(1)
  .max(1000)
  .openapi({ format: 'password', example: 'correct-horse-demo' })

export const codeSchema = z.string().min(6).max(40).openapi({
  description: 'Six digits from an authenticator app, or a recovery code.',
  example: '492039',
})
