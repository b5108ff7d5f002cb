#!/bin/sh
# Restores a backup from the standard input. Runs in the container of PostgreSQL, while the API is
# stopped. The database that was there is renamed, not deleted.
set -eu
export PGUSER=postgres PGOPTIONS='-c client_min_messages=warning'
fail() {
  echo "$1 Nothing was changed." >&2
  exit 1
}
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat > "$file" || fail 'The backup cannot be stored.'
pg_restore --list "$file" > /dev/null 2>&1 || fail 'This is not a whole backup of backup.sh.'
[ "$(psql -Atc "select count(*) from pg_roles where rolname in ('app', 'app_login')" postgres)" = 2 ] ||
  fail 'The roles of the API are missing: start it once, or run "migrate", and then restore.'

dropdb --if-exists --force edgebook_restored
createdb --owner edgebook_owner --template template0 edgebook_restored
pg_restore --exit-on-error --single-transaction --dbname edgebook_restored "$file" || {
  dropdb --force edgebook_restored
  fail 'The backup could not be restored.'
}
before=edgebook_before_$(date -u +%Y%m%d_%H%M%S)
psql -q -v ON_ERROR_STOP=1 postgres <<SQL || {
alter database edgebook with allow_connections false;
select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = 'edgebook' \g /dev/null
begin;
alter database edgebook rename to $before;
alter database edgebook_restored rename to edgebook;
commit;
SQL
  psql -q -c 'alter database edgebook with allow_connections true' postgres
  fail 'The databases could not be renamed.'
}
psql -q -c "alter database $before with allow_connections true" postgres
echo "Restored. The database as it was before is $before; drop it when you have checked the new one."
