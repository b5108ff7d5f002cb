#!/bin/sh
# In the place of the entry point of the image `postgres`, as far as compose.yaml uses it: for machines
# without a registry, where that image is made of Debian's packages.
set -eu
PGDATA=/var/lib/postgresql/18/docker
export PGDATA
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres: /var/lib/postgresql
  mkdir -p /var/run/postgresql && chown postgres: /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # shellcheck disable=SC2086 # It is a list of arguments.
  initdb --username postgres --pwfile "$POSTGRES_PASSWORD_FILE" --auth-local trust \
    --auth-host scram-sha-256 ${POSTGRES_INITDB_ARGS:-}
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl -w -o "-c listen_addresses=''" start
  for script in /docker-entrypoint-initdb.d/*.sh; do sh "$script"; done
  pg_ctl -m fast -w stop
fi
exec postgres -c listen_addresses='*'
