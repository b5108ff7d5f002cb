import worker from '../src/index.ts'

export { RateLimiter } from '../src/index.ts'

/**
 * The Worker as `npm run dev` runs it. It reads a body to its end first: the proxy of `wrangler dev`
 * loses a response, such as a 413, that comes while a client is still sending.
 */
export default {
  ...worker,
  async fetch(request, env, context) {
    if (request.body === null) return worker.fetch(request, env, context)
    const body = await request.arrayBuffer()
    return worker.fetch(new Request(request, { body }), env, context)
  },
} satisfies ExportedHandler<Env>
