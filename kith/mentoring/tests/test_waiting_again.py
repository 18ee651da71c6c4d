"""What a participant who would like somebody else reads about waiting again, by programme."""

from dataclasses import replace

import pytest
from django.urls import reverse

from kith.gate.tests.factories import sign_in
from kith.matching.tests.factories import ProgrammeFactory
from kith.mentoring.tests.factories import MatchFactory, participant_of
from kith.programmes.rules import arrangement, load_template

pytestmark = pytest.mark.django_db
KEEPS, ANEW = "counted from your first day", "counted from the day this ends"


@pytest.mark.parametrize(("keeps", "said", "unsaid"), [(True, KEEPS, ANEW), (False, ANEW, KEEPS)])
def test_the_wish_for_somebody_else_says_from_which_day_one_waits(
    client, keeps, said, unsaid
) -> None:
    rules = replace(load_template("de_tandem"), keeps_waiting_date=keeps)
    programme = ProgrammeFactory(template_key="de_tandem", settings=arrangement(rules))
    match = MatchFactory(programme=programme)

    page = sign_in(client, participant_of(match)).get(reverse("mentoring:wish", args=[match.pk]))

    assert said in page.content.decode()
    assert unsaid not in page.content.decode()
