#!/bin/sh
# Makes the passwords and the secret of compose.yaml, in the folder ./secrets or the one given. Those
# that are there already stay as they are.
set -eu
folder=${1:-secrets}
mkdir -p "$folder"
# Only you can enter the folder. The files are readable, since containers read them as other users.
chmod 700 "$folder"
for name in postgres_password owner_password app_password login_password jwt_secret; do
  if [ -s "$folder/$name" ]; then
    echo "$folder/$name is there already"
    continue
  fi
  # 48 random bytes, without the characters that a connection string would have to escape.
  head -c 48 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' > "$folder/$name"
  chmod 444 "$folder/$name"
  echo "Made $folder/$name"
done
echo "Back up $folder/jwt_secret: without it, API keys and two-factor authentication are lost."
