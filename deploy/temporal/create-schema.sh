#!/bin/sh
# Brings Temporal's two databases to the schema that this version of its tools knows. Run before every start of the
# server: what is up to date stays as it is. Address, user and password come from SQL_HOST and the like.
set -eu

bring() {
  SQL_DATABASE="$1" temporal-sql-tool setup-schema --version 0.0
  SQL_DATABASE="$1" temporal-sql-tool update-schema --schema-name "postgresql/v12/$2"
}

bring temporal temporal
bring temporal_visibility visibility
