import type { Context } from 'hono'
import type { Caller } from '../db/client.ts'
import type { Settings } from '../config.ts'
import type { RateLimits } from '../rate-limit/client.ts'
import type { RequestContext } from '../db/request-context.ts'
import type { Timings } from '../lib/server-timing.ts'

/** The services that the middleware needs; the container provides them with all others. */
export interface RequestServices {
  accessTokens: { verify(token: string): Promise<Caller> }
  apiKeys: { verify(key: string): Promise<Caller> }
}

/** Creates the services of a request. */
export type CreateServices = (
  settings: Settings,
  timings: Timings,
  request: RequestContext,
) => RequestServices

/** Hashes that are equal for the same account or network, as long as `JWT_SECRET` is the same. */
export interface LoginTrace {
  network_hash?: string
  account_hash?: string
}

/** How a file arrived. */
export interface Upload {
  /** As the form names it. */
  fileName: string | undefined
  charset: string
  /** How the character set was found. */
  charsetReason: string
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    requestId: string
    settings: Settings
    timings: Timings
    /** What the database records about this request. */
    request: RequestContext
    rateLimits: RateLimits
    /** Set by `authenticate`; missing on public routes. */
    caller: Caller
    /** Set by `csvBody`; missing on other routes. */
    upload: Upload
    /** Code of the problem response, for the log. */
    problemCode?: string | undefined
    /** Keyed hashes of who tries to log in and from where, for the log. */
    loginTrace?: LoginTrace | undefined
    /** Cause of the problem, for the log; never a message that may contain data. */
    problemCause?: unknown
  }
}

export type AppContext = Context<AppEnv>
