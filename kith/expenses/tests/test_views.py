"""Pages of expenses, as mentors and coordinators open them; lines of Today and the bell."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.base import clock, permit, scope
from kith.base.tests.pictures import jpeg
from kith.expenses import wiring
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.expenses.tests.factories import (
    ClaimFactory,
    ExpenseFactory,
    ExpensePlanFactory,
    mentor_with_place,
)
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentoring.tests.factories import MatchFactory, MeetingFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.reminders.models import Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ExpensePlanFactory()
    with scope.entered(plan.organisation_id):
        yield plan


@pytest.fixture
def marta(plan):
    return mentor_with_place(plan)


@pytest.fixture
def mentor(marta):
    return sign_in(Client(), marta[1])


@pytest.fixture
def ewa(plan):
    return MembershipFactory(organisation=plan.organisation)


@pytest.fixture
def coordinator(ewa):
    return sign_in(Client(), ewa)


def address(name, *keys):
    return reverse(f"expenses:{name}", args=keys)


def typed(**fields):
    day = timezone.localdate().isoformat()
    return {"on": day, "kind": "Tickets", "cents": "4,40", "reason": "", "note": "", **fields}


def text_of(answer):
    return answer.content.decode()


def sent_claim(plan, person, *, cents=4_40, **fields):
    today = timezone.localdate()
    claim = ClaimFactory(
        programme=plan.programme, person=person, sent=True, sent_on=today, cents=cents, **fields
    )
    ExpenseFactory(claim=claim, cents=cents, on=today)
    return claim


def test_a_mentor_notes_an_expense_with_a_picture_and_sends_it(plan, mentor) -> None:
    assert mentor.get(address("new")).url == address("new_in", plan.pk)
    picture = SimpleUploadedFile("IMG.jpg", jpeg(), "image/jpeg")

    noted = mentor.post(address("new_in", plan.pk), typed(receipt=picture))
    claim = Claim.objects.get()
    page = mentor.get(noted.url)
    mentor.post(address("send", claim.pk))

    assert "Send it to the coordinator" in text_of(page)
    receipt = mentor.get(address("receipt", claim.pk, Expense.objects.get().pk))
    assert receipt.headers["Content-Type"] == "image/jpeg"
    assert receipt.headers["Cache-Control"] == "private, no-store"
    claim.refresh_from_db()
    assert (claim.state, claim.cents) == ("sent", 4_40)


def test_what_was_typed_stays_and_the_receipt_is_asked_for_again(plan, mentor) -> None:
    picture = SimpleUploadedFile("IMG.jpg", jpeg(), "image/jpeg")

    answer = mentor.post(
        address("new_in", plan.pk), typed(cents="much", note="Day ticket", receipt=picture)
    )

    assert answer.status_code == 422
    assert 'value="Day ticket"' in text_of(answer)
    assert "Write an amount such as 120 or 12,50." in text_of(answer)
    assert "Please choose the receipt once more." in text_of(answer)
    assert list(Claim.objects.all()) == []


def test_a_meeting_of_ones_own_can_be_chosen(plan, marta, mentor) -> None:
    today = timezone.localdate()
    match = MatchFactory(programme=plan.programme, mentor=marta[0])
    own = MeetingFactory(match=match, held_on=today - timedelta(days=2))
    foreign = MeetingFactory(
        match=MatchFactory(programme=plan.programme), held_on=today - timedelta(days=2)
    )

    wrong = mentor.post(address("new_in", plan.pk), typed(reason=f"m-{foreign.pk}"))
    mentor.post(address("new_in", plan.pk), typed(reason=f"m-{own.pk}"))

    assert wrong.status_code == 422
    assert [row.meeting for row in Expense.objects.select_related("meeting")] == [own]


def test_a_programme_is_chosen_where_there_are_two(plan, marta, mentor) -> None:
    other = ExpensePlanFactory(
        programme=ProgrammeFactory(organisation=plan.organisation, name="Tandem")
    )
    EnrolmentFactory(programme=other.programme, person=marta[0], side="mentor")

    page = text_of(mentor.get(address("new")))

    assert address("new_in", plan.pk) in page
    assert address("new_in", other.pk) in page


def test_the_limit_is_said_to_both_and_stops_nobody(plan, marta, mentor, coordinator) -> None:
    claim = sent_claim(plan, marta[0], cents=50_01)
    url = address("claim", claim.pk)

    with permit.lifted():
        Claim.objects.update(state="draft")
    assert "You can send it all the same" in text_of(mentor.get(url))
    mentor.post(address("send", claim.pk))
    assert "You can send it all the same" not in text_of(mentor.get(url))
    assert "To agree, write why." in text_of(coordinator.get(url))
    decision = {"decision": "agree", "word": "", "sending": "2"}
    refused = coordinator.post(address("decide", claim.pk), decision)
    coordinator.post(address("decide", claim.pk), {**decision, "word": "A long way"})

    assert refused.status_code == 422
    assert "Write why you agree all the same." in text_of(refused)
    assert "A long way" in text_of(mentor.get(url))


def test_a_claim_exactly_at_the_limit_says_nothing(plan, marta, mentor) -> None:
    claim = sent_claim(plan, marta[0], cents=50_00)
    with permit.lifted():
        Claim.objects.update(state="draft")

    assert "are planned for a month" not in text_of(mentor.get(address("claim", claim.pk)))


def test_a_coordinator_agrees_and_pays(plan, marta, mentor, coordinator) -> None:
    claim = sent_claim(plan, marta[0])
    day = timezone.localdate()

    coordinator.post(address("decide", claim.pk), {"decision": "agree", "word": "", "sending": "1"})
    assert "Agreed, not paid yet" in text_of(mentor.get(address("mine")))
    coordinator.post(address("paid", claim.pk), {"paid_on": day.isoformat()})

    assert "Paid back" in text_of(mentor.get(address("mine")))


def test_a_draft_is_for_its_mentor_alone(plan, marta, mentor, coordinator) -> None:
    claim = ClaimFactory(programme=plan.programme, person=marta[0])
    expense = ExpenseFactory(claim=claim)

    assert mentor.get(address("claim", claim.pk)).status_code == 200
    for name, keys in (("claim", [claim.pk]), ("receipt", [claim.pk, expense.pk])):
        assert coordinator.get(address(name, *keys)).status_code == 404


def test_another_mentor_opens_nothing(plan, marta) -> None:
    claim = sent_claim(plan, marta[0])
    expense = Expense.objects.get()
    stranger = sign_in(Client(), mentor_with_place(plan)[1])

    for name, keys in (
        ("claim", [claim.pk]),
        ("change", [claim.pk, expense.pk]),
        ("receipt", [claim.pk, expense.pk]),
    ):
        assert stranger.get(address(name, *keys)).status_code == 404
    assert stranger.post(address("withdraw", claim.pk)).status_code == 404


def test_what_a_mentor_sent_is_corrected_by_going_back(plan, marta, mentor) -> None:
    claim = sent_claim(plan, marta[0])
    expense = Expense.objects.get()
    url = address("change", claim.pk, expense.pk)

    refused = mentor.post(url, typed(cents="5"))
    mentor.post(address("correct", claim.pk))
    mentor.post(url, typed(cents="5"))
    mentor.post(address("send", claim.pk))

    assert "moved on meanwhile" in text_of(refused)
    claim.refresh_from_db()
    assert (claim.state, claim.cents, claim.sending) == ("sent", 5_00, 2)


def test_the_list_asks_as_little_for_three_claims_as_for_one(plan, marta, coordinator) -> None:
    sent_claim(plan, marta[0])
    coordinator.get(address("start"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        coordinator.get(address("start"))
    for _count in range(2):
        sent_claim(plan, marta[0])
    with CaptureQueriesContext(connection) as three:
        page = coordinator.get(address("start"))

    assert text_of(page).count("Sent, nobody has looked at it yet</span>") >= 3
    assert len(three) == len(one)


@pytest.mark.parametrize(("kind", "mark"), [("csv", b"\xef\xbb\xbfwho,day,"), ("xlsx", b"PK")])
def test_the_books_are_saved_as_a_file(plan, marta, coordinator, ewa, kind, mark) -> None:
    today = timezone.localdate()
    claim = ClaimFactory(
        programme=plan.programme, person=marta[0], agreed=True, decided_on=today, decided_by=ewa
    )
    ExpenseFactory(claim=claim)
    span = {"first": today.isoformat(), "last": today.isoformat()}

    page = text_of(coordinator.get(address("book"), span))
    saved = coordinator.post(address("save_book"), {**span, "kind": kind})

    assert "1 expense" in page
    assert saved.content.startswith(mark)
    assert f'expenses-{today}-{today}.{kind}"' in saved.headers["Content-Disposition"]


def test_days_the_wrong_way_round_are_said(coordinator) -> None:
    page = coordinator.get(address("book"), {"first": "2026-11-02", "last": "2026-11-01"})

    assert "Choose a day after the first one." in text_of(page)


def test_a_programme_is_set_up(plan, coordinator) -> None:
    url = address("plan", plan.programme_id)
    terms = {
        "is_open": "on",
        "kinds": "Bus\n\nBus\nCinema",
        "currency": "eur",
        "limit": "30",
        "within_days": "45",
        "keep_years": "6",
    }

    wrong = coordinator.post(url, {**terms, "kinds": " \n", "within_days": "3"})
    coordinator.post(url, terms)

    assert wrong.status_code == 422
    row = ExpensePlan.objects.get()
    assert (row.kinds, row.currency, row.limit_cents) == (["Bus", "Cinema"], "EUR", 30_00)
    section = text_of(coordinator.get(address("of_programme", plan.programme_id)))
    assert "At most €30.00 for one mentor in one month." in section


def test_mentors_do_not_set_what_is_paid_back(plan, mentor) -> None:
    for name in ("plan", "of_programme"):
        assert mentor.get(address(name, plan.programme_id)).status_code == 404
    for name in ("start", "book"):
        assert mentor.get(address(name)).status_code == 404


def test_where_nothing_is_paid_back_there_is_no_entry_and_a_sentence(plan, marta, mentor) -> None:
    assert wiring.has_somewhere_to_claim(actor_of(marta[1]))
    with permit.lifted():
        ExpensePlan.objects.update(is_open=False)

    assert not wiring.has_somewhere_to_claim(actor_of(marta[1]))
    assert "Your programme pays nothing back here" in text_of(mentor.get(address("mine")))
    ClaimFactory(programme=plan.programme, person=marta[0])
    assert wiring.has_somewhere_to_claim(actor_of(marta[1]))


# ── Today and the bell ───────────────────────────────────────────────────────────────────────────


def test_a_claim_that_waits_is_a_line_until_somebody_decides(plan, marta, ewa, coordinator) -> None:
    claim, today = sent_claim(plan, marta[0]), clock.today()

    (line,) = wiring.to_look_at(actor_of(ewa), today)
    coordinator.post(address("decide", claim.pk), {"decision": "agree", "word": "", "sending": "1"})

    assert line.url == address("claim", claim.pk)
    assert list(wiring.to_look_at(actor_of(ewa), today)) == []
    (pay,) = wiring.to_pay(actor_of(ewa), today)
    assert pay.what == "1 claim is to be paid"
    assert list(wiring.to_look_at(actor_of(marta[1]), today)) == []


def test_a_question_is_a_line_of_the_mentor_and_rings_the_bell(plan, marta, coordinator) -> None:
    claim, today = sent_claim(plan, marta[0]), clock.today()
    me = actor_of(marta[1])
    assert list(wiring.to_answer(me, today)) == []

    question = {"decision": "back", "word": "Which day?", "sending": "1"}
    coordinator.post(address("decide", claim.pk), question)

    (line,) = wiring.to_answer(me, today)
    assert line.url == address("claim", claim.pk)
    (row,) = Reminder.objects.filter(kind="expenses.news")
    assert (row.subject, row.member_id) == (claim.pk, marta[1].pk)
    (told,) = wiring._told(me, [claim.pk]).values()
    assert "Sent back with a question" in str(told)
