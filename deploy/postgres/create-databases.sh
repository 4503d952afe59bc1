#!/bin/sh
# Run by the Postgres image on an empty data folder only. Temporal and the sync have an owner each, so that neither can
# read or break what is the other's.
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname postgres \
  --set temporal_password="$TEMPORAL_DB_PASSWORD" --set usersync_password="$USERSYNC_DB_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE ROLE usersync LOGIN PASSWORD :'usersync_password';
CREATE DATABASE usersync OWNER usersync;
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, usersync FROM PUBLIC;
SQL
