import { parseDatabaseUrl, setting, urlFor } from './settings.ts'
import { CliError, runTool } from './cli-error.ts'
import {
  describeObjects,
  migrate,
  workerRoles,
  type RoleLogin,
  type WorkerRole,
} from './migrate.ts'

// npm run db:migrate

await runTool(async () => {
  const ownerUrl = setting('DATABASE_OWNER_URL') ?? setting('DATABASE_URL')
  if (ownerUrl === undefined) {
    throw new CliError(
      'Set DATABASE_OWNER_URL to the connection string of the database owner ' +
        '(in the environment or in .dev.vars), and run this again.\n' +
        'For local development nothing needs to be migrated: "npm run dev" does it.',
    )
  }
  const { username } = parseDatabaseUrl(ownerUrl, 'The database URL')
  if (username === 'app' || username === 'app_login') {
    throw new CliError(
      'Migrations run as the owner of the database, and this connection string is for the role ' +
        `"${username}". Set DATABASE_OWNER_URL to the connection string of the owner.`,
    )
  }
  const given = {
    app: setting('APP_DATABASE_PASSWORD'),
    app_login: setting('LOGIN_DATABASE_PASSWORD'),
  }
  const { applied, objects, roles } = await migrate(ownerUrl, {
    passwords: given,
    // A generated password is printed, which must not happen in the log of a CI run.
    generatePasswords: process.env['CI'] === undefined,
    onWait: () => console.log('Waiting for another migration of this database …'),
    onWarning: console.error,
  })
  for (const tag of applied) console.log(`Applied ${tag}`)
  if (objects === null) console.log('The database is up to date.')
  else console.log(describeObjects(objects))
  for (const role of workerRoles)
    console.log(describeRole(ownerUrl, role, roles[role], given[role]))
})

const settingNames = {
  app: { password: 'APP_DATABASE_PASSWORD', url: 'DATABASE_URL' },
  app_login: { password: 'LOGIN_DATABASE_PASSWORD', url: 'LOGIN_DATABASE_URL' },
}

function describeRole(
  ownerUrl: string,
  role: WorkerRole,
  { password, canLogIn }: RoleLogin,
  given: string | undefined,
): string {
  const { password: name, url } = settingNames[role]
  if (given !== undefined) return `The role "${role}" has the password of ${name}.`
  if (password !== null) {
    return (
      `\nThe role "${role}" can log in now. This is the ${url} for the Worker; it is shown once:\n` +
      `\n  ${urlFor(ownerUrl, role, password)}\n` +
      `\nStore it with: npx wrangler secret put ${url}`
    )
  }
  return canLogIn
    ? `The role "${role}" can log in already; its password was left as it is.`
    : `The role "${role}" cannot log in yet: set ${name} and run this again.`
}
