"""Pages of interpreters, as coordinator, mentor and participant open them; lines of Today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.interpreters import queries, wiring
from kith.interpreters.models import (
    Acceptance,
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
)
from kith.interpreters.tests.factories import (
    AcceptanceFactory,
    BookingFactory,
    CostFactory,
    InterpreterFactory,
    InterpreterNeedFactory,
    SpokenFactory,
)
from kith.people.tests.factories import PersonFactory
from kith.progress import permissions as progress_permissions

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def me(ewa):
    return MembershipFactory(organisation=ewa.organisation, participant=True)


@pytest.fixture
def amal(ewa, me):
    return PersonFactory(
        organisation=ewa.organisation, is_participant=True, user=me.user, name="Amal Haddad"
    )


@pytest.fixture
def jan(ewa, amal, monkeypatch):
    """The mentor who accompanies Amal."""
    from django.db.models import Q

    member = MembershipFactory(organisation=ewa.organisation, mentor=True)
    reach = [lambda actor: Q(pk=amal.pk) if actor.user_id == member.user_id else Q(pk__in=[])]
    monkeypatch.setattr(progress_permissions, "_sources", reach)
    return member


@pytest.fixture
def hanna(ewa):
    with scope.entered(ewa.organisation_id):
        row = InterpreterFactory(organisation=ewa.organisation, name="Hanna Lis", phone="+48 1")
        for language in ("ar", "pl"):
            SpokenFactory(interpreter=row, language=language)
        AcceptanceFactory(interpreter=row)
    return row


@pytest.fixture
def booking(ewa, amal, hanna):
    with scope.entered(ewa.organisation_id):
        return BookingFactory(
            organisation=ewa.organisation,
            person=amal,
            interpreter=hanna,
            place="Wodna 8",
            starts_at=clock.now() + timedelta(days=2),
        )


@pytest.fixture
def staff(client, ewa):
    return sign_in(client, ewa)


def url(name: str, *args: object) -> str:
    return reverse(f"interpreters:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def rows(ewa, model):
    with scope.entered(ewa.organisation_id):
        return list(model.objects.order_by("id"))


def changed(ewa, row, **fields) -> None:
    with scope.entered(ewa.organisation_id), permit.lifted():
        type(row).objects.filter(pk=row.pk).update(**fields)


TYPED = {
    "name": "Hanna Lis",
    "spoken-language": ["ar", "pl"],
    "spoken-level": ["first", "certified"],
    "ways": ["in_person", "phone"],
    "region": "Poznań",
    "pay": "paid",
    "rate": "85.50",
    "currency": "pln",
}


# ── The register ─────────────────────────────────────────────────────────────────────────────────


def test_who_is_added_goes_on_to_the_promise(staff, ewa) -> None:
    answer = staff.post(url("new"), TYPED)

    row = rows(ewa, Interpreter)[0]
    with scope.entered(ewa.organisation_id):
        spoken = [(one.language, one.level) for one in queries.spoken_by(row)]
    assert answer.url == url("accept", row.pk)
    assert (row.rate_cents, row.currency, spoken) == (
        85_50,
        "PLN",
        [("ar", "first"), ("pl", "certified")],
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"currency": ""}, "currency"),
        ({"currency": "zł"}, "currency"),
        ({"rate": "-1"}, "rate"),
        ({"ways": []}, "ways"),
        ({"spoken-language": ["ar"], "spoken-level": ["first"]}, "spoken"),
        ({"spoken-language": [], "spoken-level": []}, "spoken"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    staff, ewa, change, field
) -> None:
    answer = staff.post(url("new"), {**TYPED, **change})

    assert list(answer.context["form"].errors) == [field]
    assert 'value="Poznań"' in text_of(answer)
    assert rows(ewa, Interpreter) == []


def test_a_change_begins_with_what_is_there(staff, hanna) -> None:
    form = staff.get(url("edit", hanna.pk)).context["form"]

    assert form.initial["rate"] == "60.00"
    assert [one.language for one in form.initial["spoken"]] == ["ar", "pl"]


def test_the_promise_is_read_in_the_language_asked_for_and_signed(staff, ewa) -> None:
    with scope.entered(ewa.organisation_id):
        row = InterpreterFactory(organisation=ewa.organisation)
    page = text_of(staff.get(url("accept", row.pk), {"language": "ar"}))
    assert 'lang="ar" dir="rtl"' in page
    assert "لا أقدّم نصيحة" in page

    empty = staff.post(url("accept", row.pk), {"language": "ar", "signed_name": ""})
    staff.post(url("accept", row.pk), {"language": "ar", "signed_name": "حنا"})
    again = staff.post(url("accept", row.pk), {"language": "ar", "signed_name": "حنا"})

    with scope.entered(ewa.organisation_id):
        kept = [(one.language, one.signed_name) for one in Acceptance.objects.all()]
    assert list(empty.context["form"].errors) == ["signed_name"]
    assert kept == [("ar", "حنا")]
    assert "This text was accepted already." in text_of(again)


def test_the_register_filters_and_says_whose_promise_is_missing(staff, ewa, hanna) -> None:
    with scope.entered(ewa.organisation_id):
        other = InterpreterFactory(organisation=ewa.organisation, name="Oleh", ways=["phone"])
        SpokenFactory(interpreter=other, language="uk")

    def names(**asked) -> list[str]:
        return [line["title"] for line in staff.get(url("start"), asked).context["lines"]]

    assert (names(), names(language="ar"), names(way="in_person"), names(language="fa")) == (
        ["Hanna Lis", "Oleh"],
        ["Hanna Lis"],
        ["Hanna Lis"],
        [],
    )
    assert text_of(staff.get(url("start"))).count("Confidentiality not accepted yet") == 1


def test_an_empty_register_says_what_to_do(staff) -> None:
    page = text_of(staff.get(url("start")))

    assert "Nobody is here yet" in page
    assert url("new") in page


def test_who_left_stands_apart_and_comes_back(staff, ewa, hanna) -> None:
    staff.post(url("left", hanna.pk))
    gone = staff.get(url("start")).context
    staff.post(url("left", hanna.pk))
    back = staff.get(url("start")).context

    assert ([one["title"] for one in gone["gone"]], gone["lines"]) == (["Hanna Lis"], [])
    assert ([one["title"] for one in back["lines"]], back["gone"]) == (["Hanna Lis"], [])


def test_the_register_takes_the_same_queries_for_one_and_for_three(staff, ewa, hanna) -> None:
    staff.get(url("start"))
    with CaptureQueriesContext(connection) as one:
        staff.get(url("start"))
    with scope.entered(ewa.organisation_id):
        for _each in range(2):
            SpokenFactory(interpreter=InterpreterFactory(organisation=ewa.organisation))

    with CaptureQueriesContext(connection) as three:
        page = staff.get(url("start"))

    assert (len(page.context["lines"]), len(one)) == (3, len(three))


@pytest.mark.parametrize("name", ["start", "new"])
@pytest.mark.parametrize("who", ["mentor", "participant"])
def test_the_register_is_for_coordinators(client, ewa, name, who) -> None:
    member = MembershipFactory(organisation=ewa.organisation, roles=[who])

    assert sign_in(client, member).get(url(name)).status_code == 404


# ── Needs and bookings ───────────────────────────────────────────────────────────────────────────


def test_from_a_need_to_a_booking_to_presence_on_pages(staff, ewa, amal, hanna) -> None:
    staff.post(url("need", amal.pk), {"language": "ar", "into": "pl", "ways": ["in_person"]})
    need = rows(ewa, InterpreterNeed)[0]
    section = text_of(staff.get(url("person", amal.pk)))
    assert url("book", need.pk) in section
    today = clock.today()
    typed = {
        "interpreter": str(hanna.pk),
        "subject": "meeting",
        "way": "in_person",
        "day": today + timedelta(days=1),
        "time": "15:00",
        "minutes": "60",
        "place": "Wodna 8",
    }

    made = staff.post(url("book", need.pk), typed)
    row = rows(ewa, Booking)[0]
    assert made.url == url("booking", row.pk)
    staff.post(url("answer", row.pk), {"answer": "yes"})
    assert "Minutes the interpreter was present" not in text_of(staff.get(made.url))
    changed(ewa, row, starts_at=clock.now() - timedelta(minutes=5))
    assert "Minutes the interpreter was present" in text_of(staff.get(made.url))
    staff.post(made.url, {"minutes": "45"})

    cost = rows(ewa, Cost)[0]
    assert (rows(ewa, Booking)[0].state, cost.minutes, cost.cents) == ("done", 45, 45_00)


def test_a_booking_without_a_promise_is_refused_on_the_form(staff, ewa, amal, hanna) -> None:
    with scope.entered(ewa.organisation_id), permit.lifted():
        need = InterpreterNeedFactory(organisation=ewa.organisation, person=amal)
        Acceptance.objects.all().delete()
    typed = {
        "interpreter": str(hanna.pk),
        "subject": "meeting",
        "way": "in_person",
        "day": clock.today() + timedelta(days=1),
        "time": "15:00",
        "minutes": "60",
        "place": "Wodna 8",
    }

    answer = staff.post(url("book", need.pk), typed)

    assert "has not accepted the text on confidentiality yet" in text_of(answer)
    assert 'value="Wodna 8"' in text_of(answer)
    assert rows(ewa, Booking) == []


def test_a_pair_of_languages_nobody_speaks_leads_to_the_register(staff, ewa, amal) -> None:
    with scope.entered(ewa.organisation_id):
        need = InterpreterNeedFactory(organisation=ewa.organisation, person=amal)

    page = text_of(staff.get(url("book", need.pk)))

    assert "Nobody in the register speaks both languages" in page
    assert url("new") in page


def test_a_need_that_ended_stands_no_longer_in_the_section(staff, ewa, amal) -> None:
    with scope.entered(ewa.organisation_id):
        need = InterpreterNeedFactory(organisation=ewa.organisation, person=amal)

    staff.post(url("end_need", need.pk))

    assert "Nobody is needed to interpret." in text_of(staff.get(url("person", amal.pk)))


def test_a_list_of_bookings_filters_and_follows_part_by_part(
    staff, ewa, booking, monkeypatch
) -> None:
    monkeypatch.setattr(queries, "AT_ONCE", 1)
    with scope.entered(ewa.organisation_id):
        for days, state in ((3, "accepted"), (4, "declined")):
            other = BookingFactory(
                organisation=ewa.organisation,
                person__organisation=ewa.organisation,
                person__name=f"Olena {state}",
                starts_at=clock.now() + timedelta(days=days),
            )
            over = clock.today() if state == "declined" else None
            with permit.lifted():
                Booking.objects.filter(pk=other.pk).update(state=state, closed_on=over)

    first = staff.get(url("bookings"))
    second = staff.get(first.context["next_url"])

    def names(answer) -> list[str]:
        return [line["title"] for line in answer.context["lines"]]

    assert (names(first), names(second)) == (["Olena accepted"], ["Amal Haddad"])
    assert second.context["next_url"] == ""
    assert names(staff.get(url("bookings"), {"show": "unanswered"})) == ["Amal Haddad"]
    assert names(staff.get(url("bookings"), {"show": "over"})) == ["Olena declined"]


def test_a_mentor_sees_and_notes_what_concerns_own_people(client, ewa, jan, amal, booking) -> None:
    with scope.entered(ewa.organisation_id):
        other = BookingFactory(organisation=ewa.organisation, person__organisation=ewa.organisation)
    changed(ewa, booking, state="accepted", starts_at=clock.now() - timedelta(minutes=1))
    mentor = sign_in(client, jan)
    page = text_of(mentor.get(url("booking", booking.pk)))

    assert "Hanna Lis" in text_of(mentor.get(url("person", amal.pk)))
    assert "tel:" not in page
    assert url("call_off", booking.pk) not in page
    assert mentor.get(url("booking", other.pk)).status_code == 404
    mentor.post(url("booking", booking.pk), {"minutes": "60"})
    assert rows(ewa, Booking)[0].state == "done"


def test_a_participant_reads_who_comes_in_arabic_too(client, ewa, me, amal, booking) -> None:
    changed(ewa, booking, state="accepted")
    own = sign_in(client, me)
    english = text_of(own.get(url("booking", booking.pk)))
    own.cookies["kith_language"] = "ar"
    arabic = text_of(own.get(url("booking", booking.pk)))

    assert "Hanna Lis interprets for you" in english
    assert "tel:" not in english
    assert "يترجم لك Hanna Lis" in arabic
    assert "interprets for you" not in arabic
    assert own.post(url("call_off", booking.pk)).status_code == 404


def test_another_organisation_opens_nothing(client, hanna, booking) -> None:
    stranger = sign_in(client, MembershipFactory())

    for name, row in (("interpreter", hanna), ("booking", booking)):
        assert stranger.get(url(name, row.pk)).status_code == 404
    assert stranger.get(url("person", booking.person_id)).status_code == 404


# ── Costs ────────────────────────────────────────────────────────────────────────────────────────


def test_a_month_shows_its_costs_and_saves_them(staff, ewa, hanna) -> None:
    with scope.entered(ewa.organisation_id):
        inside = CostFactory(interpreter=hanna, on=date(2026, 10, 5))
        CostFactory(interpreter=hanna, on=date(2026, 9, 30))

    page = staff.get(url("month", "2026-10"))
    saved = staff.post(url("save_month", "2026-10"))

    assert [line["on"] for line in page.context["lines"]] == [inside.on]
    assert "Bookings: 1, hours: 1:00, 60.00 PLN" in text_of(page)
    assert saved.headers["Content-Disposition"] == (
        'attachment; filename="interpreters-2026-10.csv"'
    )
    assert text_of(saved).startswith("\ufeffday,from,into")
    assert text_of(saved).count("\r\n") == 2
    assert page.context["before_url"] == url("month", "2026-09")


@pytest.mark.parametrize("month", ["2026-13", "x", "2026"])
def test_a_month_that_is_none_is_not_found(staff, month) -> None:
    assert staff.get(url("month", month)).status_code == 404


def test_a_cost_is_corrected_on_its_page(staff, ewa, hanna) -> None:
    with scope.entered(ewa.organisation_id):
        cost = CostFactory(interpreter=hanna, on=date(2026, 10, 5))
    wrong = staff.post(url("cost", cost.pk), {"amount": "12.345", "currency": "PLN"})
    bare = staff.post(url("cost", cost.pk), {"amount": "12.30", "currency": ""})

    right = staff.post(
        url("cost", cost.pk), {"amount": "72.30", "currency": "pln", "paid_on": "2026-10-20"}
    )

    row = rows(ewa, Cost)[0]
    assert (list(wrong.context["form"].errors), list(bare.context["form"].errors)) == (
        ["amount"],
        ["currency"],
    )
    assert right.url == url("month", "2026-10")
    assert (row.cents, row.currency, row.paid_on) == (72_30, "PLN", date(2026, 10, 20))


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def lines(source, member, day) -> list[str]:
    with scope.entered(member.organisation_id):
        said = [str(line.what) for line in source(actor_of(member), day)]
    return [one.replace("\u2068", "").replace("\u2069", "") for one in said]


def test_a_need_without_a_booking_is_a_line_until_somebody_is_asked(
    ewa, amal, hanna, time_machine
) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC))
    with scope.entered(ewa.organisation_id):
        InterpreterNeedFactory(organisation=ewa.organisation, person=amal)
    before = lines(wiring._to_book, ewa, date(2026, 11, 2))
    with scope.entered(ewa.organisation_id):
        BookingFactory(organisation=ewa.organisation, person=amal, interpreter=hanna)

    after = lines(wiring._to_book, ewa, date(2026, 11, 2))

    assert before == ["Book an interpreter for Amal Haddad: Arabic and Polish"]
    assert after == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 3), []),
        (date(2026, 11, 4), ["Ask Hanna Lis whether they come to Amal Haddad"]),
    ],
)
def test_a_missing_answer_is_asked_for_from_its_day_on(
    ewa, amal, hanna, time_machine, day, expected
) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC))
    with scope.entered(ewa.organisation_id):
        BookingFactory(organisation=ewa.organisation, person=amal, interpreter=hanna)

    assert lines(wiring._to_book, ewa, day) == expected


@pytest.mark.parametrize(("hour", "expected"), [(14, 0), (16, 1)])
def test_a_booking_of_which_nothing_was_noted_is_a_line_a_day_later(
    ewa, booking, time_machine, hour, expected
) -> None:
    changed(ewa, booking, state="accepted", starts_at=datetime(2026, 11, 5, 15, tzinfo=UTC))
    time_machine.move_to(datetime(2026, 11, 6, hour, tzinfo=UTC))

    found = lines(wiring._to_book, ewa, date(2026, 11, 6))

    assert found == ["Note whether Hanna Lis was there for Amal Haddad"] * expected


def test_a_participant_is_told_who_comes_and_nobody_else_is(ewa, me, booking) -> None:
    asked = lines(wiring._coming, me, clock.today())
    changed(ewa, booking, state="accepted")

    assert (
        asked,
        lines(wiring._coming, me, clock.today()),
        lines(wiring._coming, ewa, clock.today()),
    ) == (
        [],
        ["Hanna Lis interprets for you"],
        [],
    )
