#!/bin/sh
# The image of PostgreSQL runs this once, on an empty volume: the database and its owner, who is not a
# superuser, as on Neon.
set -eu
password=$(cat "${OWNER_PASSWORD_FILE:-/run/secrets/owner_password}")
psql -v ON_ERROR_STOP=1 -v password="$password" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role edgebook_owner login createrole bypassrls password :'password';
create database edgebook owner edgebook_owner;
SQL
