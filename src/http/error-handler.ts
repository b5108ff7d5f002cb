import type { OpenAPIHono } from '@hono/zod-openapi'
import { IdempotentReplay } from '../lib/errors.ts'
import type { AppContext, AppEnv } from './context.ts'
import { createFieldPlaces } from './field-places.ts'
import { asAppError, problemResponse } from './problem.ts'
import { replay } from './replay.ts'

/** Turns a thrown error into a problem document, or into the replay of a stored response. */
export function errorHandler(app: OpenAPIHono<AppEnv>) {
  const placesOf = createFieldPlaces(app)
  return async (error: unknown, c: AppContext): Promise<Response> => {
    if (!(error instanceof IdempotentReplay))
      return problemResponse(c, asAppError(error), placesOf(c))
    try {
      return await replay(c)
    } catch (replayError) {
      return problemResponse(c, asAppError(replayError), placesOf(c))
    }
  }
}
