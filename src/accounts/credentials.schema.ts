import { z } from '@hono/zod-openapi'

export const passwordSchema = z
  .string()
  .min(1, 'This may not be empty.')
  .max(1000)
  .openapi({ format: 'password', example: 'correct-horse-demo' })

export const codeSchema = z
  .string()
  .min(6, 'At least 6 characters.')
  .max(40, 'At most 40 characters.')
  .openapi({
    description: 'Of the second factor: six digits, or a recovery code.',
    example: '492039',
  })
