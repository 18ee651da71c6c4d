"""Small steps with a day and somebody who does them: kind on the day after, never a failure."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import GoalStep
from kith.mentoring.queries import steps as queries
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    GoalStepFactory,
    MatchFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import steps as wiring
from kith.people.rules import Side
from kith.reminders.rules.kinds import About, kind_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.fixture
def match():
    """A match whose two people have sign-ins, and whose coordinator is known."""
    match = MatchFactory(participant__called="Olena", mentor__called="Marta")
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield match


def step_of(match, **fields):
    return GoalStepFactory(goal=GoalFactory(match=match), **fields)


def stored(step):
    return GoalStep.objects.get(pk=step.pk)


def change(actor, step, **more):
    given = {"text": "Call the clinic", "who": "mentor", "due_on": TODAY}
    return commands.change_step(
        actor, match=step.match, step=step, today=TODAY, now=NOW, **{**given, **more}
    )


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["participant", "mentor", "both", "coordinator"])
def test_a_step_has_somebody_who_does_it_and_a_day(match, who) -> None:
    commands.add_step(
        actor_of(match.olena),
        match=match,
        goal=GoalFactory(match=match),
        text="Find the number",
        who=who,
        due_on=TODAY,
        today=TODAY,
        now=NOW,
    )

    [row] = GoalStep.objects.all()
    assert (row.who, row.due_on, row.done_on, row.let_go_on) == (who, TODAY, None, None)


def test_a_day_lies_ahead_when_it_is_chosen_and_may_stay_when_it_passed(match) -> None:
    step, actor = step_of(match, due_on=YESTERDAY), actor_of(match.marta)

    with pytest.raises(commands.StepDueBefore):
        change(actor, step, due_on=YESTERDAY - DAY)
    change(actor, step, due_on=YESTERDAY, text=" Ask at the desk ")
    kept = stored(step)
    change(actor, step, due_on=TODAY)

    assert (kept.text, kept.who, kept.due_on) == ("Ask at the desk", "mentor", YESTERDAY)
    assert stored(step).due_on == TODAY


def test_a_step_without_words_is_none(match) -> None:
    with pytest.raises(commands.GoalNeedsWords):
        change(actor_of(match.olena), step_of(match), text="  ")


def test_a_step_is_let_go_and_wanted_after_all(match) -> None:
    step, actor = step_of(match, due_on=YESTERDAY), actor_of(match.olena)

    commands.let_step_go(actor, match=match, step=step, today=TODAY, now=NOW)
    gone = stored(step)
    commands.take_step_up(actor, match=match, step=stored(step), now=NOW)
    back = stored(step)

    assert (gone.let_go_on, gone.done_on) == (TODAY, None)
    assert (back.let_go_on, back.due_on) == (None, None)


def test_what_is_done_is_neither_moved_nor_let_go(match) -> None:
    step, actor = step_of(match, done_on=TODAY), actor_of(match.olena)

    with pytest.raises(commands.StepIsDone):
        commands.let_step_go(actor, match=match, step=step, today=TODAY, now=NOW)
    with pytest.raises(commands.StepIsDone):
        change(actor, step)


def test_a_tick_takes_up_what_was_let_go(match) -> None:
    step = step_of(match, let_go_on=YESTERDAY)

    commands.tick_step(
        actor_of(match.olena), match=match, step=step, done=True, today=TODAY, now=NOW
    )

    assert (stored(step).done_on, stored(step).let_go_on) == (TODAY, None)


def test_steps_that_were_let_go_take_no_place_among_the_twelve(match) -> None:
    goal = GoalFactory(match=match)
    for number in range(12):
        GoalStepFactory(goal=goal, place=number, let_go_on=TODAY if number == 0 else None)

    def add():
        commands.add_step(
            actor_of(match.olena),
            match=match,
            goal=goal,
            text="Call",
            who="both",
            due_on=None,
            today=TODAY,
            now=NOW,
        )

    add()
    with pytest.raises(commands.StepsAreFull):
        add()


def test_a_stranger_and_a_supervisor_touch_no_step(match) -> None:
    step = step_of(match)

    for role in ("participant", "mentor", "supervisor", "volunteer_matcher"):
        stranger = MembershipFactory(organisation=match.organisation, roles=[role])
        with pytest.raises(Denied):
            commands.let_step_go(actor_of(stranger), match=match, step=step, today=TODAY, now=NOW)


# ── The day after ────────────────────────────────────────────────────────────────────────────────


def lines(user):
    return [str(one.what) for one in wiring.passed(actor_of(user), TODAY)]


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("participant", {"olena"}),
        ("mentor", {"marta"}),
        ("both", {"olena", "marta"}),
        ("coordinator", {"ewa"}),
    ],
)
def test_a_step_whose_day_passed_is_asked_about_by_whoever_does_it(match, who, whose) -> None:
    ewa = staff(match.programme)
    step_of(match, who=who, due_on=YESTERDAY)

    found = {"olena": match.olena, "marta": match.marta, "ewa": ewa}

    assert {name for name, user in found.items() if lines(user)} == whose


@pytest.mark.parametrize(("due_on", "number"), [(YESTERDAY, 1), (TODAY, 0), (None, 0)])
def test_a_step_is_asked_about_from_the_day_after(match, due_on, number) -> None:
    step_of(match, due_on=due_on)

    assert len(lines(match.olena)) == number


@pytest.mark.parametrize("over", [{"done_on": TODAY}, {"let_go_on": TODAY}])
def test_what_is_done_or_let_go_is_not_asked_about(match, over) -> None:
    step_of(match, due_on=YESTERDAY, **over)

    assert lines(match.olena) == []


def test_nothing_is_asked_about_a_goal_that_is_over(match) -> None:
    goal = GoalFactory(match=match, state="let_go", ended_on=TODAY)
    GoalStepFactory(goal=goal, due_on=YESTERDAY)

    assert lines(match.olena) == []


def test_the_line_leads_to_the_page_that_clears_it(client, match) -> None:
    step = step_of(match, due_on=YESTERDAY, text="Call the clinic")
    [line] = wiring.passed(actor_of(match.olena), TODAY)
    browser = sign_in(client, match.olena)

    page = browser.get(line.url).content.decode()
    done = browser.post(reverse("mentoring:let_step_go", args=[match.pk, step.pk]), follow=True)

    assert "Still wanted?" in page
    assert "failed" not in page.lower()
    assert "overdue" not in page.lower()
    assert done.status_code == 200
    assert lines(match.olena) == []


def test_a_new_day_is_kept_from_the_page_and_a_day_before_today_is_said(client, match) -> None:
    step = step_of(match, due_on=YESTERDAY)
    url = reverse("mentoring:step", args=[match.pk, step.pk])
    browser, given = sign_in(client, match.marta), {"text": "Ask again", "who": "both"}

    wrong = browser.post(url, {**given, "due_on": date(2026, 11, 1).isoformat()})
    right = browser.post(url, {**given, "due_on": TOMORROW.isoformat()})

    assert wrong.status_code == 422
    assert "Choose a day from today on" in wrong.content.decode()
    assert "Ask again" in wrong.content.decode()
    assert right.status_code == 302
    assert (stored(step).text, stored(step).due_on) == ("Ask again", TOMORROW)


def test_the_page_of_the_goal_asks_kindly_and_shows_who_chose_it(client, match) -> None:
    step = step_of(match, due_on=YESTERDAY, text="Call the clinic")
    let_go = GoalStepFactory(goal=step.goal, text="Buy a map", let_go_on=TODAY, place=2)

    page = sign_in(client, match.olena).get(
        reverse("mentoring:goal", args=[match.pk, step.goal_id])
    )

    said = page.content.decode()
    assert "This was wanted yesterday. Still wanted?" in said
    assert "Chosen by the participant" in said
    assert reverse("mentoring:take_step_up", args=[match.pk, let_go.pk]) in said


def test_a_step_of_another_match_is_not_there(client, match) -> None:
    step = step_of(MatchFactory(programme=match.programme))

    page = sign_in(client, match.olena).get(reverse("mentoring:step", args=[match.pk, step.pk]))

    assert page.status_code == 404


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def test_whoever_does_a_step_is_reminded_of_its_day_and_nobody_else(match) -> None:
    ewa = staff(match.programme)
    person = match.participant
    person.responsible = ewa
    with permit.lifted():
        person.save()
    steps = {
        who: step_of(match, who=who, due_on=TODAY)
        for who in ("participant", "mentor", "both", "coordinator")
    }

    found = {(due.user_id, due.subject) for due in queries.due_between(TODAY, TODAY)}

    assert found == {
        (match.olena.user_id, steps["participant"].pk),
        (match.marta.user_id, steps["mentor"].pk),
        (match.olena.user_id, steps["both"].pk),
        (match.marta.user_id, steps["both"].pk),
        (ewa.user_id, steps["coordinator"].pk),
    }
    assert list(queries.due_between(TOMORROW, TOMORROW)) == []
    abouts = [About(user, subject) for user, subject in found]
    assert set(queries.due_still(abouts)) == set(abouts)


def test_a_reminder_ends_when_the_step_is_done_let_go_or_handed_to_the_other(match) -> None:
    actor = actor_of(match.olena)
    done, gone, given = (step_of(match, due_on=TODAY) for _ in range(3))
    abouts = [About(match.olena.user_id, step.pk) for step in (done, gone, given)]
    assert queries.due_still(abouts) == abouts

    commands.tick_step(actor, match=match, step=done, done=True, today=TODAY, now=NOW)
    commands.let_step_go(actor, match=match, step=gone, today=TODAY, now=NOW)
    change(actor, given, who="mentor")

    assert queries.due_still(abouts) == []


def test_the_reminder_of_a_step_names_nobody_in_an_email() -> None:
    kind = kind_of("mentoring.step_due")

    assert str(kind.sentence % {"number": 1}) == "The day of a small step comes up."
    assert kind.days == 1


def test_the_list_in_kith_says_which_step(match) -> None:
    step = step_of(match, due_on=TOMORROW, text="Call the clinic")
    elsewhere = step_of(MatchFactory(programme=match.programme), due_on=TOMORROW)

    told = wiring._told(actor_of(match.olena), [step.pk, elsewhere.pk])

    assert list(told) == [step.pk]
    assert "Call the clinic" in str(told[step.pk])
    assert "tomorrow" in str(told[step.pk])


def test_a_side_has_no_more_than_a_few_lines(match) -> None:
    for _ in range(5):
        step_of(match, due_on=YESTERDAY)

    assert len(queries.passed_of([match], Side.PARTICIPANT, today=TODAY)) == queries.MOST_LINES
