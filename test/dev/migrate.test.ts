import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asSuperuser, prepareDatabase } from '../../dev/local-database.ts'
import { migrate } from '../../dev/migrate.ts'
import { readMigrations } from '../../dev/migrations.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { removeCluster, startPostgres, type Postgres } from '../../dev/postgres.ts'
import { directUrl, urlFor } from '../../dev/settings.ts'

const dataDir = makeTemporaryFolder('edgebook-migrate-')
let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, durable: false })
})
afterAll(async () => {
  await postgres.stop()
  await removeCluster(dataDir)
})

async function run<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

const userOf = async (url: string) =>
  (await run<{ user: string }>(url, 'select current_user as user'))[0]?.user

const CHANGE = "update drizzle.objects set hash = 'changed' where file = 'users.sql'"

const ADD_USER = `insert into data.users (id, email, name, role, password_hash)
                  values (gen_random_uuid(), 'ada@example.org', 'Ada', 'admin', '-')`

/** Entries of the audit log with the hashes that they had before their number was hashed. */
const OLD_HASHES = `alter table data.audit_log disable trigger append_only;
   do $$
   declare l data.audit_log; h text;
   begin
     for l in select * from data.audit_log order by owner_id, sequence loop
       h := case l.sequence when 1 then '' else h end;
       l.previous_hash := h;
       h := encode(sha256(convert_to(h || jsonb_build_array(
         l.owner_id, l.sequence, (extract(epoch from l.occurred_at) * 1000000)::bigint, l.actor_id,
         l.session_id, l.api_key_id, l.request_id, l.address, l.action, l.entity, l.entity_id,
         l.before, l.after)::text, 'UTF8')), 'hex');
       update data.audit_log set previous_hash = l.previous_hash, hash = h where id = l.id;
       update data.audit_heads set hash = h where owner_id = l.owner_id;
     end loop;
   end $$`

/** Everything in a schema, as text that differs when an object does. */
const contents = (url: string, schema: string) =>
  run(
    url,
    `select pg_describe_object(classid, objid, objsubid) as object, deptype::text
       from pg_depend
      where refclassid = 'pg_namespace'::regclass and refobjid = '${schema}'::regnamespace
     union all
     select pg_get_functiondef(oid), prosecdef::text || proacl::text
       from pg_proc where pronamespace = '${schema}'::regnamespace
     union all
     select pg_get_viewdef(oid), relname || relacl::text
       from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'v'
     union all
     select pg_get_triggerdef(t.oid), t.tgname
       from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = '${schema}'::regnamespace and not t.tgisinternal
     order by 1, 2`,
  )

it('A migration applies everything once when two start at the same time, as an owner like that of Neon', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'two_at_once')
  const waits: number[] = []
  const runs = [1, 2].map((n) => migrate(ownerUrl, { onWait: () => waits.push(n) }))
  const [first, second] = await Promise.all(runs)
  expect(waits).toHaveLength(1)
  const counts = [first, second].map((each) => each?.applied.length ?? 0)
  expect(Math.min(...counts)).toBe(0)
  expect(Math.max(...counts)).toBeGreaterThan(0)
  expect((await migrate(ownerUrl)).applied).toEqual([])
})

it('A migration recreates all SQL objects, as they were, when one of them changed, and leaves the data alone', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'changed_object')
  await migrate(ownerUrl)
  await run(ownerUrl, ADD_USER)
  const schemas = ['api', 'private', 'data']
  const before = await Promise.all(schemas.map((schema) => contents(ownerUrl, schema)))
  await run(ownerUrl, 'drop view api.own_profile')
  await run(ownerUrl, CHANGE)
  expect(await migrate(ownerUrl)).toMatchObject({ applied: [], objects: ['users.sql'] })
  expect(await Promise.all(schemas.map((schema) => contents(ownerUrl, schema)))).toEqual(before)
  expect(before.every((objects) => objects.length > 20)).toBe(true)
  expect(await run(ownerUrl, 'select name from data.users')).toEqual([{ name: 'Ada' }])
  expect(await migrate(ownerUrl)).toMatchObject({ objects: null })
})

it('A migration drops nothing of the data, and nothing that is not its own, to recreate SQL objects', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'in_use')
  await migrate(ownerUrl)
  await run(ownerUrl, 'create table data.extra (id uuid default private.session_id())')
  await run(ownerUrl, CHANGE)
  const before = await contents(ownerUrl, 'api')
  await expect(migrate(ownerUrl)).rejects.toThrow(
    /nothing was applied: .*column id of table data.extra depends on function private.session_id/,
  )
  expect(await contents(ownerUrl, 'api')).toEqual(before)

  await run(ownerUrl, 'drop table data.extra; create table api.foreign_table (id uuid)')
  await expect(migrate(ownerUrl)).rejects.toThrow(/table api.foreign_table depends on schema api/)
  expect(await contents(ownerUrl, 'api')).toContainEqual({
    object: 'table api.foreign_table',
    deptype: 'n',
  })
})

it('A migration gives entries of the audit log hashes over their numbers, and hides nothing', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'audit_numbers')
  await migrate(ownerUrl)
  const users = ['ada', 'bob'].map((name) => ADD_USER.replace('ada@', `${name}@`))
  for (const user of users) await run(ownerUrl, user)
  await run(ownerUrl, `update data.users set name = 'A'; update data.users set name = 'B'`)
  const chains = () =>
    run<{ hash: string }>(
      ownerUrl,
      `select hash from data.audit_log union all select hash from data.audit_heads order by 1`,
    )
  const violations = () => run(ownerUrl, 'select sequence, violation from api.verify_audit(null)')
  const migrated = await chains()
  const rehash = readMigrations().find(({ tag }) => tag.endsWith('audit_numbers'))!.statements
  await run(ownerUrl, OLD_HASHES)
  expect(await violations()).not.toEqual([])
  await run(ownerUrl, rehash.join(';'))
  expect(await chains()).toEqual(migrated)
  expect(await violations()).toEqual([])

  await run(ownerUrl, OLD_HASHES)
  await run(ownerUrl, `update data.audit_log set after = '{}' where sequence = 2`)
  await run(ownerUrl, rehash.join(';'))
  const altered = { sequence: '2', violation: 'altered' }
  expect(await violations()).toEqual([altered, altered])
})

it('A migration refuses a database with other migrations in one line that says what to do', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'other_migrations')
  await run(
    ownerUrl,
    `create schema drizzle;
     create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint);
     insert into drizzle.__drizzle_migrations (hash, created_at) values ('old', 1795354875069)`,
  )
  await expect(migrate(ownerUrl)).rejects.toThrow(
    /^This database has other migrations than drizzle\/ has: use .* or an empty database.*$/,
  )
  expect(await run(ownerUrl, "select from pg_namespace where nspname = 'data'")).toEqual([])
})

it('A migration lets the roles of the Worker log in with the given or a generated password', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'passwords')
  const made = await migrate(ownerUrl, { generatePasswords: true })
  const password = made.roles.app.password ?? ''
  expect(password).toMatch(/^[\w-]{32}$/)
  expect(await userOf(urlFor(ownerUrl, 'app', password))).toBe('app')
  const login = made.roles.app_login.password ?? ''
  expect(login).not.toBe(password)
  expect(await userOf(urlFor(ownerUrl, 'app_login', login))).toBe('app_login')

  const again = await migrate(ownerUrl, { generatePasswords: true })
  const unchanged = { password: null, canLogIn: true }
  expect(again).toEqual({
    applied: [],
    objects: null,
    roles: { app: unchanged, app_login: unchanged },
  })

  const awkward = `it's "a" \\ p@ss/word:é`
  await migrate(ownerUrl, { passwords: { app: awkward } })
  expect(await userOf(urlFor(ownerUrl, 'app', awkward))).toBe('app')
})

it('A migration that fails says what went wrong, without the password', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'broken')
  await run(ownerUrl, 'create schema data')
  const failure = await migrate(ownerUrl, { passwords: { app: 'geheim' } }).catch(
    (error: Error) => error,
  )
  expect(failure).toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(/nothing was applied: schema "data" already exists/),
  })
  expect(JSON.stringify(failure)).not.toContain('geheim')

  const nobody = urlFor(ownerUrl, 'nobody', 'geheim')
  await expect(migrate(nobody)).rejects.toThrow(/^(?!.*geheim).*password authentication failed/)
})

it('A migration reports what it could not grant, and nothing else', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'warned')
  await asSuperuser(postgres.url, async (client) => {
    await client.query(`create role stranger login createrole bypassrls password 'geheim'`)
    await client.query('alter database warned owner to stranger')
  })
  // The roles belong to another owner already.
  await migrate(await prepareDatabase(postgres.url, 'first'))
  const said: string[] = []
  const onWarning = (message: string) => said.push(message)
  await migrate(urlFor(ownerUrl, 'stranger', 'geheim'), { onWarning })
  expect(said).toContain(
    'Warning of the database: could not grant app_viewer to stranger: its owner has to',
  )
  expect(
    said.filter((line) => !/: could not (grant|set) .*: its owner has to$/.test(line)),
  ).toEqual([])
})

it('A migration accepts the direct host of Neon, never the pooled one', () => {
  const host = 'ep-cool-fog-123-pooler.eu-central-1.aws.neon.tech'
  expect(directUrl(`postgresql://me:x@${host}/db?sslmode=require`)).toBe(
    'postgresql://me:x@ep-cool-fog-123.eu-central-1.aws.neon.tech/db?sslmode=verify-full',
  )
  expect(directUrl('postgres://me:x@127.0.0.1:5432/db')).toBe('postgres://me:x@127.0.0.1:5432/db')
  expect(() => directUrl('mysql://me:secret@x/y')).toThrow(/^(?!.*secret).*not a connection string/)
})
