import { Secret, TOTP } from 'otpauth'
import { v7 as uuidv7 } from 'uuid'
import { createTotpCodes } from '../../src/accounts/totp/totp-codes.ts'
import { testSecret, type TestApp } from './app.ts'

const factors = createTotpCodes([testSecret], () => new Date(), { requestId: 'tests' })

/** Valid once for every user whose second factor was made here. */
export const recoveryCode = 'AAAA-BBBB-CCCC-DDDD'

/** A second factor behind the API, started or confirmed. Returns a code that fits now. */
export async function startedTotp(app: TestApp, { id }: { id: string }, confirmed = false) {
  const { secret, encrypted } = await factors.newSecret(id, 'somebody@example.com')
  await app.sql`insert into data.totp_secrets (user_id, secret, confirmed_at)
                values (${id}, ${encrypted}, case when ${confirmed}::boolean then now() end)
                on conflict (user_id) do update
                  set secret = excluded.secret, confirmed_at = excluded.confirmed_at`
  const { recoveryHash } = await factors.read(id, encrypted, recoveryCode)
  await app.sql`insert into data.recovery_codes (user_id, code_hash)
                values (${id}, ${recoveryHash}) on conflict do nothing`
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate()
}

/** A key in the database that nobody can use: its hash is that of nothing. Returns its id. */
export async function insertApiKey(app: TestApp, owner: { id: string }) {
  const id = uuidv7()
  await app.sql`insert into data.api_keys (id, user_id, name, prefix, role, access, key_hash)
                values (${id}, ${owner.id}, 'A machine', 'ebk_none', 'viewer', 'read', ${id})`
  return id
}
