/** Writes one line of JSON, as the Worker does. `fields` must not have secrets or texts of users. */
export function logEvent(
  level: 'info' | 'warn' | 'error',
  event: string,
  fields: object = {},
): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }))
}
