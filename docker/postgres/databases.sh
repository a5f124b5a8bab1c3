#!/usr/bin/env bash
# Runs once, when the volume of the database is new: a database and a user for each of those who keep something.
set -euo pipefail

database() { # NAME VARIABLE-OF-PASSWORD
  # Through standard input, so that no password stands on a command line.
  psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set name="$1" <<SQL
\set password \`printenv $2\`
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
}

database muster_registry MUSTER_DATABASE_PASSWORD_REGISTRY
database muster_notifier MUSTER_DATABASE_PASSWORD_NOTIFIER
database muster_portal MUSTER_DATABASE_PASSWORD_PORTAL
