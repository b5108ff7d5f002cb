import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { validationError } from './validation.ts'

/** A router whose failed validations become problem documents. */
export function createRouter() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // The input is there, but the types do not have it.
      const given = 'data' in result ? result.data : undefined
      throw validationError(result.target, result.error, given)
    },
  })
}
