#!/bin/sh
# Writes a backup of the database to the standard output. Runs in the container of PostgreSQL.
set -eu
if [ -t 1 ]; then
  echo "The backup is not text: redirect it, as in … backup.sh > edgebook.dump" >&2
  exit 2
fi
exec pg_dump --username postgres --format custom --compress zstd edgebook
