"""The code of conduct: accepted, changed, asked again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.actor import job_actor
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.mentors import commands
from kith.mentors.models import ConductAcceptance, ConductEdition
from kith.mentors.permissions import RENEW_JOB
from kith.mentors.queries import conduct as queries
from kith.mentors.rules import conduct as rules
from kith.mentors.tests.factories import ConductAcceptanceFactory, ConductEditionFactory
from kith.people.models import MentorCheck
from kith.people.tests.factories import MentorCheckFactory, MentorFactory
from kith.programmes.tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def member(ewa):
    return MembershipFactory(organisation=ewa.organisation, mentor=True)


@pytest.fixture
def jan(ewa, member):
    return MentorFactory(organisation=ewa.organisation, user=member.user)


def accept(member, jan, *, language="pl", today=MONDAY):
    return commands.accept_conduct(
        actor_of(member), person=jan, language=language, today=today, now=NOON
    )


def in_scope(ewa):
    return scope.entered(ewa.organisation_id)


def test_a_yes_keeps_the_words_and_notes_a_check_for_every_gate(ewa, member, jan) -> None:
    EnrolmentFactory(person=jan, side="mentor", programme__organisation=ewa.organisation)

    kept = accept(member, jan)

    with in_scope(ewa):
        check = MentorCheck.objects.get(person=jan)
    assert (kept.edition, kept.language, kept.accepted_on) == ("1", "pl", MONDAY)
    assert tuple(kept.words) == rules.house_conduct().sentences.say("pl")
    assert (check.kind, check.done_on, check.seen_by) == ("code_of_conduct", MONDAY, None)
    assert check.valid_until == date(2028, 11, 2)


def test_nobody_accepts_for_somebody_else(ewa, member, jan) -> None:
    with pytest.raises(Denied):
        accept(ewa, jan)
    with in_scope(ewa):
        assert list(ConductAcceptance.objects.all()) == []


def test_the_same_edition_is_accepted_once_until_it_ends_soon(ewa, member, jan) -> None:
    EnrolmentFactory(person=jan, side="mentor", programme__organisation=ewa.organisation)
    accept(member, jan)

    with pytest.raises(commands.AlreadyAccepted):
        accept(member, jan, today=date(2028, 10, 2))
    accept(member, jan, today=date(2028, 10, 3))

    with in_scope(ewa):
        assert ConductAcceptance.objects.get(person=jan).accepted_on == date(2028, 10, 3)


def test_own_sentences_begin_an_edition_and_earlier_checks_end_in_thirty_days(
    ewa, member, jan
) -> None:
    accept(member, jan)
    on_paper = MentorCheckFactory(
        person=MentorFactory(organisation=ewa.organisation),
        kind="code_of_conduct",
        done_on=date(2026, 3, 1),
        valid_until=date(2026, 11, 20),
    )

    commands.put_conduct_in_force(
        actor_of(ewa), own={"en": ["I come to evenings for mentors."], "pl": []}, today=MONDAY
    )

    with in_scope(ewa):
        edition = ConductEdition.objects.get()
        ends = MentorCheck.objects.get(person=jan).valid_until
        on_paper.refresh_from_db()
        jan.refresh_from_db()
        text = queries.in_force("pl")
    assert (edition.number, edition.own) == (1, {"en": ["I come to evenings for mentors."]})
    assert (ends, jan.checks_until) == (MONDAY + rules.GRACE, MONDAY + rules.GRACE)
    assert on_paper.valid_until == date(2026, 11, 20)
    assert (text.edition, text.own) == ("1.1", ("I come to evenings for mentors.",))


def test_after_a_new_edition_the_mentor_accepts_again_and_the_check_is_new(
    ewa, member, jan
) -> None:
    accept(member, jan)
    commands.put_conduct_in_force(actor_of(ewa), own={"en": ["One."]}, today=MONDAY)

    again = accept(member, jan, today=MONDAY + timedelta(days=2))

    with in_scope(ewa):
        editions = list(ConductAcceptance.objects.order_by("id").values_list("edition", flat=True))
        newest = MentorCheck.objects.filter(person=jan).order_by("-id").first()
    assert editions == ["1", "1.1"]
    assert again.words[-1] == "One."
    assert newest.valid_until is None


@pytest.mark.parametrize(
    "lines", [["One."] * 13, ["x" * 301]], ids=["thirteen sentences", "a long one"]
)
def test_a_promise_stays_short(ewa, lines) -> None:
    with pytest.raises(commands.TooManySentences):
        commands.put_conduct_in_force(actor_of(ewa), own={"en": lines}, today=MONDAY)


def test_a_new_text_of_the_house_asks_again_once(ewa, member, jan, monkeypatch) -> None:
    accept(member, jan)
    job = job_actor(RENEW_JOB, ewa.organisation)
    before = commands.ask_again(job, today=MONDAY)
    text = rules.house_conduct()
    monkeypatch.setattr(
        rules,
        "house_conduct",
        lambda: rules.HouseConduct("2", text.title, text.why, text.sentences),
    )

    first = commands.ask_again(job, today=MONDAY)
    second = commands.ask_again(job, today=MONDAY + timedelta(days=1))

    with in_scope(ewa):
        ends = MentorCheck.objects.get(person=jan).valid_until
    assert (before, first, second, ends) == (0, 1, 0, MONDAY + rules.GRACE)


def test_who_is_erased_leaves_no_acceptance(ewa, member, jan) -> None:
    from kith.people.commands import erase_person

    accept(member, jan)

    erase_person(actor_of(ewa), person=jan, today=MONDAY, now=NOON)

    with in_scope(ewa):
        assert list(ConductAcceptance.objects.all()) == []


def test_those_who_accepted_are_counted_by_the_edition_in_force(ewa, jan) -> None:
    ConductAcceptanceFactory(person=jan, edition="1")
    ConductAcceptanceFactory(person=MentorFactory(organisation=ewa.organisation), edition="1.1")
    ConductEditionFactory(organisation=ewa.organisation)

    with in_scope(ewa):
        counted = queries.accepted(actor_of(ewa))

    assert (counted.number, counted.mentors) == (1, 2)
