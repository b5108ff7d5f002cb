import { randomBytes } from 'node:crypto'
import { asSuperuser } from '../../dev/local-database.ts'

const ROLE = 'baseline_node_pg'

/** Tables as one writes them by hand, with the same users and transactions. */
const TABLES = `
  create schema baseline authorization ${ROLE};
  set local role ${ROLE};
  create table baseline.users (
    id uuid primary key,
    email text not null unique,
    role text not null check (role in ('viewer', 'analyst', 'admin')),
    active boolean not null default true
  );
  create table baseline.transactions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null,
    type text not null check (type in ('income', 'expense')),
    amount numeric(16, 2) not null check (amount > 0),
    currency char(3) not null,
    category text not null,
    date date not null,
    notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  reset role;
  insert into baseline.users (id, email, role)
    select id, email, role::text from data.users;
  insert into baseline.transactions
      (id, user_id, type, amount, currency, category, date, notes, created_at, updated_at)
    select id, user_id, type::text, amount_minor / 100.0, currency, category, date, notes,
           created_at, updated_at
      from data.transactions;
  alter table baseline.transactions add foreign key (user_id) references baseline.users;
  create index on baseline.transactions (user_id, date, id);
`

/** Creates the tables and the role that may use them. */
export async function createSchema(superuserUrl: string) {
  const password = randomBytes(24).toString('base64url')
  await asSuperuser(superuserUrl, async (client) => {
    await client.query(`create role ${ROLE} login password ${client.escapeLiteral(password)}`)
    await client.query(`set maintenance_work_mem = '512MB'`)
    await client.query(`begin; ${TABLES}; commit`)
    await client.query('vacuum (analyze) baseline.users, baseline.transactions')
  })
  return { role: ROLE, password }
}
