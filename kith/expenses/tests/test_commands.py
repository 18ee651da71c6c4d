"""Acts of this room: noting, sending, deciding, paying, letting go."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kith.base import files, permit, scope, vault
from kith.base.attachments import MOST_BYTES
from kith.base.errors import Denied
from kith.base.files import FileKindRefused, FileTooLarge
from kith.base.models import StoredFile
from kith.base.tests.pictures import PLACE, jpeg
from kith.expenses import commands
from kith.expenses.commands import Terms, Wanted
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.expenses.queries import claims as queries
from kith.expenses.tests.factories import (
    TODAY,
    ClaimFactory,
    ExpenseFactory,
    ExpensePlanFactory,
    mentor_with_place,
)
from kith.expenses.wiring import categories
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.mentoring.tests.factories import MatchFactory, MeetingFactory
from kith.programmes.tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
TICKET = Wanted(on=date(2026, 11, 20), kind="Tickets", cents=4_40)


@pytest.fixture
def plan():
    plan = ExpensePlanFactory()
    with scope.entered(plan.organisation_id):
        yield plan


@pytest.fixture
def marta(plan):
    return mentor_with_place(plan)


@pytest.fixture
def me(marta):
    return actor_of(marta[1])


@pytest.fixture
def ewa(plan):
    return actor_of(MembershipFactory(organisation=plan.organisation))


@pytest.fixture
def claim(plan, me):
    return commands.begin_claim(me, plan=plan, wanted=TICKET, today=TODAY)


@pytest.fixture
def sent(me, claim):
    return commands.send_claim(me, claim=claim, today=TODAY)


def fresh(claim):
    return Claim.objects.get(pk=claim.pk)


# ── Noting ───────────────────────────────────────────────────────────────────────────────────────


def test_expenses_gather_in_one_claim_until_it_is_sent(plan, me, claim) -> None:
    again = commands.begin_claim(me, plan=plan, wanted=TICKET, today=TODAY)
    commands.send_claim(me, claim=again, today=TODAY)
    other = commands.begin_claim(me, plan=plan, wanted=TICKET, today=TODAY)

    assert again.pk == claim.pk
    assert other.pk != claim.pk
    assert (fresh(claim).cents, fresh(other).cents) == (8_80, 4_40)


def test_a_receipt_is_kept_without_what_a_phone_wrote_into_it(plan, me) -> None:
    picture = jpeg()
    wanted = replace(TICKET, receipt=(picture, files.JPEG, "IMG_20261120.jpg"))

    claim = commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)

    row = Expense.objects.get(claim=claim)
    assert PLACE in picture
    assert PLACE not in (files.content_of(row.receipt) or b"")
    assert (row.receipt.name, row.receipt.subject_id) == ("", claim.pk)


def test_a_receipt_is_a_picture_or_a_paper_and_not_too_large(plan, me) -> None:
    for receipt, refusal in (
        ((b"Bilet", files.TEXT, "a.txt"), FileKindRefused),
        ((b"%PDF-" + b"0" * MOST_BYTES, files.PDF, "a.pdf"), FileTooLarge),
    ):
        wanted = replace(TICKET, receipt=receipt)
        with pytest.raises(refusal):
            commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)

    assert list(Claim.objects.all()) == []


def test_a_new_receipt_takes_the_place_of_the_old_one(plan, me, claim) -> None:
    row = Expense.objects.get(claim=claim)
    with_paper = replace(TICKET, receipt=(b"%PDF-1.7 Bilet", files.PDF, "bilet.pdf"))
    with_picture = replace(TICKET, receipt=(jpeg(), files.JPEG, "IMG.jpg"))

    for wanted in (with_paper, with_picture, replace(TICKET, cents=5_00)):
        commands.change_expense(me, claim=claim, expense=row, wanted=wanted, today=TODAY)

    kept = StoredFile.objects.get()
    assert kept.kind == files.JPEG
    assert Expense.objects.get().receipt_id == kept.pk
    without = replace(TICKET, without_receipt=True)
    commands.change_expense(me, claim=claim, expense=row, wanted=without, today=TODAY)
    assert list(StoredFile.objects.all()) == []


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (replace(TICKET, on=TODAY + timedelta(days=1)), commands.DayInFuture),
        (replace(TICKET, on=TODAY - timedelta(days=61)), commands.TooLate),
        (replace(TICKET, kind="Hotel"), commands.UnknownKind),
    ],
)
def test_what_the_programme_does_not_take_is_refused(plan, me, wanted, refusal) -> None:
    with pytest.raises(refusal):
        commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)


def test_the_last_day_of_the_span_is_taken(plan, me) -> None:
    wanted = replace(TICKET, on=TODAY - timedelta(days=60))

    claim = commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)

    assert Expense.objects.get(claim=claim).on == wanted.on


def test_a_meeting_of_others_cannot_be_named(plan, marta, me) -> None:
    own = MeetingFactory(match=MatchFactory(programme=plan.programme, mentor=marta[0]))
    foreign = MeetingFactory(match=MatchFactory(programme=plan.programme))

    with pytest.raises(Denied):
        commands.begin_claim(me, plan=plan, wanted=replace(TICKET, meeting=foreign), today=TODAY)
    commands.begin_claim(me, plan=plan, wanted=replace(TICKET, meeting=own), today=TODAY)

    assert [row.meeting for row in Expense.objects.all()] == [own]


def test_only_mentors_with_a_place_claim_and_only_while_it_is_open(plan, me) -> None:
    other = ExpensePlanFactory(programme=ProgrammeFactory(organisation=plan.organisation))
    with pytest.raises(commands.NotOpenHere):
        commands.begin_claim(me, plan=other, wanted=TICKET, today=TODAY)
    with permit.lifted():
        ExpensePlan.objects.update(is_open=False)

    with pytest.raises(commands.NotOpenHere):
        commands.begin_claim(me, plan=plan, wanted=TICKET, today=TODAY)


def test_a_claim_is_of_its_mentor_alone(plan, claim) -> None:
    _person, stranger = mentor_with_place(plan)

    for act in (commands.send_claim, commands.withdraw_claim):
        with pytest.raises(Denied):
            act(actor_of(stranger), claim=claim, today=TODAY)
    with pytest.raises(Denied):
        commands.add_expense(actor_of(stranger), claim=claim, wanted=TICKET, today=TODAY)

    assert fresh(claim).state == "draft"


# ── Sending, correcting, withdrawing ─────────────────────────────────────────────────────────────


def test_a_sent_claim_keeps_the_name_and_cannot_be_changed(me, marta, sent) -> None:
    assert (sent.name, sent.sending, sent.sent_on) == (marta[0].name, 1, TODAY)
    with pytest.raises(commands.ClaimMovedOn):
        commands.add_expense(me, claim=sent, wanted=TICKET, today=TODAY)


def test_an_empty_claim_is_not_sent(me, claim) -> None:
    row = Expense.objects.get(claim=claim)
    commands.remove_expense(me, claim=claim, expense=row, today=TODAY)

    with pytest.raises(commands.NothingToSend):
        commands.send_claim(me, claim=claim, today=TODAY)


def test_a_claim_that_was_sent_in_time_may_go_to_and_fro_longer(plan, me, claim) -> None:
    last, late = TODAY + timedelta(days=57), TODAY + timedelta(days=58)
    with pytest.raises(commands.TooLate):
        commands.send_claim(me, claim=claim, today=late)
    commands.send_claim(me, claim=claim, today=last)

    commands.correct_claim(me, claim=claim, today=late)
    commands.send_claim(me, claim=claim, today=late)

    assert (fresh(claim).state, fresh(claim).sent_on, fresh(claim).sending) == ("sent", last, 2)


def test_what_was_never_sent_is_thrown_away_with_its_receipts(plan, me) -> None:
    wanted = replace(TICKET, receipt=(jpeg(), files.JPEG, "IMG.jpg"))
    claim = commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)

    commands.withdraw_claim(me, claim=claim, today=TODAY)

    assert list(Claim.objects.all()) == list(StoredFile.objects.all()) == []


def test_what_was_sent_is_withdrawn_and_stays_to_be_seen(me, sent) -> None:
    commands.withdraw_claim(me, claim=sent, today=TODAY)

    assert fresh(sent).state == "withdrawn"


# ── Deciding and paying ──────────────────────────────────────────────────────────────────────────


def test_agreed_and_paid(ewa, sent) -> None:
    commands.agree(ewa, claim=sent, sending=1, word="", now=NOW)
    commands.note_paid(ewa, claim=sent, paid_on=TODAY, now=NOW)

    row = fresh(sent)
    assert (row.state, row.decided_on, row.paid_on) == ("paid", TODAY, TODAY)
    assert row.decided_by == row.paid_by == ewa.membership


def test_nobody_agrees_to_or_pays_their_own_claim(plan, marta, sent) -> None:
    both = marta[1]
    with permit.lifted():
        both.roles = ["coordinator", "mentor"]
        both.save()
    actor = actor_of(both)

    for act in (commands.agree, commands.ask_back, commands.refuse):
        with pytest.raises(Denied):
            act(actor, claim=sent, sending=1, word="Because", now=NOW)
    with permit.lifted():
        Claim.objects.update(
            state="agreed", decided_on=TODAY, decided_by=MembershipFactory(
                organisation=plan.organisation
            )
        )  # fmt: skip
    with pytest.raises(Denied):
        commands.note_paid(actor, claim=sent, paid_on=TODAY, now=NOW)

    assert list(queries.to_look_at(actor)) == []
    assert fresh(sent).state == "agreed"


def test_a_claim_that_was_corrected_meanwhile_is_not_decided_about(me, ewa, sent) -> None:
    commands.correct_claim(me, claim=sent, today=TODAY)
    commands.send_claim(me, claim=sent, today=TODAY)

    with pytest.raises(commands.SentAnew):
        commands.agree(ewa, claim=sent, sending=1, word="", now=NOW)


def test_a_question_and_a_no_need_words(ewa, sent) -> None:
    for act in (commands.ask_back, commands.refuse):
        with pytest.raises(commands.WordNeeded):
            act(ewa, claim=sent, sending=1, word="  ", now=NOW)

    commands.ask_back(ewa, claim=sent, sending=1, word="Which day was it?", now=NOW)

    assert (fresh(sent).state, fresh(sent).word) == ("back", "Which day was it?")


def test_what_came_back_is_corrected_and_sent_again(me, ewa, sent) -> None:
    commands.ask_back(ewa, claim=sent, sending=1, word="Which day was it?", now=NOW)

    commands.add_expense(me, claim=sent, wanted=TICKET, today=TODAY)
    commands.send_claim(me, claim=sent, today=TODAY)

    assert (fresh(sent).state, fresh(sent).cents) == ("sent", 8_80)


def test_more_than_the_limit_of_a_month_is_agreed_with_a_reason(plan, marta, ewa, sent) -> None:
    earlier = ClaimFactory(programme=plan.programme, person=marta[0], agreed=True)
    ExpenseFactory(claim=earlier, cents=45_60)
    commands.agree(ewa, claim=sent, sending=1, word="", now=NOW)
    more = ClaimFactory(programme=plan.programme, person=marta[0], sent=True)
    ExpenseFactory(claim=more, cents=1)

    with pytest.raises(commands.ReasonAboveLimit):
        commands.agree(ewa, claim=more, sending=1, word="", now=NOW)
    commands.agree(ewa, claim=more, sending=1, word="A long way", now=NOW)

    assert (fresh(more).state, fresh(more).word) == ("agreed", "A long way")


@pytest.mark.parametrize("days", [-1, 1])
def test_what_is_paid_was_paid_after_the_yes_and_by_today(ewa, sent, days) -> None:
    commands.agree(ewa, claim=sent, sending=1, word="", now=NOW)

    with pytest.raises(commands.PaidInFuture):
        commands.note_paid(ewa, claim=sent, paid_on=TODAY + timedelta(days=days), now=NOW)


# ── Settings, books, clocks ──────────────────────────────────────────────────────────────────────

TERMS = Terms(
    is_open=True, kinds=["Bus"], currency="EUR", limit_cents=None, within_days=30, keep_years=7
)


def test_a_programme_says_what_it_pays_back(plan, ewa, claim) -> None:
    commands.set_plan(ewa, programme=plan.programme, terms=TERMS)

    row = ExpensePlan.objects.get()
    assert (row.kinds, row.currency, row.limit_cents, row.keep_years) == (["Bus"], "EUR", None, 7)
    assert fresh(claim).currency == "PLN"


def test_there_is_no_money_of_three_odd_letters(plan, ewa) -> None:
    with pytest.raises(commands.NoSuchMoney):
        commands.set_plan(ewa, programme=plan.programme, terms=replace(TERMS, currency="QQQ"))


def test_the_books_name_who_claimed_and_nobody_accompanied(plan, marta, me, ewa) -> None:
    match = MatchFactory(programme=plan.programme, mentor=marta[0])
    wanted = replace(TICKET, meeting=MeetingFactory(match=match), note=match.participant.name)
    claim = commands.begin_claim(me, plan=plan, wanted=wanted, today=TODAY)
    commands.send_claim(me, claim=claim, today=TODAY)
    commands.agree(ewa, claim=claim, sending=1, word="", now=NOW)

    (line,) = commands.save_book(ewa, first=TODAY, last=TODAY)

    assert (line.who, str(line.amount), line.kind) == (marta[0].name, "4.40", "Tickets")
    assert match.participant.name not in str(line)
    assert commands.save_book(ewa, first=TODAY + timedelta(days=1), last=date.max) == []


def test_claims_that_came_to_nothing_go_after_a_year(plan, marta) -> None:
    old = ClaimFactory(programme=plan.programme, person=marta[0], state="withdrawn")
    agreed = ClaimFactory(programme=plan.programme, person=marta[0], agreed=True)
    _booked, rest = categories()

    assert list(rest.due(TODAY - timedelta(days=1))) == []
    assert list(rest.due(TODAY)) == [old.pk]
    with permit.lifted():
        assert rest.erase([old.pk]) == 1
    assert [row.pk for row in Claim.objects.all()] == [agreed.pk]


@pytest.mark.parametrize(("years", "as_of"), [(10, date(2037, 1, 1)), (6, date(2033, 1, 1))])
def test_books_go_when_the_years_of_their_programme_are_over(plan, marta, years, as_of) -> None:
    with permit.lifted():
        ExpensePlan.objects.update(keep_years=years)
    claim = ClaimFactory(programme=plan.programme, person=marta[0], agreed=True)
    booked, _rest = categories()

    assert list(booked.due(as_of - timedelta(days=1) - booked.period)) == []
    assert list(booked.due(as_of - booked.period)) == [claim.pk]


def test_with_an_erased_mentor_everything_goes_but_the_books(plan, marta, me, ewa, sent) -> None:
    match = MatchFactory(programme=plan.programme, mentor=marta[0])
    booked = ClaimFactory(programme=plan.programme, person=marta[0], agreed=True)
    ExpenseFactory(claim=booked, meeting=MeetingFactory(match=match))

    with permit.lifted():
        commands.let_go_of_person(marta[0].pk)

    assert [row.pk for row in Claim.objects.all()] == [booked.pk]
    assert (fresh(booked).person, fresh(booked).name) == (None, marta[0].name)
    assert Expense.objects.get(claim=booked).meeting is None
    assert vault.key(sent.pk, "identity") is None
