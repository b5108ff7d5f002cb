import type { TestApp } from '../support/app.ts'
import type { User } from '../support/users.ts'

/** Replaces what a role does not see, through the API. */
export async function mask(
  admin: User,
  role: 'viewer' | 'analyst',
  fields: object,
  app: TestApp,
): Promise<void> {
  const response = await app.call('PUT', `/v1/masking/${role}`, {
    token: admin.token,
    json: { fields },
  })
  if (response.status !== 200) throw new Error(`Masking responded ${response.text}`)
}

export const put = (
  app: TestApp,
  { token }: { token: string },
  role: string,
  json: unknown,
  headers: Record<string, string> = {},
  query = '',
) => app.call('PUT', `/v1/masking/${role}${query}`, { token, json, headers })

/** Each masked field of a refusal, by the place that the problem document names. */
export const places = (body: { errors?: { location: string }[] }) =>
  (body.errors ?? []).map(({ location }) => location)
