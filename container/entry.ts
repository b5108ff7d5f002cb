import { WorkerEntrypoint } from 'cloudflare:workers'
import worker from '../src/index.ts'

// The Worker's main module. The build leaves the import as it is: what is deployed to Cloudflare runs.

export { RateLimiter } from '../src/index.ts'
export default worker

/** In the place of Cloudflare's cron trigger. Only the server can call it, over a socket of its own. */
export class CronTrigger extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    const run = await request.json<{ cron: string; scheduledTime: number }>()
    await worker.scheduled({ ...run, noRetry: () => {} }, this.env)
    return new Response(null, { status: 204 })
  }
}
