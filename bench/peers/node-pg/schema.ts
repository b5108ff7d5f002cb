import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

const USER = 'peer_node_pg'

/** Tables as one writes them by hand, with the same users and rows. */
const TABLES = `
  drop schema if exists peer_node_pg cascade;
  create schema peer_node_pg authorization ${USER};
  set local role ${USER};
  create table peer_node_pg.users (
    id uuid primary key default gen_random_uuid(),
    email text not null unique,
    password_hash text not null,
    role text not null check (role in ('viewer', 'analyst', 'admin')),
    active boolean not null default true
  );
  create table peer_node_pg.transactions (
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
  insert into peer_node_pg.users (id, email, password_hash, role)
    select id, email, password_hash, role::text from data.users;
  insert into peer_node_pg.transactions
      (id, user_id, type, amount, currency, category, date, notes, created_at, updated_at)
    select id, user_id, type::text, amount_minor / 100.0, currency, category, date, notes,
           created_at, updated_at
      from data.transactions;
  alter table peer_node_pg.transactions
    add foreign key (user_id) references peer_node_pg.users;
  create index on peer_node_pg.transactions (user_id, date, id);
`

/** Makes the tables, and the user that may use them. */
export async function prepareSchema(
  superuserUrl: string,
): Promise<{ user: string; password: string }> {
  const password = randomBytes(24).toString('base64url')
  const client = new Client({ connectionString: superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`create role ${USER} login password ${client.escapeLiteral(password)}`)
    await client.query(`set maintenance_work_mem = '512MB'`)
    await client.query(`begin; ${TABLES}; commit`)
    await client.query('vacuum (analyze) peer_node_pg.users')
    await client.query('vacuum (analyze) peer_node_pg.transactions')
  } finally {
    await client.end()
  }
  return { user: USER, password }
}
