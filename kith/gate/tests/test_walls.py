"""Row security, read from the catalogue of the database itself."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection

from kith.base import scope
from kith.base.models import Organisation
from kith.gate.models import AuditEvent, Membership, User
from kith.gate.tests.factories import MembershipFactory
from kith.gate.walls import EXEMPT_TABLES, walled_models

pytestmark = pytest.mark.django_db


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_every_table_but_the_exempt_ones_of_libraries_has_row_security_enabled_and_forced() -> None:
    open_tables = asked(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND relkind IN ('r', 'p')"
        " AND NOT (relrowsecurity AND relforcerowsecurity)"
    )

    assert sorted(row[0] for row in open_tables) == sorted(EXEMPT_TABLES)


def test_every_walled_table_has_the_policy_of_its_organisation() -> None:
    with_policy = {
        row[0] for row in asked("SELECT tablename FROM pg_policies WHERE policyname = 'kith_own'")
    }

    assert with_policy == {model._meta.db_table for model in walled_models()}


def test_exempt_tables_are_only_those_of_libraries() -> None:
    ours = {
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith("kith.")
    }

    assert ours & EXEMPT_TABLES == set()


def test_the_serving_role_is_no_superuser_owns_nothing_and_cannot_pass_row_security() -> None:
    [(superuser, bypass, create_db, create_role)] = asked(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )
    owned = asked("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
    memberships = asked(
        "SELECT 1 FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles"
        " WHERE rolname = current_user)"
    )

    assert (superuser, bypass, create_db, create_role) == (False, False, False, False)
    assert owned == []
    assert memberships == []


def test_the_serving_role_cannot_take_a_wall_down() -> None:
    with pytest.raises(ProgrammingError, match="must be owner"):
        asked("ALTER TABLE gate_membership DISABLE ROW LEVEL SECURITY")


def test_without_a_scope_nothing_is_seen() -> None:
    MembershipFactory()

    counts = [model.objects.count() for model in (Organisation, Membership, User, AuditEvent)]

    assert counts == [0, 0, 0, 0]


def test_inside_a_scope_only_the_own_organisation_is_seen_by_raw_sql() -> None:
    mine, other = MembershipFactory(), MembershipFactory()

    with scope.entered(mine.organisation_id):
        members = asked("SELECT id FROM gate_membership")
        users = asked("SELECT id FROM gate_user")
        organisations = asked("SELECT id FROM base_organisation")

    assert members == [(mine.pk,)]
    assert users == [(mine.user_id,)]
    assert organisations == [(mine.organisation_id,)]
    assert other.organisation_id != mine.organisation_id


def test_a_row_cannot_be_written_into_another_organisation() -> None:
    mine, other = MembershipFactory(), MembershipFactory()

    with (
        scope.entered(mine.organisation_id),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        asked(
            "INSERT INTO base_datakey (id, created_at, organisation_id, subject_id, store, wrapped)"
            " VALUES (gen_random_uuid(), now(), %s, gen_random_uuid(), 'draft', 'x') RETURNING id",
            other.organisation_id,
        )


def test_a_scope_ends_where_it_began() -> None:
    mine, other = MembershipFactory(), MembershipFactory()

    with scope.entered(mine.organisation_id):
        with scope.entered(other.organisation_id):
            inner = asked("SELECT id FROM base_organisation")
        outer = asked("SELECT id FROM base_organisation")

    assert inner == [(other.organisation_id,)]
    assert outer == [(mine.organisation_id,)]
    assert asked("SELECT id FROM base_organisation") == []
