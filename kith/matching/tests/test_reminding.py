"""Who is reminded of a proposed pair they have not answered."""

from datetime import timedelta

import pytest

from kith.base import scope
from kith.matching.queries import reminding
from kith.matching.tests.factories import ProposalFactory
from kith.people.tests.factories import account_of
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def offer():
    """A pair that was asked about; both have sign-ins."""
    row = ProposalFactory(offered=True)
    with scope.entered(row.organisation_id):
        row.olena = account_of(row.participant.person, "participant")
        row.marta = account_of(row.mentor.person, "mentor")
        yield row


def whom(dues):
    return {(due.user_id, due.subject, due.on) for due in dues}


def test_both_are_told_on_the_day_they_are_asked_and_before_the_last_day(offer) -> None:
    both = (offer.olena.user_id, offer.marta.user_id)
    first, last = offer.offered_on, offer.answer_by

    assert whom(reminding.asked(first, first)) == {(user, offer.pk, first) for user in both}
    assert whom(reminding.answers_due(last, last)) == {(user, offer.pk, last) for user in both}
    assert whom(reminding.asked(first + DAY, first + 9 * DAY)) == set()
    assert whom(reminding.answers_due(last - 9 * DAY, last - DAY)) == set()


@pytest.mark.parametrize("answer", ["yes", "ask"])
def test_whoever_has_said_a_word_is_left_alone(offer, answer) -> None:
    from kith.base import permit

    abouts = [About(one.user_id, offer.pk) for one in (offer.olena, offer.marta)]
    offer.mentor_answer = answer
    with permit.lifted():
        offer.save()

    assert reminding.still_silent(abouts) == abouts[:1]


def test_the_link_leads_to_the_question_and_nothing_is_said_of_the_other(offer) -> None:
    for due in reminding.asked(offer.offered_on, offer.offered_on):
        assert due.link == f"/matching/offers/{offer.pk}/"
