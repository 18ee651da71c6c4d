"""Pages of mentoring, as coordinator, supervisor, mentor and participant open them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.base import clock, permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.interpreters.models import Cost
from kith.interpreters.tests.factories import BookingFactory
from kith.matching.tests.factories import ProposalFactory, staff
from kith.mentoring.models import Goal, GoalStep, Match, Meeting, Signature
from kith.mentoring.queries import lists
from kith.mentoring.tests.factories import (
    GoalFactory,
    GoalStepFactory,
    MatchFactory,
    MeetingFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.people.tests.factories import account_of
from kith.web.tests import reading as papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    return MatchFactory(participant__called="Olena", mentor__called="Marta")


@pytest.fixture
def coordinator(client, match):
    return sign_in(client, staff(match.programme))


def address(name, match, *more):
    return reverse(f"mentoring:{name}", args=[match.pk, *more])


def rows_of(match, model):
    with scope.entered(match.organisation_id):
        return list(model.objects.order_by("id"))


def text_of(answer):
    return answer.content.decode()


# ── Coordinator ──────────────────────────────────────────────────────────────────────────────────


def test_the_list_names_both_and_says_when_they_met(coordinator, match) -> None:
    page = text_of(coordinator.get(reverse("mentoring:start")))

    assert "Olena and Marta" in page
    assert "Tandem · week " in page
    assert 'aria-current="' in page


def test_the_list_needs_the_same_queries_for_one_and_three_matches(coordinator, match) -> None:
    url = reverse("mentoring:start")
    coordinator.get(url)
    with CaptureQueriesContext(connection) as one:
        coordinator.get(url)
    MatchFactory(programme=match.programme)
    MatchFactory(programme=match.programme)

    with CaptureQueriesContext(connection) as three:
        coordinator.get(url)

    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("needs_call", "No match asks for anything"),
        ("paused", "No match here at the moment"),
        ("closed", "No match here at the moment"),
    ],
)
def test_an_empty_filter_says_so(coordinator, match, show, words) -> None:
    day = clock.today() + timedelta(days=9)
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.update(attention_on=day)

    assert words in text_of(coordinator.get(reverse("mentoring:start"), {"show": show}))


def silent(match):
    """The pair met last two months ago."""
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(
            last_meeting_on=clock.today() - timedelta(days=60), attention_on=clock.today()
        )


def test_those_that_ask_for_something_say_why(coordinator, match) -> None:
    silent(match)

    page = text_of(coordinator.get(reverse("mentoring:start"), {"show": "needs_call"}))

    assert "No meeting for 60 days" in page
    assert "week " not in page[page.index("Olena and Marta") :]


def test_why_a_match_asks_is_said_to_its_coordinator_alone(client, match) -> None:
    silent(match)
    supervisor = MembershipFactory(organisation=match.organisation, roles=[Role.SUPERVISOR.value])

    page = text_of(
        sign_in(client, supervisor).get(reverse("mentoring:start"), {"show": "needs_call"})
    )

    assert "Marta and a participant" in page
    assert "met 60 days ago" in page
    assert "No meeting for" not in page


def test_an_empty_house_says_how_a_match_begins(client) -> None:
    page = sign_in(client, MembershipFactory()).get(reverse("mentoring:start"))

    assert "No match yet" in text_of(page)


def test_the_next_page_of_the_list_is_reached_by_its_link(coordinator, match, monkeypatch) -> None:
    monkeypatch.setattr(lists, "ON_A_PAGE", 1)
    newer = MatchFactory(
        programme=match.programme,
        participant__called="Amal",
        last_event_at=match.last_event_at + timedelta(days=1),
    )
    first = coordinator.get(reverse("mentoring:start"))

    second = coordinator.get(reverse("mentoring:start") + first.context["next_url"])

    assert "Amal" in text_of(first)
    assert "Olena and Marta" in text_of(second)
    assert newer.pk != match.pk


def test_the_page_of_a_match_shows_all_and_says_why_it_asks(coordinator, match) -> None:
    MeetingFactory(match=match, next_step="Call the clinic", topics=["health"])
    GoalStepFactory(goal=GoalFactory(match=match))
    SignatureFactory(match=match)

    page = text_of(coordinator.get(address("match", match)))

    for words in (
        "Call the clinic",
        "I go to the doctor on my own",
        "Find the number of the clinic",
        "0 of 1 step done",
        "Olena signed the agreement",
        "Both said yes",
        "Close the match",
    ):
        assert words in page


def test_a_match_is_paused_resumed_and_closed(coordinator, match) -> None:
    states = []

    today, later = clock.today(), clock.today() + timedelta(days=20)
    rests = {"reason": "away", "from_on": today.isoformat(), "review_on": later.isoformat()}
    for act, fields in (
        ("pause", rests),
        ("resume", {}),
        ("close", {"reason": "planned_end"}),
    ):
        coordinator.post(address(act, match), fields)
        states.append(rows_of(match, Match)[0].state)

    assert states == ["paused", "starting", "closed"]
    assert "The planned time is over." in text_of(coordinator.get(address("match", match)))


def test_a_reason_is_needed_to_close(coordinator, match) -> None:
    answer = coordinator.post(address("close", match), {})

    assert answer.status_code == 422
    assert rows_of(match, Match)[0].state == "active"


def test_matches_stand_on_the_record_of_a_person(coordinator, match) -> None:
    url = reverse("mentoring:of_person", args=[match.participant_id])
    nobody = reverse("mentoring:of_person", args=[match.programme_id])

    assert "Olena and Marta" in text_of(coordinator.get(url))
    assert "No match yet." in text_of(coordinator.get(nobody))


def test_today_asks_to_call_the_pair_and_counts_the_others(coordinator, match) -> None:
    MatchFactory(programme=match.programme, attention_on=clock.today() + timedelta(days=9))
    long_ago = clock.today() - timedelta(days=23)
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(
            last_meeting_on=long_ago,
            attention_on=clock.today(),
            planned_end_on=clock.today() + timedelta(days=90),
        )

    page = text_of(coordinator.get(reverse("web:today")))

    assert "Call Olena and Marta" in page
    assert "No meeting for 23 days. The programme plans one every week." in page
    assert "1 match is running as planned." in page


def test_today_asks_the_coordinator_to_bring_a_new_pair_together(coordinator, match) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(
            state="starting", started_on=None, next_meeting_at=None, attention_on=None
        )

    page = text_of(coordinator.get(reverse("web:today")))

    assert "Bring Olena and Marta together" in page
    assert "Plan their first meeting and come along." in page


def test_today_plans_a_good_ending(coordinator, match) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(
            last_meeting_on=clock.today(),
            attention_on=clock.today(),
            planned_end_on=clock.today() + timedelta(days=20),
        )

    assert "Plan a good ending for Olena and Marta" in text_of(
        coordinator.get(reverse("web:today"))
    )


# ── Supervisor ───────────────────────────────────────────────────────────────────────────────────


def test_a_supervisor_sees_dates_and_the_mentor_and_neither_texts_nor_the_participant(
    client, match
) -> None:
    MeetingFactory(match=match, next_step="Call the clinic", topics=["health"])
    GoalFactory(match=match)
    supervisor = MembershipFactory(organisation=match.organisation, roles=[Role.SUPERVISOR.value])

    page = text_of(sign_in(client, supervisor).get(address("match", match)))

    assert "Marta and a participant" in page
    assert "60 minutes" in page
    for hidden in ("Call the clinic", "Olena", "doctor", "Health"):
        assert hidden not in page


# ── Mentor ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mentor(client, match):
    return sign_in(client, mentor_of(match))


def test_one_tap_notes_a_meeting_today_as_long_as_planned_the_usual_way(mentor, match) -> None:
    MeetingFactory(match=match, way="video")

    answer = mentor.post(address("met_today", match), follow=True)

    meeting = rows_of(match, Meeting)[-1]
    assert (meeting.held_on, meeting.minutes, meeting.way) == (clock.today(), 90, "video")
    assert "Noted: today, 90 minutes." in text_of(answer)
    assert answer.redirect_chain[0][0].endswith("#meetings")


def test_saving_a_meeting_takes_a_bounded_number_of_queries(mentor, match) -> None:
    mentor.post(address("met_today", match))

    with CaptureQueriesContext(connection) as counted:
        mentor.post(address("met_today", match))

    assert len(counted) <= 34


def test_a_meeting_is_noted_with_its_areas_and_corrected(mentor, match) -> None:
    today = clock.today()
    form = text_of(mentor.get(address("new_meeting", match)))
    mentor.post(
        address("new_meeting", match),
        {
            "held_on": today.isoformat(),
            "minutes": "90",
            "way": "in_person",
            "topics": ["health", "free_time"],
            "next_step": "Library",
        },
    )
    [meeting] = rows_of(match, Meeting)
    shown = text_of(mentor.get(address("correct_meeting", match, meeting.pk)))

    mentor.post(
        address("correct_meeting", match, meeting.pk),
        {"held_on": today.isoformat(), "minutes": "45", "way": "phone", "next_step": ""},
    )

    [corrected] = rows_of(match, Meeting)
    assert 'value="90"' in form
    assert "Library" in shown
    assert (corrected.minutes, corrected.way, corrected.topics) == (45, "phone", [])


def test_a_refused_note_keeps_what_was_typed(mentor, match) -> None:
    tomorrow = clock.today() + timedelta(days=1)

    answer = mentor.post(
        address("new_meeting", match),
        {"held_on": tomorrow.isoformat(), "minutes": "30", "way": "phone", "next_step": "Ask"},
    )

    assert answer.status_code == 422
    assert "The day lies ahead." in text_of(answer)
    assert 'value="Ask"' in text_of(answer)


def test_a_note_form_has_no_field_for_a_worry(mentor, match) -> None:
    page = mentor.get(address("new_meeting", match))

    assert set(page.context["form"].fields) == {
        "held_on",
        "minutes",
        "way",
        "topics",
        "next_step",
        "interpreter_came",
    }


def test_a_meeting_is_planned_and_called_off(mentor, match) -> None:
    day = clock.today() + timedelta(days=3)

    mentor.post(
        address("plan_meeting", match),
        {"day": day.isoformat(), "time": "17:00", "minutes": "60", "way": "in_person"},
    )
    [meeting] = rows_of(match, Meeting)
    page = text_of(mentor.get(address("match", match)))
    mentor.post(address("meeting_off", match, meeting.pk))

    assert timezone.localtime(meeting.planned_at).hour == 17
    assert "17:00" in page
    assert rows_of(match, Meeting)[0].state == "cancelled"


def test_a_plan_in_the_past_is_refused_at_the_form(mentor, match) -> None:
    answer = mentor.post(
        address("plan_meeting", match),
        {"day": "2026-01-01", "time": "17:00", "minutes": "60", "way": "phone"},
    )

    assert answer.status_code == 422
    assert "Choose a time from now on" in text_of(answer)


@pytest.mark.parametrize(("act", "state"), [("held", "held"), ("missed", "missed")])
def test_a_meeting_whose_time_is_over_is_noted_in_one_tap(mentor, match, act, state) -> None:
    meeting = MeetingFactory(
        match=match, planned=True, planned_at=clock.now() - timedelta(hours=2), way="phone"
    )

    mentor.post(address(f"meeting_{act}", match, meeting.pk))

    [stored] = rows_of(match, Meeting)
    assert (stored.state, stored.way) == (state, "phone")


def test_a_mentor_finds_own_matches_and_no_others(mentor, match) -> None:
    other = MatchFactory(programme=match.programme, participant__called="Amal")

    page = text_of(mentor.get(reverse("mentoring:mine")))

    assert "Olena" in page
    assert "We met today" in page
    assert "Amal" not in page
    assert mentor.get(address("match", other)).status_code == 404
    assert mentor.post(address("met_today", other)).status_code == 404


def test_a_mentor_without_a_match_reads_a_kind_word(client, match) -> None:
    lonely = MembershipFactory(organisation=match.organisation, mentor=True)

    page = text_of(sign_in(client, lonely).get(reverse("mentoring:mine")))

    assert "No match yet" in page


def test_today_reminds_a_mentor_of_the_note_the_signature_and_the_next_meeting(client) -> None:
    match = MatchFactory(
        starting=True,
        participant__called="Olena",
        next_meeting_at=clock.now() - timedelta(hours=1),
    )
    MeetingFactory(match=match, planned=True, planned_at=clock.now() - timedelta(hours=1))
    MatchFactory(
        programme=match.programme,
        mentor=match.mentor,
        participant__called="Amal",
        next_meeting_at=clock.now() + timedelta(days=2),
    )

    page = text_of(sign_in(client, mentor_of(match)).get(reverse("web:today")))

    assert "Did you meet Olena?" in page
    assert "Sign the agreement with Olena" in page
    assert "You meet Amal" in page


# ── Agreement ────────────────────────────────────────────────────────────────────────────────────


def test_the_agreement_is_read_in_another_language_and_signed(client) -> None:
    match = MatchFactory(starting=True, participant__called="Olena", participant__language="ar")
    mentor = sign_in(client, mentor_of(match))

    arabic = text_of(mentor.get(address("sign", match, match.participant_id)))
    mentor.post(
        address("sign", match, match.participant_id) + "?language=pl",
        {"signature-typed": "Olena K."},
    )
    mentor.post(address("sign", match, match.mentor_id), {"signature-typed": "Marta L."})
    page = text_of(mentor.get(address("agreement", match)))

    signatures = rows_of(match, Signature)
    assert 'dir="rtl"' in arabic.split("agreement-text")[1]
    assert [(row.language, row.taken_by_id is None) for row in signatures] == [
        ("pl", False),
        ("en", True),
    ]
    assert "Olena K." in page
    assert rows_of(match, Match)[0].state == "active"


def test_an_empty_signature_is_refused_at_the_form(mentor, match) -> None:
    answer = mentor.post(address("sign", match, match.mentor_id), {"signature-typed": " "})

    assert answer.status_code == 422
    assert rows_of(match, Signature) == []


def test_nobody_signs_who_does_not_belong_to_the_match(mentor, match) -> None:
    other = MatchFactory(programme=match.programme)

    assert mentor.get(address("sign", match, other.participant_id)).status_code == 404


def test_a_drawn_signature_is_shown_as_a_picture(coordinator, match) -> None:
    SignatureFactory(match=match, kind="drawn", signature="data:image/png;base64,aGVsbG8=")

    page = text_of(coordinator.get(address("agreement", match)))

    assert 'src="data:image/png;base64,aGVsbG8="' in page


def test_the_agreement_is_a_file_in_the_language_of_choice(coordinator, match) -> None:
    SignatureFactory(match=match, person=match.mentor, kind="typed", signature="Marta Wolna")

    answer = coordinator.get(address("agreement_pdf", match), {"language": "ar"})

    read = papers.text_of(answer.content)
    assert papers.language_of(answer.content) == "ar"
    assert str(match.participant.name) in read
    assert "Marta Wolna" in read
    assert answer.headers["Content-Disposition"] == 'inline; filename="agreement.pdf"'


def test_a_stranger_opens_no_agreement_as_file(client, match) -> None:
    sign_in(client, MembershipFactory(organisation=match.organisation, roles=[Role.MENTOR]))

    assert client.get(address("agreement_pdf", match)).status_code == 404


# ── Participant ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def participant(client, match):
    return sign_in(client, participant_of(match))


def test_a_participant_sees_the_mentor_the_next_meeting_and_own_goals(participant, match) -> None:
    GoalStepFactory(goal=GoalFactory(match=match))
    MeetingFactory(match=match, planned=True, planned_at=clock.now() + timedelta(days=1))
    MeetingFactory(match=match, next_step="Call the clinic")

    home = text_of(participant.get(reverse("mentoring:mine")))
    page = text_of(participant.get(address("match", match)))

    assert "Marta" in home
    assert "Marta" in page
    assert "Find the number of the clinic" in page
    assert "Tomorrow" in page
    assert "Note a meeting" not in page


def test_a_participant_without_a_match_knows_that_we_are_looking(client, match) -> None:
    lonely = MembershipFactory(organisation=match.organisation, participant=True)

    page = text_of(sign_in(client, lonely).get(reverse("mentoring:mine")))

    assert "We are looking for a mentor for you" in page


def test_a_participant_sets_a_goal_and_ticks_a_step(participant, match) -> None:
    form = text_of(participant.get(address("new_goal", match)))
    participant.post(
        address("new_goal", match),
        {"title": "Swim", "domain_key": "health", "chosen_by": "participant"},
    )
    [goal] = rows_of(match, Goal)
    participant.post(address("goal", match, goal.pk), {"text": "Find a pool", "who": "both"})
    [step] = rows_of(match, GoalStep)
    participant.post(address("tick_step", match, step.pk), {"done": "yes"})
    page = text_of(participant.get(address("goal", match, goal.pk)))
    participant.post(address("end_goal", match, goal.pk), {"state": "reached"})

    assert ">Me<" in form.replace("\n", "").replace("  ", "")
    assert "Both together" in page
    assert rows_of(match, GoalStep)[0].done_on == clock.today()
    assert rows_of(match, Goal)[0].state == "reached"


def test_a_goal_ends_in_one_of_two_ways(participant, match) -> None:
    goal = GoalFactory(match=match)

    answer = participant.post(address("end_goal", match, goal.pk), {"state": "failed"})

    assert answer.status_code == 404
    assert rows_of(match, Goal)[0].state == "active"


def test_a_goal_and_a_step_need_words(participant, match) -> None:
    goal = GoalFactory(match=match)

    answers = [
        participant.post(address("new_goal", match), {}),
        participant.post(address("goal", match, goal.pk), {}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


def test_a_participant_notes_no_meetings_and_closes_nothing(participant, match) -> None:
    found = [
        participant.get(address("new_meeting", match)).status_code,
        participant.post(address("met_today", match)).status_code,
        participant.get(address("close", match)).status_code,
        participant.post(address("pause", match)).status_code,
    ]

    assert found == [404, 404, 404, 404]
    assert rows_of(match, Meeting) == []


def test_names_are_seen_only_after_both_said_yes(client) -> None:
    proposal = ProposalFactory(
        offered=True,
        participant_answer="yes",
        participant__person__called="Olena",
        mentor__person__called="Marta",
    )
    olena = sign_in(client, account_of(proposal.participant.person, "participant"))
    before = text_of(olena.get(reverse("mentoring:mine")))
    marta = sign_in(client, account_of(proposal.mentor.person, "mentor"))

    marta.post(reverse("matching:offer", args=[proposal.pk]), {"answer": "yes"})
    after = text_of(marta.get(reverse("mentoring:mine")))

    assert "Marta" not in before
    assert "Olena" in after


# ── Others ───────────────────────────────────────────────────────────────────────────────────────

PAGES = ("match", "agreement", "new_meeting", "plan_meeting", "new_goal", "close")
ACTS = ("met_today", "pause", "resume", "close")


@pytest.mark.parametrize(
    "role", [Role.PLATFORM_ADMINISTRATOR, Role.VOLUNTEER_MATCHER, Role.MENTOR, Role.PARTICIPANT]
)
def test_others_of_the_same_organisation_find_nothing(client, match, role) -> None:
    browser = sign_in(
        client, MembershipFactory(organisation=match.organisation, roles=[role.value])
    )

    assert [browser.get(address(name, match)).status_code for name in PAGES] == [404] * len(PAGES)


def test_another_organisation_finds_nothing_at_the_same_addresses(client, match) -> None:
    meeting, goal = MeetingFactory(match=match), GoalFactory(match=match)
    browser = sign_in(client, MembershipFactory())

    found = [browser.get(address(name, match)).status_code for name in PAGES]
    found += [browser.post(address(name, match)).status_code for name in ACTS]
    found += [
        browser.get(address("correct_meeting", match, meeting.pk)).status_code,
        browser.get(address("goal", match, goal.pk)).status_code,
        browser.post(address("end_goal", match, goal.pk), {"state": "reached"}).status_code,
    ]

    assert found == [404] * 13
    assert "Olena" not in text_of(browser.get(reverse("mentoring:start")))
    assert rows_of(match, Match)[0].state == "active"


# ── The interpreter in the log ───────────────────────────────────────────────────────────────────


@pytest.fixture
def came(match):
    """A booking of today that has begun."""
    with scope.entered(match.organisation_id):
        return BookingFactory(
            organisation=match.organisation,
            person=match.participant,
            interpreter__name="Samira Nasser",
            state="accepted",
            starts_at=clock.now() - timedelta(minutes=1),
        )


def typed_meeting(**changed):
    given = {"held_on": clock.today(), "minutes": "75", "way": "in_person", "next_step": "Call"}
    return {**given, **changed}


def test_a_note_of_a_meeting_says_who_interpreted_and_for_how_long(
    client, coordinator, match, came
) -> None:
    mentor = sign_in(client, mentor_of(match))
    form = text_of(mentor.get(address("new_meeting", match)))
    assert "Samira Nasser" in form

    mentor.post(address("new_meeting", match), typed_meeting(interpreter=str(came.pk)))

    with scope.entered(match.organisation_id):
        cost = Cost.objects.get()
        assert (cost.minutes, cost.booking_id, cost.on) == (75, came.pk, clock.today())
    page = text_of(mentor.get(reverse("mentoring:match", args=[match.pk])))
    assert "Samira Nasser\u2069 interpreting" in page
    assert "Samira Nasser" not in text_of(mentor.get(address("new_meeting", match)))


def test_an_interpreter_of_another_day_is_refused_and_nothing_is_noted(
    coordinator, match, came
) -> None:
    earlier = clock.today() - timedelta(days=1)

    answer = coordinator.post(
        address("new_meeting", match), typed_meeting(held_on=earlier, interpreter=str(came.pk))
    )

    assert "This interpreter was booked for another day." in text_of(answer)
    assert rows_of(match, Meeting) == []
    assert rows_of(match, Cost) == []


def test_without_a_booking_the_note_asks_for_no_interpreter(coordinator, match) -> None:
    form = coordinator.get(address("new_meeting", match)).context["form"]

    assert "interpreter" not in form.fields
