#!/bin/sh
# Run by PostgreSQL's image when it makes the database: the running console's role. Its rights are granted at each start.
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role cardesk_app login password :'password';
SQL
