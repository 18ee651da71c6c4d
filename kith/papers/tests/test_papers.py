"""Working papers: acts through commands, pages through the client."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.activities.tests.factories import ActivityFactory
from kith.base import permit, scope, vault
from kith.base.errors import Denied
from kith.gate.actor import member_actor
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring.commands import PlanTooFar, cancel_meeting
from kith.mentoring.models import Match, Meeting
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    GoalStepFactory,
    MatchFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.papers import commands, queries
from kith.papers.models import Paper, Writing, Yes
from kith.papers.tests.factories import PaperFactory, WritingFactory, YesFactory
from kith.programmes.commands import adapt_programme
from kith.programmes.models import Programme
from kith.programmes.rules import known_documents, rules_of
from kith.web.tests import reading

pytestmark = pytest.mark.django_db


def a_match(template: str = "de_tandem", **more: Any):
    programme = more.pop("programme", None)
    programme = programme or ProgrammeFactory(template_key=template, name="Together")
    return MatchFactory(programme=programme, **more)


@pytest.fixture
def match():
    return a_match()


def address(name: str, match, *more: object) -> str:
    return reverse(f"papers:{name}", args=[match.pk, *more])


def rows_of(match, model) -> list[Any]:
    with scope.entered(match.organisation_id):
        return list(model.objects.order_by("id"))


def actor(member):
    return member_actor(member)


def put(by, match, document: str, section: str, *, line: str | None = None, **values: Any):
    return commands.put_line(
        by, match=match, document=document, section=section, line=line, values=values, now=NOW
    )


def content(match, section: str) -> Any:
    rows = [row for row in rows_of(match, Writing) if row.section == section]
    with scope.entered(match.organisation_id):
        return rows[-1].content


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_is_added_changed_and_taken_out_and_each_writing_is_kept(match) -> None:
    me = actor(mentor_of(match))

    put(me, match, "tandem_agreement", "rhythm", day="tue", place="Library")
    key = content(match, "rhythm")["rows"][0]["id"]
    put(me, match, "tandem_agreement", "rhythm", line=key, day="wed")
    assert content(match, "rhythm") == {"rows": [{"id": key, "day": "wed"}]}
    commands.take_line_out(
        me, match=match, document="tandem_agreement", section="rhythm", line=key, now=NOW
    )

    assert content(match, "rhythm") == {"rows": []}
    assert [row.number for row in rows_of(match, Writing)] == [1, 2, 3]
    assert [paper.version for paper in rows_of(match, Paper)] == [3]


def test_a_line_that_is_gone_cannot_be_changed(match) -> None:
    with pytest.raises(commands.LineIsGone):
        put(actor(mentor_of(match)), match, "tandem_agreement", "rhythm", line="no", day="tue")


def test_lines_stand_in_the_order_of_their_days() -> None:
    match = a_match("au_language_tutor")
    me = actor(mentor_of(match))

    for day in ("2026-11-20", "2026-10-02", "2026-12-01"):
        put(me, match, "lesson_log", "lessons", on=day, practised="Doctor")

    days = [row["on"] for row in content(match, "lessons")["rows"]]
    assert days == ["2026-10-02", "2026-11-20", "2026-12-01"]


def test_two_who_write_at_once_lose_no_words() -> None:
    match = a_match("base")
    given = {"match": match, "document": "mentoring_plan", "section": "matters", "now": NOW}
    commands.write_text(actor(mentor_of(match)), text="Work", seen=0, **given)

    with pytest.raises(commands.WrittenMeanwhile):
        commands.write_text(actor(participant_of(match)), text="My flat", seen=0, **given)

    assert content(match, "matters") == {"text": "Work"}


def test_each_side_speaks_for_itself_and_a_mentor_may_write_for_the_participant(match) -> None:
    given = {"match": match, "document": "tandem_agreement", "section": "limits", "now": NOW}

    mentor = actor(mentor_of(match))
    words = "No calls at night"
    commands.write_voice(mentor, voice=match.participant_id, text=words, seen=0, **given)
    with pytest.raises(commands.NotYourWords):
        commands.write_voice(
            actor(participant_of(match)), voice=match.mentor_id, text="Nothing", seen=1, **given
        )

    assert content(match, "limits") == {"voices": {str(match.participant_id): "No calls at night"}}


def test_a_yes_counts_until_the_paper_is_changed(match) -> None:
    mentor, participant = actor(mentor_of(match)), actor(participant_of(match))
    put(mentor, match, "tandem_agreement", "rhythm", day="tue")
    given = {"match": match, "document": "tandem_agreement", "today": TODAY}

    commands.say_yes(mentor, person=match.mentor, seen=1, **given)
    commands.say_yes(participant, person=match.participant, seen=1, **given)
    document = queries.document_of(match, "tandem_agreement")
    agreed = queries.opened(mentor, match=match, document=document).is_agreed()
    put(mentor, match, "tandem_agreement", "rhythm", day="wed")

    assert agreed is True
    assert queries.opened(mentor, match=match, document=document).is_agreed() is False
    with pytest.raises(commands.PaperChanged):
        commands.say_yes(mentor, person=match.mentor, seen=1, **given)


def test_a_participant_says_no_yes_for_the_mentor(match) -> None:
    put(actor(mentor_of(match)), match, "tandem_agreement", "rhythm", day="tue")

    with pytest.raises(commands.NotYourWords):
        commands.say_yes(
            actor(participant_of(match)),
            match=match,
            document="tandem_agreement",
            person=match.mentor,
            seen=1,
            today=TODAY,
        )

    assert rows_of(match, Yes) == []


def test_nobody_writes_in_the_rota_any_more_and_old_lines_can_be_read(client) -> None:
    match = MatchFactory(welcome=True)
    writers = (mentor_of(match), MembershipFactory(organisation=match.organisation))
    before = sign_in(client, writers[0]).get(address("paper", match, "rota"))
    WritingFactory(
        paper=PaperFactory(match=match, document="rota"),
        section="weeks",
        content={"rows": [{"id": "a", "week": "2026-11-30", "who": str(match.mentor_id)}]},
    )

    assert before.status_code == 404
    for who in writers:
        page = sign_in(client, who).get(address("paper", match, "rota")).content.decode()
        assert reverse("rota:rota", args=[match.pk]) in page
        assert "30 November" in page
        assert address("new_line", match, "rota", "weeks") not in page
        with pytest.raises(Denied):
            put(actor(who), match, "rota", "weeks", week="2026-12-07")


def test_ticks_keep_the_day_of_the_first_tick() -> None:
    match = a_match("au_language_tutor")
    given = {"match": match, "document": "lesson_log", "section": "levels", "now": NOW}
    me = actor(participant_of(match))

    commands.tick_sentences(me, keys=["greet"], today=date(2026, 11, 1), **given)
    commands.tick_sentences(me, keys=["greet", "price"], today=TODAY, **given)

    assert content(match, "levels") == {
        "ticks": {"greet": "2026-11-01", "price": TODAY.isoformat()}
    }


def test_papers_of_a_match_that_ended_stay_as_they_are() -> None:
    match = a_match(closed=True)

    with pytest.raises(commands.PaperIsClosed):
        put(actor(staff(match.programme)), match, "tandem_agreement", "rhythm", day="tue")


def test_a_stranger_writes_nothing(match) -> None:
    stranger = MembershipFactory(organisation=match.organisation, roles=[Role.MENTOR])

    with pytest.raises(Denied):
        put(actor(stranger), match, "tandem_agreement", "rhythm", day="tue")

    assert rows_of(match, Writing) == []


def test_what_was_written_is_unreadable_without_the_key_of_the_match() -> None:
    writing = WritingFactory()
    match = writing.match

    with scope.entered(match.organisation_id), permit.lifted():
        before = Writing.objects.get(pk=writing.pk).content
        vault.forget(match.pk, store="mentoring")
        after = Writing.objects.get(pk=writing.pk).content

    assert before["rows"][0]["place"] == "Library"
    assert after is None


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mentor(client, match):
    return sign_in(client, mentor_of(match))


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        ("base", ["mentoring_plan"]),
        ("se_buddy", ["circle_plan"]),
        ("uk_goal_mentor", ["goal_sheet"]),
        ("ca_welcome_group", ["settlement_plan", "duty_list"]),
        ("au_language_tutor", ["lesson_log"]),
    ],
)
def test_a_match_has_the_papers_its_template_names_each_as_page_file_and_empty_form(
    client, template, keys
) -> None:
    match = a_match(template)
    sign_in(client, mentor_of(match))

    page = client.get(address("of_match", match)).content.decode()

    assert [key for key in keys if address("paper", match, key) in page] == keys
    assert address("paper", match, "tandem_agreement") not in page
    assert client.get(address("paper", match, "tandem_agreement")).status_code == 404
    for key in keys:
        assert client.get(address("paper", match, key)).status_code == 200
        for name in ("pdf", "blank"):
            answer = client.get(address(name, match, key))
            assert reading.promises_ua(reading.read(answer.content))


def test_a_line_is_typed_and_stands_on_the_page_and_in_the_file(client) -> None:
    match = a_match("ca_welcome_group")
    sign_in(client, mentor_of(match))
    sent = {
        "month": "2026-11",
        "head": "rent",
        "planned": "1 250,50",
        "spent": "",
        "payer": "group",
    }

    answer = client.post(address("new_line", match, "settlement_plan", "budget"), sent)

    assert answer["Location"] == address("paper", match, "settlement_plan") + "#budget"
    assert content(match, "budget")["rows"][0]["planned"] == 125050
    page = client.get(address("paper", match, "settlement_plan")).content.decode()
    assert page.count("PLN") + page.count("zł") >= 2
    file = client.get(address("pdf", match, "settlement_plan"))
    assert "1,250.50" in reading.text_of(file.content)


def test_an_amount_that_cannot_be_read_keeps_what_was_typed(client) -> None:
    match = a_match("ca_welcome_group")
    sign_in(client, mentor_of(match))
    sent = {"month": "2026-11", "head": "rent", "planned": "about 20", "payer": "group"}

    answer = client.post(address("new_line", match, "settlement_plan", "budget"), sent)

    assert answer.status_code == 422
    assert 'value="about 20"' in answer.content.decode()
    assert rows_of(match, Writing) == []


def test_a_line_is_changed_and_taken_out_on_its_page(mentor, match) -> None:
    mentor.post(address("new_line", match, "tandem_agreement", "rhythm"), {"day": "tue"})
    key = content(match, "rhythm")["rows"][0]["id"]

    mentor.post(
        address("line", match, "tandem_agreement", "rhythm", key),
        {"day": "wed", "at": "17:30", "place": "Café"},
    )
    changed = content(match, "rhythm")
    mentor.post(address("take_out", match, "tandem_agreement", "rhythm", key))

    assert changed == {"rows": [{"id": key, "day": "wed", "at": "17:30:00", "place": "Café"}]}
    assert content(match, "rhythm") == {"rows": []}


# ── A day of a circle plan becomes a meeting ─────────────────────────────────────────────────────


def a_circle(**more: Any):
    return a_match("se_buddy", unit="group", **more)


def plan_day(by, match, **values: Any):
    day = {"on": "2026-11-28", "at": "16:00:00", "what": "We bake", "place": "Wilda", **values}
    put(by, match, "circle_plan", "calendar", **day)
    rows = content(match, "calendar")["rows"]
    return next(row["id"] for row in reversed(rows) if {**row, **day} == row)


def plan_line(by, match, line: str):
    return commands.plan_line(
        by,
        match=match,
        document="circle_plan",
        section="calendar",
        line=line,
        minutes=90,
        now=NOW,
    )


def test_a_day_of_the_plan_becomes_one_meeting_with_its_time_and_place() -> None:
    match = a_circle()
    me = actor(mentor_of(match))
    line = plan_day(me, match)

    plan_line(me, match, line)

    with pytest.raises(commands.LinePlanned):
        plan_line(me, match, line)
    [meeting] = rows_of(match, Meeting)
    with scope.entered(match.organisation_id):
        assert (str(meeting.place), meeting.minutes, meeting.state) == ("Wilda", 90, "planned")
        assert timezone.localtime(meeting.planned_at).isoformat()[:16] == "2026-11-28T16:00"


def test_when_the_meeting_is_called_off_the_day_can_be_planned_again() -> None:
    match = a_circle()
    me = actor(mentor_of(match))
    line = plan_day(me, match)
    plan_line(me, match, line)
    [meeting] = rows_of(match, Meeting)
    cancel_meeting(me, match=match, meeting=meeting, now=NOW)

    plan_line(me, match, line)

    assert [row.state for row in rows_of(match, Meeting)] == ["cancelled", "planned"]


def test_a_day_without_a_time_a_past_day_and_the_family_plan_no_meeting() -> None:
    match = a_circle()
    me, family = actor(mentor_of(match)), actor(participant_of(match))
    open_day = plan_day(me, match, at="")
    past = plan_day(me, match, on="2026-11-22")
    good = plan_day(family, match)

    with pytest.raises(commands.LineHasNoTime):
        plan_line(me, match, open_day)
    with pytest.raises(PlanTooFar):
        plan_line(me, match, past)
    with pytest.raises(Denied):
        plan_line(family, match, good)
    assert rows_of(match, Meeting) == []


def test_changing_a_line_keeps_its_meeting() -> None:
    match = a_circle()
    me = actor(mentor_of(match))
    line = plan_day(me, match)
    plan_line(me, match, line)
    [meeting] = rows_of(match, Meeting)

    put(me, match, "circle_plan", "calendar", line=line, on="2026-11-28", what="We cook")

    assert content(match, "calendar")["rows"] == [
        {"id": line, "meeting": str(meeting.pk), "on": "2026-11-28", "what": "We cook"}
    ]


def test_the_button_is_there_for_whoever_plans_meetings_and_goes_when_it_is_one(client) -> None:
    match = a_circle()
    mentor, family = mentor_of(match), participant_of(match)
    line = plan_day(actor(mentor), match)
    button = address("plan_line", match, "circle_plan", "calendar", line)
    paper = address("paper", match, "circle_plan")

    with time_machine.travel(NOW, tick=False):
        assert button not in sign_in(client, family).get(paper).content.decode()
        assert client.post(button).status_code == 404
        assert button in sign_in(client, mentor).get(paper).content.decode()
        client.post(button)
        page = client.get(paper).content.decode()

    assert button not in page
    assert "meeting, in 5 days, on 28 November" in page


def test_everybody_of_the_circle_sees_plan_meetings_and_activities_in_one_calendar(client) -> None:
    match = a_circle()
    mentor, family = mentor_of(match), participant_of(match)
    first = plan_day(actor(mentor), match)
    plan_day(actor(mentor), match, on="2026-12-05", what="Walk to the zoo")
    plan_line(actor(mentor), match, first)
    ActivityFactory(programme=match.programme, title="Café", starts_at=NOW + timedelta(days=3))
    calendar = reverse("calendars:match", args=[match.pk])

    with time_machine.travel(NOW, tick=False):
        for who in (mentor, family, MembershipFactory(organisation=match.organisation)):
            page = sign_in(client, who).get(calendar).content.decode()
            assert [page.count(one) for one in ("We bake", "Walk to the zoo", "Café")] == [1, 1, 1]
            assert "in our plan" in page
        stranger = mentor_of(a_circle(programme=match.programme))
        assert sign_in(client, stranger).get(calendar).status_code == 404


def test_words_are_written_by_each_and_the_other_side_has_no_button(client, match) -> None:
    sign_in(client, participant_of(match))
    mine = address("voice", match, "tandem_agreement", "expectations", match.participant_id)
    theirs = address("voice", match, "tandem_agreement", "expectations", match.mentor_id)

    page = client.get(address("paper", match, "tandem_agreement")).content.decode()
    client.post(mine, {"text": "أريد أن أتعلّم", "seen": "0"})

    assert (mine in page, theirs in page) == (True, False)
    assert client.get(theirs).status_code == 404
    assert content(match, "expectations")["voices"][str(match.participant_id)] == "أريد أن أتعلّم"


def test_a_goal_sheet_shows_goals_and_steps_of_the_match(client) -> None:
    match = a_match("uk_goal_mentor")
    goal = GoalFactory(match=match, title="A course place")
    GoalStepFactory(goal=goal, match=match, text="Call the college", who="participant")
    sign_in(client, participant_of(match))

    client.post(
        address("voice", match, "goal_sheet", "outcome", goal.pk),
        {"text": "I start in May.", "seen": "0"},
    )

    file = reading.text_of(client.get(address("pdf", match, "goal_sheet")).content)
    wanted = ["A course place", "Call the college", "I start in May."]
    assert [said for said in wanted if said in file] == wanted


def test_both_say_yes_on_the_page(client, match) -> None:
    put(actor(mentor_of(match)), match, "tandem_agreement", "rhythm", day="tue")
    sign_in(client, participant_of(match))

    client.post(address("say_yes", match, "tandem_agreement", match.participant_id), {"seen": "1"})
    other = client.post(
        address("say_yes", match, "tandem_agreement", match.mentor_id), {"seen": "1"}
    )

    assert other.status_code == 403
    assert [row.person_id for row in rows_of(match, Yes)] == [match.participant_id]


def test_the_history_says_who_and_when_and_not_what(client, match) -> None:
    marta = mentor_of(match)
    sign_in(client, marta)
    put(actor(marta), match, "tandem_agreement", "rhythm", day="tue", place="Library")

    page = client.get(address("history", match, "tandem_agreement")).content.decode()

    assert "When and where we meet" in page
    assert "Library" not in page


def test_others_and_another_organisation_find_nothing(client, match) -> None:
    PaperFactory(match=match)
    strangers = (
        MembershipFactory(organisation=match.organisation, roles=[Role.MENTOR]),
        MembershipFactory(organisation=match.organisation, roles=[Role.PLATFORM_ADMINISTRATOR]),
        MembershipFactory(),
    )

    for stranger in strangers:
        sign_in(client, stranger)
        for url in (
            address("of_match", match),
            address("paper", match, "tandem_agreement"),
            address("pdf", match, "tandem_agreement"),
            address("letters", match),
        ):
            assert client.get(url).status_code == 404


def test_a_page_asks_the_database_as_often_for_many_lines_as_for_one(client, match) -> None:
    marta = mentor_of(match)
    sign_in(client, marta)
    put(actor(marta), match, "tandem_agreement", "rhythm", day="tue", place="Library")
    url = address("paper", match, "tandem_agreement")
    client.get(url)

    one = _count(client, url)
    for day in ("wed", "thu"):
        put(actor(marta), match, "tandem_agreement", "rhythm", day=day, place="Library")

    assert _count(client, url) == one
    assert client.get(url).content.decode().count("<bdi>Library</bdi>") == 3


def _count(client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def test_an_erased_person_takes_their_yes_along() -> None:
    yes = YesFactory()

    with scope.entered(yes.organisation_id), permit.lifted():
        commands.let_go_of_person(yes.person_id)

    assert rows_of(yes.paper.match, Yes) == []


@pytest.mark.parametrize("account", [mentor_of, participant_of])
def test_the_page_of_the_match_leads_to_its_papers(client, match, account) -> None:
    sign_in(client, account(match))

    page = client.get(reverse("mentoring:match", args=[match.pk])).content.decode()

    assert address("of_match", match) in page


def test_other_papers_of_a_programme_are_for_matches_to_come() -> None:
    signed = a_match()
    begun = MatchFactory(programme=signed.programme)
    new = MatchFactory(programme=signed.programme)
    SignatureFactory(match=signed, created_at=NOW - timedelta(days=3))
    PaperFactory(match=begun)
    rules = rules_of(signed.programme)
    goal_sheet = tuple(one for one in known_documents() if one.key == "goal_sheet")

    with scope.entered(signed.organisation_id):
        programme = Programme.objects.get(pk=signed.programme_id)
        adapt_programme(
            actor(staff(programme)),
            programme=programme,
            name="Tandem",
            rules=replace(rules, documents=goal_sheet),
            now=NOW,
        )
        found = [
            [one.key for one in queries.documents_of(Match.objects.get(pk=match.pk))]
            for match in (signed, begun, new)
        ]

    assert found == [["tandem_agreement"], ["goal_sheet", "tandem_agreement"], ["goal_sheet"]]
