import { CliError, messageOf } from '../dev/cli-error.ts'

/** The address under which this machine reaches the server. */
export function localHost({ host }: { host: string }): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** Resolves when the server on this machine is ready. */
export async function checkHealth(env: NodeJS.ProcessEnv): Promise<void> {
  const url = `http://${localHost({ host: env['HOST'] || '0.0.0.0' })}:${env['PORT'] || '8787'}/health/ready`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    // A 429 comes from a server that works.
    if (response.status !== 200 && response.status !== 429) {
      throw new CliError(`${response.status} ${await response.text()}`)
    }
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${url}: ${messageOf(error)}`)
  }
}
