"""What the serving role may do, said anew after every migration."""

import psycopg
from psycopg import sql

# Rows of these may be read and added, never changed or removed by the serving role.
APPEND_ONLY = ("gate_auditevent",)
READ_ONLY = ("django_migrations",)

LOCK = 5_484_401  # any number, the same for every Kith: two grants at once would trip each other

GRANTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {app};
REVOKE ALL ON SCHEMA public FROM {app};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {app}, PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app};
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app};
"""


class GrantsIncomplete(Exception):
    """The owner could not take a right away from the serving role."""

    def __init__(self, *, database: str) -> None:
        super().__init__(
            "The serving role may still create tables: let a database administrator run "
            f'"REVOKE CREATE ON SCHEMA public FROM PUBLIC" in the database {database}.'
        )


def prepare_database(owner_url: str, app_role: str) -> None:
    """Give the serving role its rights on all tables, and nothing beyond; may run at any time."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        names = {
            "database": sql.Identifier(connection.info.dbname),
            "app": sql.Identifier(app_role),
        }
        connection.execute(sql.SQL(GRANTS).format(**names))
        _narrow(connection, names["app"], APPEND_ONLY, "UPDATE, DELETE")
        _narrow(connection, names["app"], READ_ONLY, "INSERT, UPDATE, DELETE")
        _check(connection, app_role)


def _narrow(
    connection: psycopg.Connection, app: sql.Identifier, tables: tuple[str, ...], rights: str
) -> None:
    for table in tables:
        found = connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone()
        if found and found[0] is not None:
            statement = f"REVOKE {rights} ON {{}} FROM {{}}"
            connection.execute(sql.SQL(statement).format(sql.Identifier("public", table), app))


def _check(connection: psycopg.Connection, app_role: str) -> None:
    row = connection.execute(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE')", [app_role]
    ).fetchone()
    if row and row[0]:
        raise GrantsIncomplete(database=connection.info.dbname)
