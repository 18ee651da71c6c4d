"""Every act of this room: the register, the promise, needs, bookings, presence, cost."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import (
    IntegrityError,
    transaction,  # noqa: TID251 - what the database refuses breaks it
)

from kith.base import permit, scope, vault
from kith.base.errors import Denied
from kith.gate.actor import job_actor
from kith.gate.models import AuditEvent
from kith.gate.retention import JOB, run_retention
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.interpreters import commands, queries, rules
from kith.interpreters.commands import Details, Wanted
from kith.interpreters.models import (
    Acceptance,
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    Spoken,
)
from kith.interpreters.rules import BookingState, Confidentiality, Level, Subject, Way
from kith.interpreters.tests.factories import BookingFactory, CostFactory, InterpreterFactory
from kith.people.commands import erase_person
from kith.people.tests.factories import PersonFactory
from kith.progress import permissions as progress_permissions

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 5, 15, tzinfo=UTC)
HANNA = Details(
    name="Hanna Tłumaczka",
    phone="+48 61 555 02 01",
    email="hanna@example.org",
    region="Poznań",
    ways=[Way.IN_PERSON, Way.PHONE],
    spoken={"ar": Level.FIRST, "pl": Level.CERTIFIED},
    is_volunteer=False,
    rate_cents=60_00,
    currency="PLN",
)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def me(ewa):
    return actor_of(MembershipFactory(organisation=ewa.organisation, participant=True))


@pytest.fixture
def amal(ewa, me):
    return PersonFactory(organisation=ewa.organisation, is_participant=True, user_id=me.user_id)


@pytest.fixture
def jan(ewa, amal, monkeypatch):
    """The mentor who accompanies Amal."""
    from django.db.models import Q

    member = MembershipFactory(organisation=ewa.organisation, mentor=True)
    reach = [lambda actor: Q(pk=amal.pk) if actor.user_id == member.user_id else Q(pk__in=[])]
    monkeypatch.setattr(progress_permissions, "_sources", reach)
    return actor_of(member)


@pytest.fixture
def hanna(ewa):
    """In the register, and has promised."""
    row = commands.add_interpreter(ewa, details=HANNA)
    promise(ewa, row)
    return row


def promise(actor, interpreter):
    return commands.accept_confidentiality(
        actor, interpreter=interpreter, language="pl", signed_name="Hanna Tłumaczka", today=TODAY
    )


def wanted(**changed):
    given = {
        "subject": Subject.MEETING,
        "language": "ar",
        "into": "pl",
        "way": Way.IN_PERSON,
        "starts_at": THURSDAY,
        "minutes": 60,
        "place": "Wodna 8",
    }
    return Wanted(**{**given, **changed})


def asked(actor, person, interpreter, **changed):
    return commands.ask_for_booking(
        actor,
        person=person,
        interpreter=interpreter,
        wanted=wanted(**changed),
        today=TODAY,
        now=NOON,
    )


def coming(actor, person, interpreter, **changed):
    row = asked(actor, person, interpreter, **changed)
    return commands.note_answer(actor, booking=row, comes=True, today=TODAY)


def present(actor, row, minutes=60, today=date(2026, 11, 5)):
    return commands.note_present(actor, booking=row, minutes=minutes, today=today)


# ── The register ─────────────────────────────────────────────────────────────────────────────────


def test_an_interpreter_is_kept_with_languages_and_rate(ewa, hanna) -> None:
    row = Interpreter.objects.get()

    spoken = list(Spoken.objects.order_by("id").values_list("language", "level"))
    assert (row.name, row.phone, row.rate_cents, row.currency) == (
        "Hanna Tłumaczka",
        "+48 61 555 02 01",
        60_00,
        "PLN",
    )
    assert spoken == [("ar", "first"), ("pl", "certified")]


def test_a_change_replaces_languages_and_a_volunteer_has_no_rate(ewa, hanna) -> None:
    changed = Details(
        **{**vars(HANNA), "spoken": {"pl": Level.FLUENT, "uk": Level.FIRST}, "is_volunteer": True}
    )

    row = commands.change_interpreter(ewa, interpreter=hanna, details=changed)

    spoken = dict(Spoken.objects.values_list("language", "level"))
    assert spoken == {"pl": "fluent", "uk": "first"}
    assert (row.rate_cents, row.currency) == (None, "")


def test_a_text_is_accepted_once_and_a_new_version_again(ewa, hanna, monkeypatch) -> None:
    with pytest.raises(commands.AlreadyAccepted):
        promise(ewa, hanna)
    text = rules.confidentiality()
    newer = Confidentiality("2", text.title, text.sentences)
    for module in (queries, commands.register):
        monkeypatch.setattr(module, "confidentiality", lambda: newer)
    before = queries.has_accepted(hanna)

    promise(ewa, hanna)

    assert (before, queries.has_accepted(hanna)) == (False, True)
    assert list(Acceptance.objects.order_by("id").values_list("version", flat=True)) == ["1", "2"]


# ── Bookings ─────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_booked_before_the_promise(ewa, amal) -> None:
    hanna = commands.add_interpreter(ewa, details=HANNA)

    with pytest.raises(commands.NotPromised):
        asked(ewa, amal, hanna)

    assert Booking.objects.count() == 0


def test_an_older_promise_is_not_enough(ewa, amal, hanna, monkeypatch) -> None:
    text = rules.confidentiality()
    newer = Confidentiality("2", text.title, text.sentences)
    monkeypatch.setattr(queries, "confidentiality", lambda: newer)

    with pytest.raises(commands.NotPromised):
        asked(ewa, amal, hanna)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"language": "uk"}, commands.SpeaksOtherLanguages),
        ({"language": "pl"}, commands.SpeaksOtherLanguages),
        ({"way": Way.VIDEO}, commands.ComesAnotherWay),
        ({"starts_at": NOON}, commands.NotThen),
        ({"starts_at": NOON + timedelta(days=365, minutes=1)}, commands.NotThen),
    ],
)
def test_a_booking_that_cannot_be_is_refused(ewa, amal, hanna, changed, refusal) -> None:
    with pytest.raises(refusal):
        asked(ewa, amal, hanna, **changed)

    assert Booking.objects.count() == 0


def test_the_last_moment_of_a_year_can_be_booked(ewa, amal, hanna) -> None:
    row = asked(ewa, amal, hanna, starts_at=NOON + timedelta(days=365))

    assert row.state == "asked"


@pytest.mark.parametrize(
    ("minutes_later", "is_refused"), [(-60, False), (-59, True), (0, True), (59, True), (60, False)]
)
def test_nobody_is_booked_in_two_places_at_once(
    ewa, amal, hanna, minutes_later, is_refused
) -> None:
    asked(ewa, amal, hanna)
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)
    start = THURSDAY + timedelta(minutes=minutes_later)

    if is_refused:
        with pytest.raises(commands.Busy):
            asked(ewa, other, hanna, starts_at=start)
    else:
        assert asked(ewa, other, hanna, starts_at=start).state == "asked"


def test_a_time_that_was_called_off_is_free_again(ewa, amal, hanna) -> None:
    commands.call_off(ewa, booking=asked(ewa, amal, hanna), today=TODAY)

    assert asked(ewa, amal, hanna).state == "asked"


def test_who_left_is_not_booked_and_may_come_back(ewa, amal, hanna) -> None:
    commands.note_left(ewa, interpreter=hanna, today=TODAY)
    with pytest.raises(commands.HasLeft):
        asked(ewa, amal, hanna)
    commands.note_back(ewa, interpreter=hanna)

    assert asked(ewa, amal, hanna).state == "asked"


def test_a_booking_goes_its_way_and_no_other(ewa, amal, hanna) -> None:
    row = asked(ewa, amal, hanna)
    with pytest.raises(commands.BookingMovedOn):
        present(ewa, row)
    row = commands.note_answer(ewa, booking=row, comes=True, today=TODAY)
    with pytest.raises(commands.BookingMovedOn):
        commands.note_answer(ewa, booking=row, comes=False, today=TODAY)

    row = present(ewa, row)

    assert (row.state, row.closed_on) == ("done", date(2026, 11, 5))
    with pytest.raises(commands.BookingMovedOn):
        commands.call_off(ewa, booking=row, today=TODAY)


# ── Presence and cost ────────────────────────────────────────────────────────────────────────────


def test_presence_writes_a_cost_that_names_no_participant(ewa, jan, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)

    present(jan, row, minutes=90)

    cost = Cost.objects.get()
    fields = {field.name for field in Cost._meta.concrete_fields}
    assert (cost.on, cost.minutes, cost.cents, cost.currency) == (
        date(2026, 11, 5),
        90,
        90_00,
        "PLN",
    )
    assert "person" not in fields


def test_presence_is_noted_once_however_often_it_is_said(ewa, jan, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)

    present(jan, row, minutes=60)
    again = present(ewa, row, minutes=120)

    assert (again.state, Cost.objects.get().minutes) == ("done", 60)


def test_presence_is_not_noted_before_the_day(ewa, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)

    with pytest.raises(commands.NotYetBegun):
        present(ewa, row, today=date(2026, 11, 4))

    assert Cost.objects.count() == 0


def test_a_volunteer_costs_nothing_and_stands_in_the_list(ewa, amal) -> None:
    free = commands.add_interpreter(ewa, details=Details(**{**vars(HANNA), "is_volunteer": True}))
    promise(ewa, free)

    present(ewa, coming(ewa, amal, free))

    cost = Cost.objects.get()
    assert (cost.is_volunteer, cost.cents, cost.currency) == (True, 0, "")


def test_the_log_of_meetings_chooses_among_what_has_begun_and_is_not_noted(
    ewa, jan, me, amal, hanna
) -> None:
    row = coming(ewa, amal, hanna)
    asked(ewa, amal, hanna, starts_at=THURSDAY - timedelta(hours=2))
    coming(ewa, amal, hanna, starts_at=THURSDAY + timedelta(hours=2))

    def chosen(actor, now):
        return [one.pk for one in queries.to_note(actor, person=amal, now=now)]

    before = [chosen(jan, THURSDAY - timedelta(minutes=1)), chosen(jan, THURSDAY)]
    late = chosen(jan, THURSDAY + timedelta(days=61))
    present(jan, row)

    assert (before, late, chosen(me, THURSDAY)) == ([[], [row.pk]], [], [])
    assert chosen(jan, THURSDAY) == []
    assert queries.present_on(amal.pk, [date(2026, 11, 5), date(2026, 11, 1)]) == {
        date(2026, 11, 5): "Hanna Tłumaczka"
    }
    assert queries.present_on(amal.pk, [date(2026, 11, 4)]) == {}
    assert queries.present_on(amal.pk, []) == {}


def test_a_cost_is_corrected_by_the_invoice(ewa) -> None:
    cost = CostFactory(interpreter=InterpreterFactory(organisation=ewa.organisation))

    commands.note_cost(ewa, cost=cost, cents=75_50, currency="EUR", paid_on=TODAY)

    cost.refresh_from_db()
    assert (cost.cents, cost.currency, cost.paid_on) == (75_50, "EUR", TODAY)


def test_the_list_of_a_month_holds_its_days_and_no_participant(ewa, amal, hanna) -> None:
    present(ewa, coming(ewa, amal, hanna))
    other = InterpreterFactory(organisation=ewa.organisation, name="=HYPERLINK(1)")
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)):
        CostFactory(interpreter=other, on=day)

    text = commands.save_month(ewa, month=date(2026, 11, 15))

    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["day"] for line in lines] == ["2026-11-01", "2026-11-05", "2026-11-30"]
    assert [line["interpreter"] for line in lines] == [
        "'=HYPERLINK(1)",
        "Hanna Tłumaczka",
        "'=HYPERLINK(1)",
    ]
    assert (lines[1]["amount"], lines[1]["currency"], lines[1]["minutes"]) == (
        "60.00",
        "PLN",
        "60",
    )
    assert amal.name not in text
    assert "Wodna 8" not in text


# ── Needs ────────────────────────────────────────────────────────────────────────────────────────


def need_of(actor, person, **changed):
    given = {"language": "ar", "into": "pl", "ways": [Way.IN_PERSON], **changed}
    return commands.say_need(actor, person=person, today=TODAY, now=NOON, **given)


def test_a_need_said_again_is_the_same_with_the_ways_of_now(ewa, jan, me, amal) -> None:
    need_of(me, amal)
    need_of(jan, amal, ways=[Way.PHONE])
    need_of(ewa, amal, language="fa")

    rows = InterpreterNeed.objects.order_by("id").values_list("language", "ways")
    assert list(rows) == [("ar", ["phone"]), ("fa", ["in_person"])]


def test_a_need_is_between_two_languages(ewa, amal) -> None:
    with pytest.raises(commands.SameLanguage):
        need_of(ewa, amal, into="ar")


def test_a_need_ends_and_its_bookings_stay(ewa, amal, hanna) -> None:
    need, row = need_of(ewa, amal), asked(ewa, amal, hanna)

    commands.end_need(ewa, person=amal, need=need, today=TODAY)

    assert queries.needs_of(ewa, amal) == []
    assert Booking.objects.get().pk == row.pk


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["mentor", "participant", "supervisor", "interpreter"])
def test_only_coordinators_keep_the_register_and_book(ewa, amal, hanna, who) -> None:
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=[who]))
    row = asked(ewa, amal, hanna)

    with pytest.raises(Denied):
        commands.add_interpreter(other, details=HANNA)
    with pytest.raises(Denied):
        asked(other, amal, hanna)
    with pytest.raises(Denied):
        commands.note_answer(other, booking=row, comes=True, today=TODAY)
    with pytest.raises(Denied):
        commands.save_month(other, month=TODAY)

    assert list(queries.interpreters(other)) == []
    assert list(queries.bookings(other)) == []
    assert list(queries.costs(other)) == []


def test_a_mentor_and_a_participant_see_their_own_bookings_alone(ewa, jan, me, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)
    BookingFactory(organisation=ewa.organisation, person__organisation=ewa.organisation)

    for who in (jan, me):
        assert [one.pk for one in queries.bookings(who)] == [row.pk]
    with pytest.raises(Denied):
        present(me, row)


def test_another_organisation_reaches_nothing(ewa, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)
    stranger = actor_of(MembershipFactory())

    with pytest.raises(Denied):
        present(stranger, row)

    with scope.entered(stranger.organisation_id):
        assert [model.objects.count() for model in (Interpreter, Booking, Spoken)] == [0, 0, 0]
    assert list(queries.bookings(stranger)) == []


def test_the_audit_holds_no_words(ewa, amal, hanna) -> None:
    asked(ewa, amal, hanna, place="Secret street 1")

    lines = AuditEvent.objects.order_by("seq").values_list("verb", "changes")
    verbs = [verb for verb, _changes in lines if verb.startswith("interpreters.")]
    assert verbs == ["interpreters.keep", "interpreters.keep", "interpreters.book"]
    assert "Secret" not in str(list(lines))
    assert "Hanna" not in str(list(lines))


def test_the_database_keeps_what_must_hold(ewa, amal, hanna) -> None:
    row = coming(ewa, amal, hanna)
    broken = [
        (Booking, row.pk, {"state": "lost"}),
        (Booking, row.pk, {"closed_on": TODAY}),
        (Booking, row.pk, {"minutes": 5}),
        (Interpreter, hanna.pk, {"ways": []}),
        (Interpreter, hanna.pk, {"is_volunteer": True}),
        (Interpreter, hanna.pk, {"currency": ""}),
    ]

    for model, key, change in broken:
        with pytest.raises(IntegrityError), transaction.atomic(), permit.lifted():
            model.objects.filter(pk=key).update(**change)


# ── Letting go ───────────────────────────────────────────────────────────────────────────────────


def test_of_an_erased_person_only_the_cost_stays(ewa, amal, hanna) -> None:
    need_of(ewa, amal)
    present(ewa, coming(ewa, amal, hanna))

    erase_person(ewa, person=amal, today=TODAY, now=NOON)

    assert (InterpreterNeed.objects.count(), Booking.objects.count()) == (0, 0)
    cost = Cost.objects.get()
    assert (cost.booking_id, cost.interpreter_id, cost.cents) == (None, hanna.pk, 60_00)


def tidy(ewa, day):
    run_retention(job_actor(JOB, ewa.organisation), as_of=day)


def test_bookings_go_after_two_years_and_costs_after_six(ewa, amal, hanna) -> None:
    present(ewa, coming(ewa, amal, hanna))
    over = date(2026, 11, 5)

    kept = []
    for days in (729, 730, 6 * 366 - 1, 6 * 366):
        tidy(ewa, over + timedelta(days=days))
        kept.append((Booking.objects.count(), Cost.objects.count()))

    assert kept == [(1, 1), (0, 1), (0, 1), (0, 0)]


def test_an_interpreter_who_left_is_forgotten_with_the_key_and_not_while_booked(
    ewa, amal, hanna
) -> None:
    row = coming(ewa, amal, hanna)
    commands.note_left(ewa, interpreter=hanna, today=TODAY)
    tidy(ewa, TODAY + timedelta(days=730))
    while_booked = Interpreter.objects.count()
    with permit.lifted():
        Booking.objects.filter(pk=row.pk).delete()

    tidy(ewa, TODAY + timedelta(days=730))

    assert (while_booked, Interpreter.objects.count(), Acceptance.objects.count()) == (1, 0, 0)
    with scope.entered(), scope.entered(ewa.organisation_id):
        assert vault.key(hanna.pk, "identity") is None


def test_states_of_this_room_are_all_used(ewa, amal, hanna) -> None:
    row = asked(ewa, amal, hanna)

    commands.note_answer(ewa, booking=row, comes=False, today=TODAY)

    assert Booking.objects.get().state == BookingState.DECLINED.value
