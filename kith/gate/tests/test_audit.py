"""The chain: an edited, removed, inserted, reordered or cut-off row is found and named."""

import json
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from kith.base import permit, scope
from kith.gate import audit
from kith.gate.audit import Fault
from kith.gate.commands import note
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of


@pytest.fixture
def owner(fresh_database, tmp_path, monkeypatch):
    """The owner of a database of this test's own, who can do what the serving role cannot."""
    monkeypatch.setattr(settings, "KITH_HEADS", str(tmp_path))
    with psycopg.connect(fresh_database, autocommit=True) as opened:
        yield opened


@pytest.fixture
def chain(owner):
    """An organisation with five lines in its chain."""
    ewa = MembershipFactory()
    for number in range(5):
        note(actor_of(ewa), f"test.line{number}", ewa)
    return ewa.organisation


def tamper(owner, statement, *values):
    owner.execute("ALTER TABLE gate_auditevent DISABLE TRIGGER USER")
    owner.execute(statement, values)
    owner.execute("ALTER TABLE gate_auditevent ENABLE TRIGGER USER")


def verified(organisation):
    with scope.entered(organisation.pk):
        return audit.verify(organisation)


def event(organisation, seq):
    with scope.entered(organisation.pk):
        return AuditEvent.objects.get(seq=seq)


def test_an_untouched_chain_has_no_fault(chain) -> None:
    assert verified(chain) == (5, [])


def test_an_edited_row_is_named(owner, chain) -> None:
    tamper(owner, "UPDATE gate_auditevent SET verb = 'harmless' WHERE seq = 3")

    assert verified(chain) == (5, [Fault(3, "edited", event(chain, 3).pk)])


def test_a_removed_row_is_named(owner, chain) -> None:
    tamper(owner, "DELETE FROM gate_auditevent WHERE seq = 2")

    assert verified(chain) == (4, [Fault(2, "missing")])


def test_an_inserted_row_is_named(owner, chain) -> None:
    copied = event(chain, 5)
    tamper(
        owner,
        "INSERT INTO gate_auditevent (id, created_at, organisation_id, seq, at, actor_kind,"
        " actor_id, verb, row_model, changes, reason, previous, sealed)"
        " VALUES (gen_random_uuid(), now(), %s, 6, now(), 'person', 'x', 'test.extra', '',"
        " '{}', '', %s, 'made up')",
        chain.pk,
        copied.sealed,
    )

    assert verified(chain) == (6, [Fault(6, "inserted", event(chain, 6).pk)])


def test_reordered_rows_are_named(owner, chain) -> None:
    second, third = event(chain, 2), event(chain, 3)
    tamper(owner, "UPDATE gate_auditevent SET seq = 99 WHERE id = %s", second.pk)
    tamper(owner, "UPDATE gate_auditevent SET seq = 2 WHERE id = %s", third.pk)
    tamper(owner, "UPDATE gate_auditevent SET seq = 3 WHERE id = %s", second.pk)

    assert verified(chain) == (
        5,
        [Fault(2, "moved", third.pk), Fault(3, "moved", second.pk)],
    )


def test_rows_cut_off_at_the_end_are_found_by_the_head_kept_outside(owner, chain) -> None:
    fourth = event(chain, 4)
    tamper(owner, "DELETE FROM gate_auditevent WHERE seq = 5")
    owner.execute("UPDATE gate_audithead SET seq = 4, sealed = %s", [fourth.sealed])

    assert verified(chain) == (4, [Fault(5, "cut off")])


def test_the_head_outside_the_database_holds_the_last_seal(chain) -> None:
    stored = json.loads(Path(settings.KITH_HEADS, f"{chain.pk}.json").read_text())

    assert stored == {"seq": 5, "sealed": event(chain, 5).sealed}


def test_an_older_head_never_replaces_a_newer_one(chain) -> None:
    audit.keep_outside(chain.pk, 2, "older")

    stored = json.loads(Path(settings.KITH_HEADS, f"{chain.pk}.json").read_text())
    assert stored["seq"] == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE gate_auditevent SET verb = 'x'",
        "DELETE FROM gate_auditevent",
        "TRUNCATE gate_auditevent",
    ],
)
def test_the_serving_role_cannot_change_the_audit(chain, statement) -> None:
    with (
        scope.entered(chain.pk),
        pytest.raises(ProgrammingError, match="permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE gate_auditevent SET verb = 'x'",
        "DELETE FROM gate_auditevent",
        "TRUNCATE gate_auditevent CASCADE",
    ],
)
def test_even_the_owner_is_refused_by_the_database(owner, chain, statement) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="only be added to"):
        owner.execute(statement)


def test_events_are_not_saved_by_the_model_either(chain) -> None:
    stored = event(chain, 1)
    stored.verb = "other"

    with (
        scope.entered(chain.pk),
        permit.lifted(),
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        stored.save()
