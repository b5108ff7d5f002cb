import { deflateRawSync } from 'node:zlib'
import { CliError } from '../dev/cli-error.ts'

const MIN_LENGTH = 32
/** 16 random bytes as hexadecimal digits, the least that is accepted, do not become shorter than this. */
const MIN_DEFLATED_BYTES = 24
/** What examples and templates say. */
const EXAMPLES =
  /change.?(?:me|this|it)|replace.?(?:me|this|with)|(?:jwt|your|my|super|top|default|test).{0,3}secret|secret.?(?:key|of)|password|passphrase|placeholder|default|example|edgebook/i

/** Refuses a secret that others know or can guess. @throws CliError without the value */
export function checkSecret(name: string, secret: string): void {
  const reason = findWeakness(secret)
  if (reason === null) return
  throw new CliError(`${name} ${reason}. Make one with: openssl rand -base64 48`)
}

function findWeakness(secret: string): string | null {
  if (secret.length < MIN_LENGTH) return `must have at least ${MIN_LENGTH} characters`
  if (EXAMPLES.test(secret)) return 'looks like the one of an example'
  if (deflateRawSync(secret).length < MIN_DEFLATED_BYTES) return 'repeats itself and can be guessed'
  return null
}
