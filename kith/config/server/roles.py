"""The roles of the embedded database.

The owner makes tables and runs migrations. The serving role owns nothing, makes nothing and stands
under row security. The superuser is used for nothing but to make the other two.
"""

import psycopg
from psycopg import sql

OWNER = "kith_owner"
APP = "kith_app"
DATABASE = "kith"

LIMITS = "NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE"


def ensure_roles(connection: psycopg.Connection, *, owner: str, app: str) -> None:
    """Make both roles and the database where they are missing; owner and app are passwords."""
    existing = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    if OWNER not in existing:
        _make_role(connection, OWNER, owner, f"CREATEDB {LIMITS}")
    if APP not in existing:
        _make_role(connection, APP, app, f"NOCREATEDB {LIMITS}")
    made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if made.fetchone() is None:
        _make_database(connection)


def _make_role(connection: psycopg.Connection, name: str, password: str, limits: str) -> None:
    statement = f"CREATE ROLE {{}} LOGIN {limits} PASSWORD {{}}"
    connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password)))


def _make_database(connection: psycopg.Connection) -> None:
    database, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    revoke = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
    for name in (DATABASE, "postgres", "template1"):
        connection.execute(revoke.format(sql.Identifier(name)))
    connect = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(connect.format(database, sql.Identifier(APP)))
