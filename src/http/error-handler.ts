import { AlreadyDone } from '../lib/errors.ts'
import type { AppContext } from './context.ts'
import { asAppError, problemResponse } from './problem.ts'
import { replay } from './replay.ts'

/** The answer to whatever was thrown: a problem document, or what was answered the first time. */
export async function answerError(error: unknown, c: AppContext): Promise<Response> {
  if (!(error instanceof AlreadyDone)) return problemResponse(c, asAppError(error))
  try {
    return await replay(c)
  } catch (fault) {
    return problemResponse(c, asAppError(fault))
  }
}
