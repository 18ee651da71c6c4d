"""How long matches last: from the rows to the picture, and never for fewer than ten."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring.queries.lasting import lasting
from kith.mentoring.rules.lasting import last_day_drawn
from kith.mentoring.tests.factories import NOW, TODAY, MatchFactory
from kith.methods.trajectories.survival import Lasted, kaplan_meier

pytestmark = pytest.mark.django_db


def matches(programme, number, *, days, reason=""):
    """So many that both agreed to so many days before they ended, or before today."""
    ends = {"closed": True, "closed_on": TODAY, "close_reason": reason} if reason else {}
    for _ in range(number):
        MatchFactory(programme=programme, agreed_on=TODAY - timedelta(days=days), **ends)


def curve_of(programme):
    actor = actor_of(staff(programme))
    with scope.entered(programme.organisation_id):
        return lasting(actor, programme, today=TODAY)


def test_early_ends_make_the_line_fall_and_planned_ones_do_not() -> None:
    programme = ProgrammeFactory()
    matches(programme, 2, days=50, reason="no_contact")
    matches(programme, 3, days=60, reason="planned_end")
    matches(programme, 5, days=100)

    curve = curve_of(programme)

    assert [(point.days, point.at_risk, point.ended) for point in curve.points] == [(50, 10, 2)]
    assert curve.at(100).share == pytest.approx(0.8)
    assert [curve.at_risk(day) for day in (50, 51, 60, 61, 100)] == [10, 8, 8, 5, 5]


def test_nine_matches_are_not_drawn_and_other_programmes_do_not_count() -> None:
    programme = ProgrammeFactory()
    matches(programme, 9, days=30)
    matches(ProgrammeFactory(organisation=programme.organisation), 9, days=30)

    assert curve_of(programme) is None


def test_the_curve_ends_where_fewer_than_ten_are_left() -> None:
    curve = kaplan_meier([Lasted(30, False, 5), Lasted(60, False, 9), Lasted(90, False, 1)])

    assert last_day_drawn(curve) == 60


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "volunteer_matcher"])
def test_only_coordinators_see_it(role) -> None:
    programme = ProgrammeFactory()
    other = MembershipFactory(organisation=programme.organisation, roles=[role])

    with scope.entered(programme.organisation_id), pytest.raises(Denied):
        lasting(actor_of(other), programme, today=TODAY)


def test_the_page_says_what_is_seen_and_holds_the_table(client) -> None:
    programme = ProgrammeFactory()
    matches(programme, 3, days=40, reason="no_time")
    matches(programme, 12, days=190)
    page = reverse("mentoring:lasting", args=[programme.pk])
    with time_machine.travel(NOW, tick=False):
        browser = sign_in(client, staff(programme))
        picture = browser.get(page).context["picture"]
        strangers = sign_in(client, MembershipFactory()).get(page).status_code

    assert picture.title == "After 26 weeks, about 80 % of matches had not ended early."
    assert picture.rows[0] == ("0", "100 %", "100 % and 100 %", "15")
    assert picture.rows[-1][0] == "24"
    assert picture.rows[-1][1:] == ("80 %", picture.rows[-1][2], "12")
    assert strangers == 404


def test_with_too_few_the_page_says_why(client) -> None:
    programme = ProgrammeFactory()
    matches(programme, 9, days=30)

    page = sign_in(client, staff(programme)).get(reverse("mentoring:lasting", args=[programme.pk]))

    assert page.context["picture"] is None
    assert "A picture comes with 10 matches." in page.content.decode()
