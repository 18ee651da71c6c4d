"""Acts of mentoring: begin, sign, meet, set goals and close."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.fields import ERASED
from kith.consent.tests.factories import ConsentFactory
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.matching.commands import answer_offer, record_answer
from kith.matching.models import Proposal
from kith.matching.tests.factories import (
    ProgrammeFactory,
    ProposalFactory,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.mentoring import commands
from kith.mentoring.models import Goal, GoalStep, Match, Meeting, Signature
from kith.mentoring.rules.notes import MeetingNote, MeetingPlan, PauseNote
from kith.mentoring.rules.states import PauseReason
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    GoalStepFactory,
    MatchFactory,
    MeetingFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.people.models import Person
from kith.people.tests.factories import account_of
from kith.programmes.commands import adapt_programme
from kith.programmes.models import Enrolment
from kith.programmes.rules import rules_of, stretched
from kith.progress.commands import choose_step
from kith.progress.models import DomainMap
from kith.progress.rules import Step
from kith.web.forms import Signature as Given

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\nlines"


def ewa_of(match):
    return actor_of(staff(match.programme))


def fresh(match):
    with scope.entered(match.organisation_id):
        return Match.objects.select_related("participant", "mentor", "programme").get(pk=match.pk)


def rows_of(match, model):
    with scope.entered(match.organisation_id):
        return list(model.objects.order_by("id"))


def noted(actor, match, **note):
    return commands.record_meeting(
        actor, match=match, note=MeetingNote(**{"held_on": TODAY, **note}), today=TODAY, now=NOW
    )


# ── Begin ────────────────────────────────────────────────────────────────────────────────────────


def test_two_yeses_begin_a_match_in_the_same_act() -> None:
    programme = ProgrammeFactory(template_key="de_tandem")
    olena, marta = waiting_participant(programme), free_mentor(programme)
    proposal = ProposalFactory(
        round__programme=programme,
        participant=olena,
        mentor=marta,
        offered=True,
        participant_answer="yes",
    )
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    answer_offer(martas, proposal=proposal, answer="yes", today=TODAY, now=NOW)

    with scope.entered(programme.organisation_id):
        match = Match.objects.get()
        states = list(Enrolment.objects.order_by("side").values_list("state", flat=True))
        touched = Person.objects.get(pk=olena.person_id).last_event_at
    assert (match.participant_id, match.mentor_id) == (olena.person_id, marta.person_id)
    assert (match.state, match.agreed_on, match.attention_on) == (
        "starting",
        TODAY,
        TODAY + timedelta(days=14),
    )
    assert states == ["matched", "matched"]
    assert touched >= NOW


def test_a_mentor_cannot_begin_a_match_of_others() -> None:
    proposal = ProposalFactory(agreed=True)
    stranger = MembershipFactory(organisation=proposal.organisation, mentor=True)

    with pytest.raises(Denied):
        commands.begin_match(actor_of(stranger), proposal=proposal, today=TODAY, now=NOW)

    assert rows_of(proposal, Match) == []


# ── Meetings ─────────────────────────────────────────────────────────────────────────────────────


def test_a_mentor_notes_a_meeting_and_the_match_keeps_its_dates() -> None:
    match = MatchFactory(starting=True)
    martas = mentor_of(match)

    meeting = noted(actor_of(martas), match, topics=("health", "free_time"), next_step=" Call ")

    stored = fresh(match)
    assert (meeting.state, meeting.minutes, meeting.way) == ("held", 60, "in_person")
    assert (meeting.topics, meeting.next_step) == (["free_time", "health"], "Call")
    assert meeting.noted_by_id == martas.pk
    assert (stored.started_on, stored.last_meeting_on) == (TODAY, TODAY)
    assert stored.planned_end_on == TODAY + timedelta(weeks=26)
    # The first talks with both are due in the second week, and asked for a week after it.
    assert (stored.talks_from, stored.attention_on) == (TODAY, TODAY + timedelta(days=20))
    assert stored.last_event_at == NOW


def test_an_adapted_programme_looks_again_at_its_matches_and_changes_nothing_they_agreed() -> None:
    signature = SignatureFactory(match=MatchFactory())
    match = signature.match
    MeetingFactory(match=match)
    resting = MatchFactory(programme=match.programme, state="paused", attention_on=None)
    over = MatchFactory(programme=match.programme, closed=True)
    rules = rules_of(match.programme)
    longer = stretched(rules, length_weeks=rules.length_weeks + 8)
    patient = replace(
        longer, contact=tuple(replace(one, quiet_after_days=42) for one in longer.contact)
    )

    with scope.entered(match.organisation_id):
        adapt_programme(
            ewa_of(match), programme=fresh(match).programme, name="Tandem", rules=patient, now=NOW
        )

    later = fresh(match)
    assert later.attention_on == date(2026, 11, 16) + timedelta(days=42)
    assert (later.started_on, later.planned_end_on) == (match.started_on, match.planned_end_on)
    assert (later.state, later.last_event_at) == ("active", match.last_event_at)
    assert [fresh(one).attention_on for one in (resting, over)] == [None, None]
    assert [row.text_version for row in rows_of(match, Signature)] == ["1"]


def test_a_match_keeps_its_length_when_its_programme_becomes_longer() -> None:
    match = MatchFactory()
    MeetingFactory(match=match, held_on=match.started_on)
    rules = rules_of(match.programme)
    longer = stretched(rules, length_weeks=rules.length_weeks + 8)
    with scope.entered(match.organisation_id):
        adapt_programme(
            ewa_of(match), programme=fresh(match).programme, name="Tandem", rules=longer, now=NOW
        )

    noted(actor_of(mentor_of(match)), fresh(match))

    assert fresh(match).planned_end_on == match.planned_end_on


def test_the_audit_names_fields_and_never_what_was_written() -> None:
    match = MatchFactory()

    noted(actor_of(mentor_of(match)), match, next_step="Zadzwoni do przychodni")

    last = rows_of(match, AuditEvent)[-1]
    assert (last.verb, last.row_id) == ("mentoring.record_meeting", match.pk)
    assert "Zadzwoni" not in str(last.changes)


def test_a_meeting_planned_for_the_day_becomes_the_meeting_held() -> None:
    match = MatchFactory()
    plan = MeetingFactory(match=match, planned=True, planned_at=NOW - timedelta(hours=2))

    meeting = noted(ewa_of(match), match)

    assert meeting.pk == plan.pk
    assert [row.state for row in rows_of(match, Meeting)] == ["held"]
    assert fresh(match).next_meeting_at is None


@pytest.mark.parametrize(
    ("note", "refusal"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, commands.MeetingInFuture),
        ({"held_on": date(2026, 8, 19)}, commands.MeetingBeforeYes),
        ({"minutes": 0}, commands.MinutesOutOfRange),
        ({"minutes": 601}, commands.MinutesOutOfRange),
    ],
)
def test_what_cannot_have_happened_is_not_noted(note, refusal) -> None:
    match = MatchFactory()

    with pytest.raises(refusal):
        noted(ewa_of(match), match, **note)

    assert rows_of(match, Meeting) == []


@pytest.mark.parametrize("minutes", [1, 600])
def test_the_shortest_and_the_longest_meeting(minutes) -> None:
    match = MatchFactory()

    assert noted(ewa_of(match), match, minutes=minutes).minutes == minutes


@pytest.mark.parametrize("minutes", [0, 601])
def test_the_database_itself_refuses_other_lengths(minutes) -> None:
    with pytest.raises(IntegrityError):
        MeetingFactory(minutes=minutes)


@pytest.mark.parametrize("state", [{"state": "paused"}, {"closed": True}])
def test_a_match_that_does_not_run_has_no_new_meetings(state) -> None:
    match = MatchFactory(**state)

    with pytest.raises(commands.MatchNotRunning):
        noted(ewa_of(match), match)
    plan = MeetingPlan(at=NOW + timedelta(days=1), way="phone")
    with pytest.raises(commands.MatchNotRunning):
        commands.plan_meeting(ewa_of(match), match=match, plan=plan, now=NOW)


def test_another_mentor_the_participant_and_a_supervisor_cannot_note_meetings() -> None:
    match = MatchFactory()
    others = [
        MembershipFactory(organisation=match.organisation, mentor=True),
        participant_of(match),
        MembershipFactory(organisation=match.organisation, roles=["supervisor"]),
        MembershipFactory(organisation=match.organisation, administrator=True),
    ]

    for other in others:
        with pytest.raises(Denied):
            noted(actor_of(other), match)

    assert rows_of(match, Meeting) == []


def test_a_note_is_corrected_by_whoever_wrote_it_and_the_dates_follow() -> None:
    match = MatchFactory()
    martas = mentor_of(match)
    meeting = noted(actor_of(martas), match)

    commands.correct_meeting(
        actor_of(martas),
        match=fresh(match),
        meeting=meeting,
        note=MeetingNote(held_on=TODAY - timedelta(days=2), minutes=45, way="phone"),
        today=TODAY,
        now=NOW,
    )

    [stored] = rows_of(match, Meeting)
    assert (stored.held_on, stored.minutes, stored.way) == (
        TODAY - timedelta(days=2),
        45,
        "phone",
    )
    assert fresh(match).last_meeting_on == TODAY - timedelta(days=2)


def test_nobody_else_corrects_a_note_and_the_try_is_kept() -> None:
    match = MatchFactory()
    meeting = noted(actor_of(mentor_of(match)), match)

    with pytest.raises(commands.NotYourNote):
        commands.correct_meeting(
            ewa_of(match),
            match=match,
            meeting=meeting,
            note=MeetingNote(held_on=TODAY, minutes=30),
            today=TODAY,
            now=NOW,
        )

    assert rows_of(match, Meeting)[0].minutes == 60
    assert rows_of(match, AuditEvent)[-1].verb == "refused: mentoring.record_meeting"


def test_a_meeting_of_another_match_is_not_touched() -> None:
    match, other = MatchFactory(), MeetingFactory(planned=True)

    with pytest.raises(commands.MeetingDone):
        commands.cancel_meeting(ewa_of(match), match=match, meeting=other, now=NOW)


def test_a_plan_lies_ahead_and_at_most_a_year() -> None:
    match = MatchFactory()
    ewa = ewa_of(match)

    planned = commands.plan_meeting(
        ewa, match=match, plan=MeetingPlan(at=NOW + timedelta(days=2), way="video"), now=NOW
    )

    assert fresh(match).next_meeting_at == planned.planned_at
    for wrong in (NOW - timedelta(minutes=1), NOW + timedelta(days=366)):
        with pytest.raises(commands.PlanTooFar):
            commands.plan_meeting(ewa, match=match, plan=MeetingPlan(at=wrong), now=NOW)


def test_a_meeting_can_be_called_off_before_and_missed_only_after_its_time() -> None:
    match = MatchFactory()
    ewa = ewa_of(match)
    ahead = MeetingFactory(match=match, planned=True)
    over = MeetingFactory(match=match, planned=True, planned_at=NOW - timedelta(hours=1))

    with pytest.raises(commands.NotYetTime):
        commands.miss_meeting(ewa, match=match, meeting=ahead, now=NOW)
    commands.cancel_meeting(ewa, match=match, meeting=ahead, now=NOW)
    commands.miss_meeting(ewa, match=match, meeting=over, now=NOW)

    assert sorted(row.state for row in rows_of(match, Meeting)) == ["cancelled", "missed"]
    with pytest.raises(commands.MeetingDone):
        commands.cancel_meeting(ewa, match=match, meeting=over, now=NOW)


def test_three_meetings_that_fell_through_ask_for_the_coordinator() -> None:
    match = MatchFactory()
    MeetingFactory(match=match)
    ewa = ewa_of(match)

    days = []
    for ago in (5, 4, 3):
        plan = MeetingFactory(match=match, planned=True, planned_at=NOW - timedelta(days=ago))
        commands.miss_meeting(ewa, match=match, meeting=plan, now=NOW)
        days.append(fresh(match).attention_on)

    assert days == [date(2026, 12, 7), date(2026, 12, 7), TODAY - timedelta(days=3)]


# ── Goals ────────────────────────────────────────────────────────────────────────────────────────


STEP = {"due_on": None, "today": TODAY, "now": NOW}


def goal_for(actor, match, **more):
    given = {
        "domain_key": "health",
        "title": "I go to the doctor on my own",
        "chosen_by": "participant",
        "due_on": None,
    }
    return commands.add_goal(actor, match=match, today=TODAY, now=NOW, **{**given, **more})


def test_a_participant_sets_a_goal_takes_steps_and_reaches_it() -> None:
    match = MatchFactory()
    olena = actor_of(participant_of(match))

    goal = goal_for(olena, match, due_on=TODAY)
    step = commands.add_step(
        olena, match=match, goal=goal, text=" Find the number ", who="both", **STEP
    )
    later = commands.add_step(olena, match=match, goal=goal, text="Call", who="mentor", **STEP)
    commands.tick_step(olena, match=match, step=step, done=True, today=TODAY, now=NOW)
    commands.end_goal(olena, match=match, goal=goal, state="reached", today=TODAY, now=NOW)

    with scope.entered(match.organisation_id):
        stored = Goal.objects.get()
        assert (stored.title, stored.state, stored.ended_on) == (
            "I go to the doctor on my own",
            "reached",
            TODAY,
        )
        steps = list(GoalStep.objects.order_by("place").values_list("place", "done_on"))
    assert steps == [(1, TODAY), (2, None)]
    assert later.place == 2


def test_a_tick_can_be_taken_back() -> None:
    step = GoalStepFactory(done_on=TODAY)

    commands.tick_step(
        ewa_of(step.match), match=step.match, step=step, done=False, today=TODAY, now=NOW
    )

    assert rows_of(step.match, GoalStep)[0].done_on is None


def test_a_fourth_goal_waits_until_one_is_reached_or_let_go() -> None:
    match = MatchFactory()
    ewa = ewa_of(match)
    goals = [goal_for(ewa, match) for _ in range(3)]

    with pytest.raises(commands.GoalsAreFull) as refused:
        goal_for(ewa, match)
    commands.end_goal(ewa, match=match, goal=goals[0], state="let_go", today=TODAY, now=NOW)
    fourth = goal_for(ewa, match)

    assert str(refused.value.sentence).startswith("Three goals at a time are enough.")
    assert fourth.state == "active"


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"title": "  "}, commands.GoalNeedsWords),
        ({"due_on": TODAY - timedelta(days=1)}, commands.GoalDueBefore),
    ],
)
def test_a_goal_has_words_and_lies_ahead(more, refusal) -> None:
    match = MatchFactory()

    with pytest.raises(refusal):
        goal_for(ewa_of(match), match, **more)


def test_a_closed_match_gets_no_goal() -> None:
    match = MatchFactory(closed=True)

    with pytest.raises(commands.GoalIsOver):
        goal_for(ewa_of(match), match)


def test_a_goal_that_is_over_or_of_another_match_takes_no_steps() -> None:
    over, foreign = GoalFactory(state="reached", ended_on=TODAY), GoalFactory()
    ewa = ewa_of(over.match)

    for goal in (over, foreign):
        with pytest.raises(commands.GoalIsOver):
            commands.add_step(ewa, match=over.match, goal=goal, text="Call", who="mentor", **STEP)


def test_a_step_has_words_and_twelve_are_enough() -> None:
    goal = GoalFactory()
    ewa = ewa_of(goal.match)

    with pytest.raises(commands.GoalNeedsWords):
        commands.add_step(ewa, match=goal.match, goal=goal, text=" ", who="mentor", **STEP)
    for number in range(12):
        GoalStepFactory(goal=goal, place=number)
    with pytest.raises(commands.StepsAreFull):
        commands.add_step(ewa, match=goal.match, goal=goal, text="Call", who="mentor", **STEP)


def test_a_stranger_sets_no_goal() -> None:
    match = MatchFactory()
    stranger = MembershipFactory(organisation=match.organisation, participant=True)

    with pytest.raises(Denied):
        goal_for(actor_of(stranger), match)


# ── Agreement ────────────────────────────────────────────────────────────────────────────────────


def signed(actor, match, person, *, given=None, language="uk"):
    return commands.sign_agreement(
        actor,
        match=match,
        person=person,
        given=given or Given(name="Olena Kowalczuk"),
        language=language,
        today=TODAY,
        now=NOW,
    )


def test_the_match_is_active_when_both_have_signed() -> None:
    match = MatchFactory(starting=True)
    olena, marta = actor_of(participant_of(match)), actor_of(mentor_of(match))

    first = signed(olena, match, match.participant)
    after_one = fresh(match).state
    signed(marta, fresh(match), match.mentor, given=Given(png=PNG), language="pl")

    assert (first.kind, first.language, first.text_version, first.taken_by) == (
        "typed",
        "uk",
        "1",
        None,
    )
    assert [after_one, fresh(match).state] == ["starting", "active"]
    with scope.entered(match.organisation_id):
        drawn = Signature.objects.get(person=match.mentor)
        assert (drawn.kind, str(drawn.signature)[:22]) == ("drawn", "data:image/png;base64,")


def test_a_coordinator_takes_both_signatures_and_a_mentor_the_participants() -> None:
    match, other = MatchFactory(starting=True), MatchFactory(starting=True)
    martas = mentor_of(other)

    taken = signed(ewa_of(match), match, match.mentor)
    on_the_phone = signed(actor_of(martas), other, other.participant)

    assert taken.taken_by_id == staff(match.programme).pk
    assert on_the_phone.taken_by_id == martas.pk


def test_a_participant_does_not_sign_for_the_mentor() -> None:
    match = MatchFactory(starting=True)

    with pytest.raises(commands.CannotSignForOthers):
        signed(actor_of(participant_of(match)), match, match.mentor)

    assert rows_of(match, Signature) == []


def test_a_signature_is_given_once_by_one_of_the_two_and_is_not_empty() -> None:
    match = MatchFactory(starting=True)
    ewa = ewa_of(match)
    stranger = MatchFactory(programme=match.programme).mentor
    signed(ewa, match, match.participant)

    with pytest.raises(commands.AlreadySigned):
        signed(ewa, match, match.participant)
    with pytest.raises(commands.NotOfThisMatch):
        signed(ewa, match, stranger)
    with pytest.raises(commands.SignatureNeeded):
        commands.sign_agreement(
            ewa,
            match=match,
            person=match.mentor,
            given=Given(),
            language="pl",
            today=TODAY,
            now=NOW,
        )


def test_a_signature_under_an_older_text_does_not_count() -> None:
    match = MatchFactory(starting=True)
    SignatureFactory(match=match, text_version="0")

    signed(ewa_of(match), match, match.mentor)

    assert fresh(match).state == "starting"


# ── Pause and close ──────────────────────────────────────────────────────────────────────────────


def test_closing_keeps_the_reason_and_frees_the_mentor() -> None:
    programme = ProgrammeFactory(template_key="de_tandem")
    asked_on = date(2026, 3, 2)
    olena = waiting_participant(programme, waiting_since=asked_on)
    marta = free_mentor(programme)
    with scope.entered(programme.organisation_id), permit.lifted():
        Enrolment.objects.update(state="matched")
    match = MatchFactory(programme=programme, participant=olena.person, mentor=marta.person)

    commands.close_match(
        ewa_of(match),
        match=match,
        reason="moved_away",
        waits_again=True,
        today=TODAY,
        now=NOW,
    )

    stored = fresh(match)
    assert (stored.state, stored.closed_on, stored.close_reason, stored.attention_on) == (
        "closed",
        TODAY,
        "moved_away",
        None,
    )
    with scope.entered(programme.organisation_id):
        assert set(Enrolment.objects.values_list("state", flat=True)) == {"waiting"}
        # Nobody loses the place in the list by asking for another mentor.
        assert Enrolment.objects.get(side="participant").waiting_since == asked_on
    note = PauseNote(PauseReason.AWAY, TODAY, None, TODAY + timedelta(days=9))
    with pytest.raises(commands.MatchMoved):
        commands.pause_match(ewa_of(match), match=stored, note=note, today=TODAY, now=NOW)


def test_an_erased_participant_leaves_no_text_and_an_erased_mentor_no_signature() -> None:
    goal = GoalFactory()
    match = goal.match
    SignatureFactory(match=match, person=match.mentor)

    with scope.entered(match.organisation_id), permit.lifted():
        commands.let_go_of_person(match.mentor_id, today=TODAY)
    with scope.entered(match.organisation_id):
        kept = str(Goal.objects.get().title)
    with scope.entered(match.organisation_id), permit.lifted():
        commands.let_go_of_person(match.participant_id, today=TODAY)

    with scope.entered(match.organisation_id):
        assert [kept, Goal.objects.get().title] == ["I go to the doctor on my own", ERASED]
        assert Signature.objects.count() == 0
    assert (fresh(match).state, fresh(match).close_reason) == ("closed", "other")


def test_a_no_by_phone_begins_no_match() -> None:
    proposal = ProposalFactory(offered=True, mentor_answer="yes")
    ewa = actor_of(staff(proposal.round.programme))

    record_answer(ewa, proposal=proposal, side="participant", answer="no", today=TODAY, now=NOW)

    assert rows_of(proposal, Match) == []
    assert rows_of(proposal, Proposal)[0].state == "declined"


# ── Domain maps ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("trait", "day", "week"),
    [
        ("starting", TODAY, 0),
        ("", date(2026, 8, 24), 0),
        ("", date(2026, 11, 15), 11),
        ("", date(2026, 11, 16), 12),
        ("closed", TODAY, None),
    ],
)
def test_a_domain_map_holds_the_whole_weeks_since_the_first_meeting(trait, day, week) -> None:
    match = MatchFactory(**({trait: True} if trait else {}))
    ConsentFactory(person=match.participant)
    with scope.entered(match.organisation_id):
        choose_step(
            ewa_of(match),
            person=match.participant,
            domain="language",
            step=Step.STARTING,
            words="",
            today=day,
            now=NOW,
        )

    assert [made.week for made in rows_of(match, DomainMap)] == [week]
