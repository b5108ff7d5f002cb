import { z } from '@hono/zod-openapi'

const count = (description: string) => z.int().openapi({ description })

export const signOutSchema = z
  .object({
    revoked_sessions: count('Sessions that were revoked.'),
    revoked_api_keys: count('API keys that were revoked.'),
    active_api_keys: count('API keys of the user that still work.'),
  })
  .openapi('SignOut', {
    example: { revoked_sessions: 2, revoked_api_keys: 0, active_api_keys: 1 },
  })

export const revokeApiKeys = 'Also revoke the API keys of the user, which otherwise keep working.'

// A component, because generators make a property with a default of its own required.
export const revokeApiKeysSchema = z
  .boolean()
  .default(false)
  .openapi('RevokeApiKeys', { description: revokeApiKeys })
