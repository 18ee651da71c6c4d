"""Pages of the directory and of referrals, as each role opens them."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.tests.factories import PersonFactory, PlaceFactory
from kith.progress import permissions as progress_permissions
from kith.services.models import (
    DirectoryImport,
    EntryReport,
    Feedback,
    ImportedEntry,
    Provider,
    Referral,
    ReferralStep,
    Service,
)
from kith.services.queries import imports as import_queries
from kith.services.queries import referrals as referral_queries
from kith.services.rules.reading import read_directory
from kith.services.tests.factories import (
    FeedbackFactory,
    ReferralFactory,
    at,
    document,
    entry,
    open_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def me(ewa):
    return MembershipFactory(organisation=ewa.organisation, participant=True)


@pytest.fixture
def amal(ewa, me):
    return PersonFactory(
        organisation=ewa.organisation, is_participant=True, user=me.user, name="Amal Haddad"
    )


@pytest.fixture
def jan(ewa, amal, monkeypatch):
    """The mentor who accompanies Amal."""
    from django.db.models import Q

    member = MembershipFactory(organisation=ewa.organisation, mentor=True)
    reach = [lambda actor: Q(pk=amal.pk) if actor.user_id == member.user_id else Q(pk__in=[])]
    monkeypatch.setattr(progress_permissions, "_sources", reach)
    return member


@pytest.fixture
def course(ewa):
    return entry(
        ewa.organisation,
        "Polish in the evening",
        **at(52.4, 16.9),
        **open_on("MO", "17:00", "20:00"),
    )


@pytest.fixture
def offer(ewa, amal, course):
    return ReferralFactory(organisation=ewa.organisation, person=amal, service=course)


@pytest.fixture
def staff(client, ewa):
    return sign_in(client, ewa)


@pytest.fixture
def own(client, me, amal):
    return sign_in(client, me)


def url(name: str, *args: object) -> str:
    return reverse(f"services:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def rows(ewa, model):
    with scope.entered(ewa.organisation_id):
        return list(model.objects.order_by("id"))


def moved(ewa, referral, **fields) -> None:
    with scope.entered(ewa.organisation_id), permit.lifted():
        Referral.objects.filter(pk=referral.pk).update(**fields)


# ── Looking for a place ──────────────────────────────────────────────────────────────────────────


def names_on(answer) -> list[str]:
    return [card.facts.name for card in answer.context["cards"]]


def test_a_search_is_understood_from_its_address_alone(staff, ewa, course) -> None:
    entry(ewa.organisation, "Lawyer", need="rights")
    with scope.entered(ewa.organisation_id):
        place = PlaceFactory(organisation=ewa.organisation, latitude=52.4, longitude=16.9)

    found = [
        names_on(staff.get(url("start"), asked))
        for asked in (
            {},
            {"q": "pol"},
            {"need": "rights"},
            {"place": place.pk, "km": "5"},
            {"when": "evening"},
            {"need": "no such need", "language": "??", "km": "1000", "when": "never"},
        )
    ]

    polish, lawyer = "Polish in the evening", "Lawyer"
    assert found == [[lawyer, polish], [polish], [lawyer], [polish], [polish], [lawyer, polish]]


def test_a_search_leaves_no_trace(staff, ewa, course) -> None:
    from kith.gate.models import AuditEvent

    answer = staff.get(url("start"), {"q": "pol", "need": "language"})

    assert "no-store" in answer.headers["Cache-Control"]
    with scope.entered(ewa.organisation_id):
        assert list(AuditEvent.objects.filter(verb__startswith="services")) == []


def test_nothing_found_says_what_to_leave_out(staff, course) -> None:
    page = text_of(staff.get(url("start"), {"q": "zzz"}))

    assert "Leave something out: fewer words, any language, a longer way." in page


def test_an_empty_directory_says_what_to_do_to_each_reader(client, ewa, me, amal) -> None:
    for_staff = text_of(sign_in(client, ewa).get(url("start")))
    for_amal = text_of(sign_in(client, me).get(url("start")))

    assert "Add the places you call most often" in for_staff
    assert url("new") in for_staff
    assert "Ask in the office until then." in for_amal
    assert url("new") not in for_amal


def test_the_directory_takes_the_same_queries_for_one_and_for_three(staff, ewa, course) -> None:
    staff.get(url("start"))
    with CaptureQueriesContext(connection) as one:
        staff.get(url("start"))
    for name in ("Second", "Third"):
        entry(ewa.organisation, name, **at(52.5, 16.9))

    with CaptureQueriesContext(connection) as three:
        page = staff.get(url("start"))

    assert (len(names_on(page)), len(one)) == (3, len(three))


def test_an_entry_shows_what_the_file_said_as_text_only(staff, ewa) -> None:
    bad = entry(
        ewa.organisation,
        "<script>alert(1)</script>",
        url="javascript:alert(1)",
        description="<img src=x onerror=alert(1)>",
        phones=[{"id": "0b6b4a0e-1111-4111-8111-111111111111", "number": "+48 61 555 01 01"}],
    )

    page = text_of(staff.get(url("service", bad.pk)))

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page
    assert 'href="tel:+48615550101"' in page


def test_a_participant_reads_an_entry_without_the_acts_of_staff(own, ewa, course) -> None:
    page = text_of(own.get(url("service", course.pk)))

    assert "I would like this" in page
    for name in ("edit", "checked", "agreement"):
        assert url(name, course.pk) not in page


def test_in_arabic_a_participant_finds_the_page_in_arabic(own, course) -> None:
    own.cookies["kith_language"] = "ar"

    page = text_of(own.get(url("start")))

    assert 'dir="rtl"' in page
    assert "أماكن تساعد" in page
    assert "Places that help" not in page


def test_a_wrong_entry_is_reported_without_a_name_and_settled_by_a_look(
    client, ewa, me, amal, course
) -> None:
    sign_in(client, me).post(url("report", course.pk), {"what": "moved", "note": "Next door"})

    staff = sign_in(client, ewa)
    entry_page, list_page = staff.get(url("service", course.pk)), staff.get(url("to_check"))
    assert "Next door" in text_of(entry_page)
    assert [card.facts.name for card in list_page.context["reported"]] == ["Polish in the evening"]
    assert not {"by", "person", "user"} & {f.name for f in EntryReport._meta.concrete_fields}
    staff.post(url("checked", course.pk))
    assert staff.get(url("to_check")).context["reported"] == []
    assert rows(ewa, Service)[0].checked_on == clock.today()


def test_a_report_without_a_choice_keeps_what_was_typed(own, course) -> None:
    answer = own.post(url("report", course.pk), {"note": "It moved"})

    assert list(answer.context["form"].errors) == ["what"]
    assert "It moved" in text_of(answer)


# ── Keeping the directory ────────────────────────────────────────────────────────────────────────

TYPED = {
    "name": "Kurs",
    "provider": "Słowo",
    "needs": ["language"],
    "city": "Poznań",
    "street": "Wodna 8",
    "coordinates": "52.4075, 16.9372",
    "languages": ["uk"],
    "is_free": "on",
    "state": "open",
    "mon": "9-12, 14:00-17:30",
}


def test_an_entry_is_written_changed_and_found(staff, ewa) -> None:
    made = staff.post(url("new"), TYPED)
    row = rows(ewa, Service)[0]
    first = staff.get(url("edit", row.pk)).context["form"].initial

    staff.post(url("edit", row.pk), {**TYPED, "name": "Kurs B", "mon": "", "state": "paused"})

    assert made.url == url("service", row.pk)
    assert (first["coordinates"], first["mon"]) == (
        "52.4075, 16.9372",
        "09:00–12:00, 14:00–17:30",
    )
    assert [(one.name, one.state) for one in rows(ewa, Service)] == [("Kurs B", "paused")]
    assert names_on(staff.get(url("start"), {"q": "kurs"})) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mon": "17-9"}, "mon"),
        ({"coordinates": "north"}, "coordinates"),
        ({"coordinates": "91, 0"}, "coordinates"),
        ({"city": ""}, "city"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_an_entry_is_said_at_its_field(staff, ewa, changed, field) -> None:
    answer = staff.post(url("new"), {**TYPED, **changed})

    assert list(answer.context["form"].errors) == [field]
    assert "Wodna 8" in text_of(answer)
    assert rows(ewa, Service) == []


def test_a_page_of_changes_keeps_what_it_does_not_show(staff, ewa) -> None:
    row = entry(ewa.organisation, "Kurs", wait_time="two weeks", custom={"kept": True})

    staff.post(url("edit", row.pk), TYPED)

    record = rows(ewa, Service)[0].record
    assert (record["wait_time"], record["custom"]) == ("two weeks", {"kept": True})


def test_an_agreement_is_noted_with_its_dates(staff, ewa, course) -> None:
    day = clock.today()
    wrong = staff.post(
        url("agreement", course.pk), {"agreed_on": day, "agreed_until": day - timedelta(days=1)}
    )
    staff.post(
        url("agreement", course.pk), {"agreed_on": day, "agreed_until": day + timedelta(days=9)}
    )

    assert "The agreement ends before it begins." in text_of(wrong)
    assert [one.agreed_until for one in rows(ewa, Provider)] == [day + timedelta(days=9)]


@pytest.mark.parametrize("name", ["new", "to_check", "imports"])
def test_keeping_the_directory_is_for_coordinators(client, ewa, jan, name) -> None:
    assert sign_in(client, jan).get(url(name)).status_code == 404
    assert sign_in(client, ewa).get(url(name)).status_code == 200


@pytest.mark.parametrize("name", ["edit", "checked", "agreement"])
def test_changing_an_entry_is_for_coordinators(client, jan, course, name) -> None:
    answer = sign_in(client, jan).post(url(name, course.pk), TYPED)

    assert answer.status_code == 404
    assert course.checked_on is None


# ── Bringing in, and saving ──────────────────────────────────────────────────────────────────────


def file_of(*documents, name="town.json"):
    return SimpleUploadedFile(name, json.dumps(list(documents)).encode())


def bring(staff, *documents):
    given = {"file": file_of(*documents), "name": "City of Poznań", "licence": "CC BY 4.0"}
    return staff.post(url("imports"), given)


def batch_of(ewa):
    return rows(ewa, DirectoryImport)[-1]


def test_a_file_is_shown_before_anything_is_stored_then_stored_then_taken_back(staff, ewa) -> None:
    answer = bring(staff, document("Kurs"), document("Broken", status="open"))
    batch = batch_of(ewa)
    preview = text_of(staff.get(answer.url))

    assert rows(ewa, Service) == []
    assert "Kurs" in preview
    assert "Its status is none of: active, inactive, defunct, temporarily closed." in preview
    staff.post(url("store", batch.pk))
    assert [one.name for one in rows(ewa, Service)] == ["Kurs"]
    assert "The directory is in" in text_of(staff.get(url("import", batch.pk)))
    source = text_of(staff.get(url("service", rows(ewa, Service)[0].pk)))
    assert "Source: City of Poznań, CC BY 4.0" in source
    staff.post(url("undo", batch.pk))
    assert rows(ewa, Service) == []
    assert "The file was taken back" in text_of(staff.get(url("import", batch.pk)))


def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(staff, ewa) -> None:
    given = {"file": SimpleUploadedFile("x.json", b"hello"), "name": "City of Poznań"}

    answer = staff.post(url("imports"), given)

    assert "This is neither JSON nor a package of CSV files" in text_of(answer)
    assert "City of Poznań" in text_of(answer)
    assert rows(ewa, DirectoryImport) == []


def test_a_file_with_nothing_new_offers_no_yes(staff, ewa) -> None:
    one = document("Kurs")
    bring(staff, one)
    staff.post(url("store", batch_of(ewa).pk))

    again = bring(staff, one)

    page = text_of(staff.get(again.url))
    assert "Nothing to bring in" in page
    assert url("store", batch_of(ewa).pk) not in page


def test_a_file_is_forgotten_with_all_its_entries(staff, ewa) -> None:
    bring(staff, document("Kurs"))

    answer = staff.post(url("throw_away", batch_of(ewa).pk))

    assert answer.url == url("imports")
    assert (rows(ewa, DirectoryImport), rows(ewa, ImportedEntry)) == ([], [])


def test_entries_of_one_state_follow_part_by_part(staff, ewa, monkeypatch) -> None:
    monkeypatch.setattr(import_queries, "AT_ONCE", 2)
    bring(staff, *[document(f"Kurs {number}") for number in range(3)])
    batch = batch_of(ewa)

    first = staff.get(url("import_entries", batch.pk, "new"))
    second = staff.get(first.context["next_url"])

    assert [line[0] for line in first.context["lines"]] == ["Kurs 0", "Kurs 1"]
    assert [line[0] for line in second.context["lines"]] == ["Kurs 2"]
    assert (second.context["next_url"], second.context["first_url"]) == (
        "",
        url("import_entries", batch.pk, "new"),
    )
    assert staff.get(url("import_entries", batch.pk, "no-state")).status_code == 404


def test_a_long_file_shows_how_far_it_is_and_can_be_started_again(staff, ewa) -> None:
    bring(staff, document("Kurs"))
    batch = batch_of(ewa)
    with scope.entered(ewa.organisation_id), permit.lifted():
        DirectoryImport.objects.filter(pk=batch.pk).update(state="storing", total=700, progress=20)

    page = text_of(staff.get(url("import", batch.pk)))

    assert '<progress max="700" value="20">' in page
    assert staff.post(url("resume", batch.pk)).status_code == 302


def test_the_progress_of_a_finished_file_leads_to_its_page(staff, ewa) -> None:
    bring(staff, document("Kurs"))
    here = url("import", batch_of(ewa).pk)

    answer = staff.get(here, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == here


def test_the_saved_files_bring_back_the_same_directory(staff, ewa) -> None:
    entry(ewa.organisation, "Kurs", **at(52.4, 16.9))
    entry(ewa.organisation, "Prawnik", need="rights")

    as_json = staff.post(url("save_json"))
    as_csv = staff.post(url("save_csv"))

    json_bytes, csv_bytes = b"".join(as_json), b"".join(as_csv)
    assert as_json.headers["Content-Disposition"] == 'attachment; filename="services.json"'
    assert [
        sorted(one.name for one in read_directory(content).entries)
        for content in (json_bytes, csv_bytes)
    ] == [["Kurs", "Prawnik"]] * 2
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(csv_bytes)).namelist()


def test_saving_the_directory_is_for_coordinators_and_never_by_a_link(client, ewa, jan) -> None:
    assert sign_in(client, jan).post(url("save_json")).status_code == 404
    assert sign_in(client, ewa).get(url("save_json")).status_code == 405


# ── Referrals: the coordinator's side ────────────────────────────────────────────────────────────


def test_a_coordinator_offers_a_service_from_a_record(staff, ewa, amal, course) -> None:
    section = text_of(staff.get(url("person", amal.pk)))
    assert f"{url('start')}?person={amal.pk}" in section
    search = text_of(staff.get(url("start"), {"person": amal.pk}))
    assert "You are looking for Amal Haddad." in search
    page = staff.get(url("service", course.pk), {"person": amal.pk})
    assert page.context["offer_url"] == f"{url('offer', course.pk)}?person={amal.pk}"

    made = staff.post(page.context["offer_url"], {"need": "language", "wish": "Evenings"})

    row = rows(ewa, Referral)[0]
    assert made.url == url("referral", row.pk)
    assert (row.person_id, row.state, row.need) == (amal.pk, "offered", "language")


def test_the_same_offer_twice_is_refused_on_the_form(staff, amal, offer, course) -> None:
    answer = staff.post(f"{url('offer', course.pk)}?person={amal.pk}", {"wish": "Again"})

    assert "There is a referral to this service already." in text_of(answer)
    assert "Again" in text_of(answer)


@pytest.mark.parametrize("key", ["", "no-key", "0b6b4a0e-1111-4111-8111-111111111111"])
def test_an_offer_needs_somebody_one_may_offer_to(staff, course, key) -> None:
    assert staff.get(url("offer", course.pk), {"person": key}).status_code == 404


def test_a_closed_service_offers_no_referral(staff, ewa, amal) -> None:
    shut = entry(ewa.organisation, "Shut", status="temporarily closed")

    page = staff.get(url("service", shut.pk), {"person": amal.pk})

    assert page.context["offer_url"] == ""
    assert "Nobody can be referred here for now." in text_of(page)


def test_the_whole_way_of_a_referral_on_its_pages(staff, ewa, offer) -> None:
    day = clock.today()
    staff.post(url("answer", offer.pk), {"answer": "yes"})
    staff.post(url("send", offer.pk), {"way": "together", "on": day})
    staff.post(url("follow", offer.pk), {"state": "taken_on", "note": "Thursday", "on": day})
    staff.post(url("feedback", offer.pk), {"helped": "yes", "hard": "no", "comment": "Kind"})
    staff.post(url("follow", offer.pk), {"state": "done", "on": day})

    page = text_of(staff.get(url("referral", offer.pk)))
    assert [step.state for step in rows(ewa, ReferralStep)] == [
        "accepted",
        "sent",
        "taken_on",
        "done",
    ]
    assert "Thursday" in page
    assert "We went there together" in page
    assert [(one.helped, one.hard_to_reach) for one in rows(ewa, Feedback)] == [("yes", False)]
    for name in ("answer", "send", "follow", "feedback", "withdraw"):
        assert url(name, offer.pk) not in page


def test_what_is_passed_on_needs_both_papers_and_says_so(staff, ewa, offer) -> None:
    moved(ewa, offer, state="accepted")
    page = text_of(staff.get(url("referral", offer.pk)))
    assert "No yes to telling this service" in page
    assert "No agreement with the organisation is in force." in page

    given = {"way": "phone", "passed": ["name"], "until": clock.today(), "on": clock.today()}
    answer = staff.post(url("send", offer.pk), given)

    assert "Ask the person first" in text_of(answer)
    assert rows(ewa, ReferralStep) == []


def test_a_yes_to_sharing_is_signed_and_a_no_is_not(staff, ewa, offer) -> None:
    moved(ewa, offer, state="accepted")
    unsigned = staff.post(url("sharing", offer.pk), {"language": "en", "answer": "yes"})
    silent = staff.post(url("sharing", offer.pk), {"language": "en"})
    said_no = staff.post(url("sharing", offer.pk), {"language": "en", "answer": "no"})

    assert list(unsigned.context["form"].errors) == ["signature"]
    assert "Choose yes or no." in text_of(silent)
    assert said_no.status_code == 302
    assert staff.get(url("referral", offer.pk)).context["sharing"] == "refused"


def test_the_text_about_sharing_is_read_in_the_language_of_the_person(staff, ewa, offer) -> None:
    moved(ewa, offer, state="accepted")

    page = text_of(staff.get(url("sharing", offer.pk), {"language": "ar"}))

    assert 'lang="ar" dir="rtl"' in page
    assert "Polish in the evening, Fundacja Słowo" in page


def test_without_news_the_question_is_put_off_from_the_page(staff, ewa, offer) -> None:
    day = clock.today()
    moved(ewa, offer, state="sent", ask_on=day)
    before = text_of(staff.get(url("referral", offer.pk)))

    staff.post(url("later", offer.pk))

    assert url("later", offer.pk) in before
    assert url("later", offer.pk) not in text_of(staff.get(url("referral", offer.pk)))
    assert rows(ewa, Referral)[0].ask_on == day + timedelta(days=14)


def test_a_list_of_all_referrals_filters_by_where_they_stand(staff, ewa, offer) -> None:
    other = ReferralFactory(organisation=ewa.organisation, person__name="Olena Koval")
    moved(ewa, other, state="done", closed_on=clock.today())

    def names(**asked):
        answer = staff.get(url("referrals"), asked)
        return [line["title"] for line in answer.context["lines"]]

    assert (names(), names(state="over"), names(state="sent"), names(state="x")) == (
        ["Amal Haddad"],
        ["Olena Koval"],
        [],
        ["Amal Haddad"],
    )


def test_a_long_list_of_referrals_follows_part_by_part(staff, ewa, offer, monkeypatch) -> None:
    monkeypatch.setattr(referral_queries, "AT_ONCE", 1)
    ReferralFactory(organisation=ewa.organisation, person__name="Olena Koval")

    first = staff.get(url("referrals"))
    second = staff.get(first.context["next_url"])

    titles = [line["title"] for answer in (first, second) for line in answer.context["lines"]]
    assert titles == ["Olena Koval", "Amal Haddad"]
    assert second.context["next_url"] == ""


def test_a_referral_of_someone_elses_person_opens_with_a_reason(client, ewa, amal, offer) -> None:
    other = MembershipFactory(organisation=ewa.organisation)
    with scope.entered(ewa.organisation_id), permit.lifted():
        amal.responsible = other
        amal.save()

    answer = sign_in(client, ewa).get(url("referral", offer.pk))

    assert "Where it stands" not in text_of(answer)
    assert 'name="reason"' in text_of(answer)


def test_another_organisation_opens_no_page_of_it(client, offer, course) -> None:
    stranger = sign_in(client, MembershipFactory())

    for name, row in (("service", course), ("edit", course), ("referral", offer)):
        assert stranger.get(url(name, row.pk)).status_code == 404
    assert stranger.get(url("person", offer.person_id)).status_code == 404


# ── Referrals: the mentor's and the participant's side ──────────────────────────────────────────


def test_a_mentor_sees_the_referrals_of_own_people_alone(client, ewa, jan, amal, offer) -> None:
    other = ReferralFactory(organisation=ewa.organisation)
    mentor = sign_in(client, jan)

    assert "Polish in the evening" in text_of(mentor.get(url("person", amal.pk)))
    assert mentor.get(url("referral", offer.pk)).status_code == 200
    assert mentor.get(url("person", other.person_id)).status_code == 404
    assert mentor.get(url("referral", other.pk)).status_code == 404


def test_a_mentor_notes_no_sending_and_signs_nothing(client, ewa, jan, offer) -> None:
    moved(ewa, offer, state="accepted")
    mentor = sign_in(client, jan)
    page = text_of(mentor.get(url("referral", offer.pk)))

    assert url("send", offer.pk) not in page
    assert url("sharing", offer.pk) not in page
    assert mentor.get(url("send", offer.pk)).status_code == 404
    assert mentor.get(url("sharing", offer.pk)).status_code == 404


def test_yes_and_no_to_an_offer_are_as_easy_as_each_other(own, offer) -> None:
    for page in (text_of(own.get(url("mine"))), text_of(own.get(url("referral", offer.pk)))):
        yes, no = (_button(page, value) for value in ("yes", "no"))
        assert yes == no
        assert "btn-primary" not in yes


def _button(page: str, value: str) -> str:
    """The classes of the button that sends this answer."""
    end = page.index(f'name="answer" value="{value}"')
    tag = page[page.rindex("<button", 0, end) : end]
    return tag.split('class="')[1].split('"')[0]


@pytest.mark.parametrize(("said", "state"), [("yes", "accepted"), ("no", "declined")])
def test_a_participant_answers_with_one_press(own, ewa, offer, said, state) -> None:
    answer = own.post(url("answer", offer.pk), {"answer": said})

    assert answer.url == url("referral", offer.pk)
    assert rows(ewa, Referral)[0].state == state


def test_a_participant_asks_for_a_place_and_takes_it_back(own, ewa, amal, course) -> None:
    page = text_of(own.get(f"{url('offer', course.pk)}?person={amal.pk}"))
    assert "Your coordinator sees this and talks with you." in page

    own.post(f"{url('offer', course.pk)}?person={amal.pk}", {"wish": "Evenings"})
    row = rows(ewa, Referral)[0]
    assert "You said yes. Your coordinator talks with you first." in text_of(own.get(url("mine")))
    own.post(url("withdraw", row.pk))

    assert rows(ewa, Referral)[0].state == "withdrawn"
    assert "You took it back." in text_of(own.get(url("mine")))


def test_in_arabic_the_own_referrals_stand_in_arabic(own, offer) -> None:
    own.cookies["kith_language"] = "ar"

    page = text_of(own.get(url("mine")))

    assert "نظن أن هذا المكان قد يساعد. القرار لك." in page
    assert "You decide" not in page


def test_a_participant_without_referrals_finds_the_next_step(own) -> None:
    page = text_of(own.get(url("mine")))

    assert "Nothing here yet" in page
    assert url("start") in page


def test_a_participant_opens_no_referral_of_others(own, ewa, offer) -> None:
    other = ReferralFactory(organisation=ewa.organisation)

    assert own.get(url("referral", other.pk)).status_code == 404
    assert own.post(url("answer", other.pk), {"answer": "yes"}).status_code == 404
    assert rows(ewa, Referral)[-1].state == "offered"


def test_staff_have_no_own_referrals(staff) -> None:
    assert staff.get(url("mine")).status_code == 404


def test_answers_about_a_service_are_counted_from_ten_on(own, ewa, course) -> None:
    with scope.entered(ewa.organisation_id):
        for _nine in range(9):
            FeedbackFactory(service=course)
    before = text_of(own.get(url("service", course.pk)))
    with scope.entered(ewa.organisation_id):
        FeedbackFactory(service=course, comment="Bring papers", hard_to_reach=True)

    after = text_of(own.get(url("service", course.pk)))

    assert "What others said" not in before
    assert "10 answers, kept without names" in after
    assert "Bring papers" not in after
