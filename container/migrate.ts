import { CliError } from '../dev/cli-error.ts'
import { describeObjects, migrate, workerRoles, type WorkerRole } from '../dev/migrate.ts'
import { directUrl } from '../dev/settings.ts'
import type { ClientConfig } from 'pg'
import { readTarget, waitForServer } from './database.ts'

interface Owner {
  ownerUrl: string
  ca: string | undefined
  waitSeconds: number
}

/** The owner's connection, as tools use it: never through a pooler, which loses locks. */
export const ownerTarget = ({ ownerUrl, ca }: Omit<Owner, 'waitSeconds'>): ClientConfig =>
  readTarget('DATABASE_OWNER_URL', directUrl(ownerUrl), ca)

const settingNames = {
  app: { password: 'APP_DATABASE_PASSWORD', url: 'DATABASE_URL' },
  app_login: { password: 'LOGIN_DATABASE_PASSWORD', url: 'LOGIN_DATABASE_URL' },
}

/** The password that a role is to have: of its own setting, or of the connection string that uses it. */
function passwordOf(role: WorkerRole, values: Record<string, string>): string | undefined {
  const { password, url } = settingNames[role]
  const used = URL.parse(values[url] ?? '')
  const inUrl = used?.username === role ? decodeURIComponent(used.password) : ''
  return values[password] || inUrl || undefined
}

/** Brings the database up to date. Several at once wait for each other, and one does the work. */
export async function migrateDatabase(
  values: Record<string, string>,
  owner: Owner,
  signal: AbortSignal,
): Promise<void> {
  const target = ownerTarget(owner)
  const onWait = () => console.log('Waiting for the database …')
  await waitForServer('DATABASE_OWNER_URL', target, { seconds: owner.waitSeconds, signal, onWait })
  const { applied, objects, roles } = await migrate(target, {
    passwords: { app: passwordOf('app', values), app_login: passwordOf('app_login', values) },
    onWait: () => console.log('Waiting for another migration of this database …'),
    onWarning: console.error,
  })
  for (const tag of applied) console.log(`Applied ${tag}`)
  console.log(objects === null ? 'The database is up to date.' : describeObjects(objects))
  const without = workerRoles.filter((role) => !roles[role].canLogIn)
  if (without.length > 0) {
    const names = without.map((role) => settingNames[role].password).join(' and ')
    throw new CliError(`The role ${without.join(' and ')} cannot log in yet: set ${names}.`)
  }
}
