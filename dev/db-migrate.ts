import { parseDatabaseUrl, setting, urlFor } from './settings.ts'
import { CliError, runTool } from './cli-error.ts'
import { describeObjects, migrate } from './migrate.ts'

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
  if (parseDatabaseUrl(ownerUrl, 'The database URL').username === 'app') {
    throw new CliError(
      'Migrations run as the owner of the database, and this connection string is for the role ' +
        '"app". Set DATABASE_OWNER_URL to the connection string of the owner.',
    )
  }
  const given = setting('APP_DATABASE_PASSWORD')
  // A generated password is printed, which must not happen in the log of a CI run.
  const generate = given === undefined && process.env['CI'] === undefined
  const { applied, objects, appPassword, appCanLogIn } = await migrate(ownerUrl, {
    ...(given === undefined ? {} : { appPassword: given }),
    ...(generate && { generateAppPassword: true }),
    onWait: () => console.log('Waiting for another migration of this database …'),
    onWarning: console.error,
  })
  for (const tag of applied) console.log(`Applied ${tag}`)
  if (objects === null) console.log('The database is up to date.')
  else console.log(describeObjects(objects))
  if (given !== undefined) console.log('The role "app" has the password of APP_DATABASE_PASSWORD.')
  else if (appPassword === null) {
    console.log(
      appCanLogIn
        ? 'The role "app" can log in already; its password was left as it is.'
        : 'The role "app" cannot log in yet: set APP_DATABASE_PASSWORD and run this again.',
    )
  }
  if (given !== undefined || appPassword === null) return
  console.log(
    '\nThe role "app" can log in now. This is the DATABASE_URL for the Worker; it is shown once:\n' +
      `\n  ${urlFor(ownerUrl, 'app', appPassword)}\n` +
      '\nStore it with: npx wrangler secret put DATABASE_URL',
  )
})
