import { createApp } from './app.ts'
import { runMaintenance } from './operations/maintenance/scheduled.ts'

export { RateLimiter } from './rate-limit/rate-limiter.ts'

const app = createApp()

export default { fetch: app.fetch, scheduled: runMaintenance } satisfies ExportedHandler<Env>
