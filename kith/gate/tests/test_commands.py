"""The gate: who may, what is written down, and that nothing is written otherwise."""

import pytest
from django.utils.functional import Promise

from kith.base import scope
from kith.base.errors import Denied, ReasonNeeded, WriteOutsideCommand
from kith.gate import audit
from kith.gate.commands import command, reads
from kith.gate.models import AuditEvent, Membership
from kith.gate.permissions import Permission, everything, nothing
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of

SENTENCE: str | Promise = "Rename someone"
RENAME = Permission("test.rename", SENTENCE, {Role.COORDINATOR: everything, Role.MENTOR: nothing})

pytestmark = pytest.mark.django_db


@command(RENAME, on="member")
def rename(actor, *, member, name):
    member.name = name
    member.save()
    return member


@reads(RENAME, on="member")
def look_at(actor, *, member):
    return str(member.name)


@reads(RENAME, on="member", own=nothing)
def look_at_foreign(actor, *, member):
    return str(member.name)


def lines(membership):
    with scope.entered(membership.organisation_id):
        return list(AuditEvent.objects.order_by("seq").values_list("verb", "row_id", "changes"))


def test_a_command_writes_the_row_and_one_audit_line_with_names_of_fields_only() -> None:
    ewa = MembershipFactory(name="Ewa")

    rename(actor_of(ewa), member=ewa, name="Zofia")

    with scope.entered(ewa.organisation_id):
        assert Membership.objects.get(pk=ewa.pk).name == "Zofia"
    assert lines(ewa) == [("test.rename", ewa.pk, {"gate.Membership": ["name"]})]


def test_a_role_without_the_row_is_denied_and_the_refusal_is_kept() -> None:
    mentor = MembershipFactory(mentor=True, name="Jan")

    with pytest.raises(Denied):
        rename(actor_of(mentor), member=mentor, name="Zofia")

    with scope.entered(mentor.organisation_id):
        assert Membership.objects.get(pk=mentor.pk).name == "Jan"
    assert lines(mentor) == [("refused: test.rename", mentor.pk, {})]


def test_a_row_of_another_organisation_is_denied_to_a_coordinator() -> None:
    ewa, stranger = MembershipFactory(), MembershipFactory(name="Jan")

    with pytest.raises(Denied):
        rename(actor_of(ewa), member=stranger, name="Zofia")

    with scope.entered(stranger.organisation_id):
        assert Membership.objects.get(pk=stranger.pk).name == "Jan"


def test_what_fails_undoes_everything_and_leaves_no_line() -> None:
    ewa = MembershipFactory(name="Ewa")

    @command(RENAME, on="member")
    def rename_and_stumble(actor, *, member):
        member.name = "Zofia"
        member.save()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_stumble(actor_of(ewa), member=ewa)

    with scope.entered(ewa.organisation_id):
        assert Membership.objects.get(pk=ewa.pk).name == "Ewa"
    assert lines(ewa) == []


def test_a_row_cannot_be_saved_outside_a_command() -> None:
    ewa = MembershipFactory()

    with pytest.raises(WriteOutsideCommand):
        ewa.save()


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(active=False),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([]),
        lambda rows: rows.bulk_update([], ["active"]),
    ],
)
def test_rows_cannot_be_written_in_bulk_outside_a_command(write) -> None:
    with pytest.raises(WriteOutsideCommand):
        write(Membership.objects.all())


def test_a_protected_read_leaves_a_line() -> None:
    ewa = MembershipFactory(name="Ewa")

    name = look_at(actor_of(ewa), member=ewa)

    assert name == "Ewa"
    assert lines(ewa) == [("test.rename", ewa.pk, {})]


def test_a_record_of_someone_elses_caseload_opens_only_with_a_reason_that_is_kept() -> None:
    ewa = MembershipFactory(name="Ewa")
    actor = actor_of(ewa)

    with pytest.raises(ReasonNeeded):
        look_at_foreign(actor, member=ewa)
    actor.reasons[str(ewa.pk)] = "Zofia is ill this week"
    name = look_at_foreign(actor, member=ewa)

    assert name == "Ewa"
    with scope.entered(ewa.organisation_id):
        assert [event.reason for event in AuditEvent.objects.all()] == ["Zofia is ill this week"]
        assert audit.verify(ewa.organisation) == (1, [])


def test_a_command_inside_a_command_has_its_own_check_and_its_own_line() -> None:
    ewa = MembershipFactory(name="Ewa")
    outer = Permission("test.outer", SENTENCE, {Role.COORDINATOR: everything})

    @command(outer, on="member")
    def rename_twice(actor, *, member):
        rename(actor, member=member, name="Zofia")
        return rename(actor, member=member, name="Maria")

    rename_twice(actor_of(ewa), member=ewa)

    assert [verb for verb, _, _ in lines(ewa)] == ["test.rename", "test.rename", "test.outer"]
