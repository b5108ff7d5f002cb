import type { MiddlewareHandler } from 'hono'
import { readSettings, type Settings } from '../config.ts'
import type { AppContext, AppEnv, CreateServices } from './context.ts'
import type { RequestContext } from '../db/request-context.ts'
import { createRateLimits } from '../rate-limit/client.ts'

const MAX_USER_AGENT = 255

/** Paths that work in a Worker without its settings, so that it can say what it is. */
const NEEDS_NO_SETTINGS = new Set(['/', '/health', '/ui', '/openapi.json'])

/** Clients choose it freely, and it is shown to people. */
function readUserAgent(header: string | undefined): string | undefined {
  const text = header?.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return text?.slice(0, MAX_USER_AGENT).toWellFormed() || undefined
}

/** Creates the services of a request, since Workers pass the environment with each request. */
export const provideServices =
  (createServices: CreateServices): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const timings = c.get('timings')
    let settings: Settings
    try {
      settings = readSettings(c.env)
    } catch (error) {
      if (NEEDS_NO_SETTINGS.has(c.req.path)) return await next()
      throw error
    }
    c.set('settings', settings)
    const request: RequestContext = {
      requestId: c.get('requestId'),
      address: c.req.header('CF-Connecting-IP'),
      userAgent: readUserAgent(c.req.header('User-Agent')),
    }
    c.set('request', request)
    c.set('services', createServices(settings, timings, request) as AppContext['var']['services'])
    c.set('rateLimits', createRateLimits(c.env.RATE_LIMITER, settings, timings))
    await next()
  }
