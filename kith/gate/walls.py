"""The second wall: row security in PostgreSQL for every table of an organisation.

Raised by the owner after each migration, from the models themselves, so that no room can forget
it. The serving role owns nothing, is no superuser and cannot pass these policies.
"""

from django.apps import apps
from django.db import connection, models

from kith.base.models import Model, Organisation
from kith.gate.models import AuditEvent, Membership, User

# Tables of libraries that know no organisation. They hold no text about anybody.
EXEMPT_TABLES = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "django_session",
        "mfa_authenticator",
        "procrastinate_events",
        "procrastinate_jobs",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
        "socialaccount_socialtoken",
        "usersessions_usersession",
    }
)

ORG = "NULLIF(current_setting('kith.org', true), '')::uuid"
USER = "NULLIF(current_setting('kith.user', true), '')::uuid"
SIGNING_IN = "current_setting('kith.signing_in', true) = 'on'"
IS_MEMBER = (
    f"EXISTS (SELECT 1 FROM gate_membership m WHERE m.user_id = gate_user.id"
    f" AND m.organisation_id = {ORG})"
)

OWN_ORGANISATIONS = f"SELECT m.organisation_id FROM gate_membership m WHERE m.user_id = {USER}"

# table → (who sees a row, who may write it)
SPECIAL: dict[type[models.Model], tuple[str, str]] = {
    Organisation: (
        f"id = {ORG} OR id IN ({OWN_ORGANISATIONS})",
        f"id = {ORG}",
    ),
    Membership: (
        f"organisation_id = {ORG} OR user_id = {USER}",
        f"organisation_id = {ORG}",
    ),
    # Someone who signs in is looked up by a keyed hash before any scope is known.
    User: (f"{SIGNING_IN} OR id = {USER} OR {IS_MEMBER}", "true"),
}


def walled_models() -> list[type[models.Model]]:
    """Every model whose table needs a wall."""
    own = [m for m in apps.get_models() if issubclass(m, Model) and not m._meta.proxy]
    return [*SPECIAL, *[m for m in own if m not in SPECIAL]]


def _statements(model: type[models.Model]) -> list[str]:
    table = connection.ops.quote_name(model._meta.db_table)
    same = f"organisation_id = {ORG}"
    # What a visitor reads before any scope is known, such as the address of a public page.
    found = f"{same} OR {SIGNING_IN}" if getattr(model, "found_by_visitors", False) else same
    sees, writes = SPECIAL.get(model, (found, same))
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS kith_own ON {table}",
        f"CREATE POLICY kith_own ON {table} USING ({sees}) WITH CHECK ({writes})",
        f"DROP POLICY IF EXISTS kith_owner ON {table}",
        # The owner migrates and backs up; it never serves a request.
        f"CREATE POLICY kith_owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
    ]


AUDIT = AuditEvent._meta.db_table
NO_CHANGE = f"""
CREATE OR REPLACE FUNCTION kith_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit can only be added to.';
END $$;
DROP TRIGGER IF EXISTS kith_no_change ON {AUDIT};
CREATE TRIGGER kith_no_change BEFORE UPDATE OR DELETE ON {AUDIT}
  FOR EACH ROW EXECUTE FUNCTION kith_refuse_change();
DROP TRIGGER IF EXISTS kith_no_truncate ON {AUDIT};
CREATE TRIGGER kith_no_truncate BEFORE TRUNCATE ON {AUDIT}
  FOR EACH STATEMENT EXECUTE FUNCTION kith_refuse_change();
"""


# The keys of the organisations, nothing else, for jobs and for the first page of an empty Kith.
ORGANISATIONS = """
CREATE OR REPLACE FUNCTION kith_organisations() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT id FROM base_organisation ORDER BY id $$;
"""


def raise_walls() -> None:
    """Put row security on every organisation's table and make the audit unchangeable."""
    with connection.cursor() as cursor:
        # Tables that are not migrated yet have nothing to protect; a test compares the two lists.
        tables = set(connection.introspection.table_names(cursor))
        for model in walled_models():
            if model._meta.db_table not in tables:
                continue
            for statement in _statements(model):
                cursor.execute(statement)
        cursor.execute(NO_CHANGE)
        cursor.execute(ORGANISATIONS)
