#!/bin/sh
# Gives the database to the role that the product signs in with. The image runs it when it makes the database; over one of
# an earlier version it is run by hand once (docs/operations.md), and as often as one likes.
set -eu

ask() {
  psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}
ask --file /setup/database-ctype.sql
ask --file /setup/database-owner.sql
# The password is letters and digits only (deploy/make-env.mjs).
echo "alter role sanling_app password '$DATABASE_PASSWORD'" | ask
