"""Five outcomes of a goal, and the one figure of a whole programme."""

from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring import commands
from kith.mentoring.models import GoalScale
from kith.mentoring.queries.scales import Attainment, attainment
from kith.mentoring.rules.scaling import FEWEST_PEOPLE, Outcome
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    GoalScaleFactory,
    MatchFactory,
    mentor_of,
    participant_of,
)
from kith.programmes.rules import load_template
from kith.programmes.rules.arranging import arrangement

pytestmark = pytest.mark.django_db
WORDS = {one: f"Outcome {one.value}" for one in Outcome}


def scaling_programme():
    """A programme that describes outcomes of goals."""
    rules = replace(load_template("de_tandem"), goal_scaling=True)
    return ProgrammeFactory(template_key="de_tandem", settings=arrangement(rules))


@pytest.fixture
def goal():
    """A goal of a match in a programme that describes outcomes; both people have sign-ins."""
    match = MatchFactory(programme=scaling_programme())
    goal = GoalFactory(match=match)
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield goal


def describe(user, goal, **more):
    given = {"words": WORDS, "at_start": "less", **more}
    return commands.describe_outcomes(
        actor_of(user), match=goal.match, goal=goal, today=TODAY, now=NOW, **given
    )


def choose(user, goal, outcome="more"):
    return commands.choose_outcome(
        actor_of(user), match=goal.match, goal=goal, outcome=outcome, today=TODAY, now=NOW
    )


def stored():
    return GoalScale.objects.get()


def test_outcomes_are_described_changed_and_chosen_together(goal) -> None:
    describe(goal.match.olena, goal)
    describe(goal.match.marta, goal, words={**WORDS, Outcome.MORE: " I call on my own "})
    choose(goal.match.marta, goal)

    row = stored()
    assert row.words[Outcome.MORE] == "I call on my own"
    assert (row.at_start, row.at_review, row.reviewed_on) == ("less", "more", TODAY)


@pytest.mark.parametrize("missing", list(Outcome))
def test_all_five_are_said(goal, missing) -> None:
    with pytest.raises(commands.OutcomesMissing):
        describe(goal.match.olena, goal, words={**WORDS, missing: "  "})

    assert not GoalScale.objects.exists()


def test_what_was_looked_at_together_is_not_rewritten(goal) -> None:
    describe(goal.match.olena, goal)
    choose(goal.match.olena, goal)

    with pytest.raises(commands.OutcomesChosen):
        describe(goal.match.olena, goal)
    choose(goal.match.olena, goal, "much_more")

    assert stored().at_review == "much_more"


def test_an_outcome_is_chosen_of_a_reached_goal_and_not_before_it_is_described(goal) -> None:
    with pytest.raises(commands.OutcomesMissing):
        choose(goal.match.olena, goal)
    describe(goal.match.olena, goal)
    commands.end_goal(
        actor_of(goal.match.olena),
        match=goal.match,
        goal=goal,
        state="reached",
        today=TODAY,
        now=NOW,
    )

    with pytest.raises(commands.GoalIsOver):
        describe(goal.match.olena, goal)
    assert choose(goal.match.olena, goal).at_review == "more"


def test_a_programme_that_does_not_ask_for_outcomes_takes_none(client) -> None:
    match = MatchFactory()
    goal = GoalFactory(match=match)
    olena = participant_of(match)
    with scope.entered(match.organisation_id):
        with pytest.raises(commands.ScalingIsOff):
            describe(olena, goal)
        with pytest.raises(commands.ScalingIsOff):
            choose(olena, goal)
    browser = sign_in(client, olena)

    page = browser.get(reverse("mentoring:goal", args=[match.pk, goal.pk]))
    direct = browser.get(reverse("mentoring:outcomes", args=[match.pk, goal.pk]))

    assert "What could come of it" not in page.content.decode()
    assert direct.status_code == 404


def test_strangers_describe_and_choose_nothing(goal) -> None:
    describe(goal.match.olena, goal)

    for role in ("participant", "mentor", "supervisor", "volunteer_matcher"):
        stranger = MembershipFactory(organisation=goal.organisation, roles=[role])
        with pytest.raises(Denied):
            describe(stranger, goal)
        with pytest.raises(Denied):
            choose(stranger, goal)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_the_pages_of_a_goal_take_outcomes_and_keep_what_was_typed(client, goal) -> None:
    keys = [goal.match.pk, goal.pk]
    browser = sign_in(client, goal.match.olena)
    typed = {one.value: said for one, said in WORDS.items()} | {"at_start": "much_less"}
    url = reverse("mentoring:outcomes", args=keys)

    wrong = browser.post(url, {**typed, "expected": ""})
    right = browser.post(url, typed)
    review = reverse("mentoring:review_outcome", args=keys)
    said = browser.get(review).content.decode()
    browser.post(review, {"outcome": "expected"})
    page = browser.get(reverse("mentoring:goal", args=keys)).content.decode()

    assert wrong.status_code == 422
    assert "Outcome much_more" in wrong.content.decode()
    assert right.status_code == 302
    assert all(words in said for words in WORDS.values())
    assert "when you looked together" in page
    assert (stored().at_start, stored().at_review) == ("much_less", "expected")


def test_the_review_of_a_goal_without_outcomes_leads_to_describing_them(client, goal) -> None:
    keys = [goal.match.pk, goal.pk]

    answer = sign_in(client, goal.match.olena).get(reverse("mentoring:review_outcome", args=keys))

    assert answer.headers["Location"] == reverse("mentoring:outcomes", args=keys)


# ── The figure of a programme ────────────────────────────────────────────────────────────────────


def reviewed(programme, number, *, at_review="expected", goals=1):
    for _ in range(number):
        match = MatchFactory(programme=programme)
        for _ in range(goals):
            GoalScaleFactory(goal=GoalFactory(match=match), at_review=at_review, reviewed_on=TODAY)


@pytest.mark.parametrize(("people", "is_shown"), [(FEWEST_PEOPLE - 1, False), (10, True)])
def test_a_figure_rests_on_ten_people_however_many_their_goals(people, is_shown) -> None:
    programme = scaling_programme()
    reviewed(programme, people, goals=3)

    with scope.entered(programme.organisation_id):
        found = attainment(actor_of(staff(programme)), programme)

    assert FEWEST_PEOPLE == 10
    assert (found is not None) is is_shown


def test_the_figure_counts_goals_with_both_outcomes_of_this_programme_alone() -> None:
    programme, other = scaling_programme(), None
    reviewed(programme, 10)
    GoalScaleFactory(goal=GoalFactory(match=MatchFactory(programme=programme)))
    other = ProgrammeFactory(
        organisation=programme.organisation,
        template_key="de_tandem",
        name="Other",
        settings=programme.settings,
    )
    reviewed(other, 2, at_review="much_less")

    with scope.entered(programme.organisation_id):
        found = attainment(actor_of(staff(programme)), programme)

    # Ten goals at -1: 50 - 100 / sqrt(0.7 * 10 + 0.3 * 100).
    assert found == Attainment(goals=10, start=34, review=50)


@pytest.mark.parametrize(
    "role", ["mentor", "participant", "supervisor", "volunteer_matcher", "platform_administrator"]
)
def test_only_coordinators_see_the_figure(client, role) -> None:
    programme = scaling_programme()
    somebody = MembershipFactory(organisation=programme.organisation, roles=[role])

    with scope.entered(programme.organisation_id), pytest.raises(Denied):
        attainment(actor_of(somebody), programme)
    url = reverse("mentoring:attainment", args=[programme.pk])
    assert sign_in(client, somebody).get(url).status_code in {403, 404}


def test_the_page_of_the_figure_says_what_it_is_or_why_there_is_none(client) -> None:
    programme = scaling_programme()
    reviewed(programme, 9)
    browser, url = (
        sign_in(client, staff(programme)),
        reverse("mentoring:attainment", args=[programme.pk]),
    )
    before = browser.get(url).content.decode()
    reviewed(programme, 1)

    after = browser.get(url).content.decode()

    assert "A figure comes with the goals of 10 people." in before
    assert "From 34 at the start to 50" in after
    assert "There is no such figure of a person." in after


def test_a_review_has_its_day() -> None:
    with pytest.raises(IntegrityError):
        GoalScaleFactory(at_review="more", reviewed_on=None)
