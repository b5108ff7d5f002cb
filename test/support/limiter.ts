import { env } from 'cloudflare:workers'

/** The Durable Objects of the Worker, and how often any of them was called by whom it is given to. */
export function countingLimiter() {
  let calls = 0
  const counted = (stub: object) =>
    new Proxy(stub, {
      get: (target: Record<string | symbol, any>, name) =>
        ['take', 'attemptLogin', 'loginSucceeded', 'loginAttempts'].includes(String(name))
          ? (...args: unknown[]) => {
              calls++
              return target[name](...args)
            }
          : target[name],
    })
  const { RATE_LIMITER } = env
  const namespace = {
    idFromName: (name: string) => RATE_LIMITER.idFromName(name),
    get: (id: DurableObjectId) => counted(RATE_LIMITER.get(id)),
  }
  return { RATE_LIMITER: namespace, calls: () => calls }
}
