"""Pages about consent, through the client."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.consent.models import Consent
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.tests.factories import PersonFactory
from kith.web.tests import reading as papers

pytestmark = pytest.mark.django_db

NOT_TICKED = {"en": "not ticked", "pl": "niezaznaczone", "ar": "غير محدّد"}

DAY = date(2026, 9, 3)


@pytest.fixture
def ewa():
    return MembershipFactory(name="Ewa Mostowska")


@pytest.fixture
def olena(ewa):
    return PersonFactory(
        organisation=ewa.organisation, name="Olena", language="uk", is_participant=True
    )


def decisions(member) -> list[tuple[str, str]]:
    with scope.entered(member.organisation_id):
        return list(Consent.objects.order_by("id").values_list("purpose", "state"))


def typed(answer: str, **changes: str) -> dict[str, str]:
    said = {"answer": answer, "language": "uk", "interpreter": "no", "signature-typed": "Olena K"}
    return said | changes


def talk_url(person, key: str = "mentoring") -> str:
    return reverse("consent:talk", args=[person.pk, key])


def test_a_talk_shows_two_equal_buttons_and_nothing_is_ticked(client, ewa, olena) -> None:
    sign_in(client, ewa)

    page = client.get(talk_url(olena)).content.decode()

    assert page.count('class="btn btn-answer"') == 2
    assert page.count(" checked") == 0


def test_a_yes_is_noted_with_its_signature_and_leads_to_the_next_purpose(
    client, ewa, olena
) -> None:
    sign_in(client, ewa)

    answer = client.post(talk_url(olena), typed("yes"))

    assert answer.url == talk_url(olena, "contact_by_message")
    assert decisions(ewa) == [("mentoring", "given")]
    with scope.entered(ewa.organisation_id):
        assert str(Consent.objects.get().signature) == "Olena K"


def test_the_last_answer_leads_to_what_was_noted(client, ewa, olena) -> None:
    for purpose in ("mentoring", "contact_by_message"):
        ConsentFactory(person=olena, purpose=purpose)
    sign_in(client, ewa)

    answer = client.post(f"{talk_url(olena, 'statistics')}?flow=list", typed("no"))

    assert answer.url == f"{reverse('consent:noted', args=[olena.pk])}?flow=list"


def test_a_yes_without_a_signature_is_refused_and_what_was_typed_is_kept(
    client, ewa, olena
) -> None:
    sign_in(client, ewa)

    answer = client.post(
        talk_url(olena),
        typed("yes", **{"interpreter": "yes", "interpreter_name": "Irina", "signature-typed": ""}),
    )

    assert answer.status_code == 200
    assert decisions(ewa) == []
    assert answer.context["form"].errors == {
        "signature": ["For a yes, draw the signature or type the full name."]
    }
    assert 'value="Irina"' in answer.content.decode()


def test_a_no_needs_no_signature(client, ewa, olena) -> None:
    sign_in(client, ewa)

    client.post(talk_url(olena), typed("no", **{"signature-typed": ""}))

    assert decisions(ewa) == [("mentoring", "refused")]


def test_an_interpreter_who_was_there_has_a_name(client, ewa, olena) -> None:
    sign_in(client, ewa)

    answer = client.post(talk_url(olena), typed("yes", interpreter="yes"))

    assert answer.context["form"].errors == {
        "interpreter_name": ["Write the name of the interpreter."]
    }
    assert decisions(ewa) == []


def test_pressing_neither_button_notes_nothing(client, ewa, olena) -> None:
    sign_in(client, ewa)

    answer = client.post(talk_url(olena), typed(""))

    assert answer.context["form"].non_field_errors() == ["Choose yes or no."]
    assert decisions(ewa) == []


def test_a_language_without_a_text_is_said_and_an_interpreter_suggested(client, ewa, olena) -> None:
    sign_in(client, ewa)

    page = client.get(talk_url(olena)).content.decode()

    assert page.count("Ukrainian is this person") == 1
    assert page.count("ask for an interpreter") == 1


def test_a_person_who_reads_arabic_gets_the_arabic_text_first(client, ewa, olena) -> None:
    reader = PersonFactory(organisation=ewa.organisation, language="ar", is_participant=True)
    sign_in(client, ewa)

    answer = client.get(talk_url(reader))

    assert (answer.context["text"].language, answer.context["text"].direction) == ("ar", "rtl")
    assert answer.context["text_is_missing"] is False


@pytest.mark.parametrize("key", ["sharing", "assessment", "marketing"])
def test_what_is_asked_elsewhere_is_not_asked_here(client, ewa, olena, key) -> None:
    sign_in(client, ewa)

    assert client.get(talk_url(olena, key)).status_code == 404


def test_taking_back_says_what_ends_and_what_stays_and_counts_at_once(client, ewa, olena) -> None:
    ConsentFactory(person=olena)
    sign_in(client, ewa)
    url = reverse("consent:withdraw", args=[olena.pk, "mentoring"])

    page = client.get(url).content.decode()
    client.post(url)

    assert page.count("What ends at once") == 1
    assert page.count("What stays") == 1
    assert decisions(ewa) == [("mentoring", "given"), ("mentoring", "withdrawn")]


def test_the_section_of_a_record_says_each_state_in_words(client, ewa, olena) -> None:
    ConsentFactory(person=olena, explained_by=ewa, decided_on=date(2025, 9, 3), interpreter="Irina")
    sign_in(client, ewa)

    answer = client.get(reverse("consent:person", args=[olena.pk]))

    assert [line.words for line in answer.context["lines"].first] == [
        "Yes, on 3 September 2025, explained by Ewa Mostowska in Ukrainian, with an interpreter",
        "Not asked yet",
        "Not asked yet",
    ]


def test_the_receipt_shows_answer_words_and_signature(client, ewa, olena) -> None:
    decision = ConsentFactory(person=olena, explained_by=ewa, signature="Olena Kowalczuk")
    sign_in(client, ewa)

    answer = client.get(reverse("consent:receipt", args=[decision.pk]))

    page = answer.content.decode()
    assert page.count("Olena Kowalczuk") == 1
    assert page.count("24 months") == 1
    assert answer.context["explained_by"] == "Ewa Mostowska"


def test_the_receipt_is_a_file_with_answer_words_and_signature(client, ewa, olena) -> None:
    decision = ConsentFactory(person=olena, explained_by=ewa, signature="Olena Kowalczuk")
    sign_in(client, ewa)

    answer = client.get(reverse("consent:receipt_pdf", args=[decision.pk]))

    read = papers.text_of(answer.content)
    assert [word for word in ("Olena Kowalczuk", "24 months", "Ewa Mostowska") if word in read] == [
        "Olena Kowalczuk",
        "24 months",
        "Ewa Mostowska",
    ]
    assert answer.headers["Content-Disposition"] == 'inline; filename="consent-receipt.pdf"'


def test_a_drawing_that_cannot_be_read_does_not_stop_the_receipt(client, ewa, olena) -> None:
    decision = ConsentFactory(
        person=olena, explained_by=ewa, signature_kind="drawn", signature="no picture"
    )
    sign_in(client, ewa)

    answer = client.get(reverse("consent:receipt_pdf", args=[decision.pk]))

    assert "Drawn signature" in papers.text_of(answer.content)


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_the_text_is_a_file_to_sign_in_each_language(client, ewa, language) -> None:
    sign_in(client, ewa)

    answer = client.get(reverse("consent:text_pdf", args=["mentoring"]), {"language": language})

    assert papers.language_of(answer.content) == language
    assert papers.figures(papers.read(answer.content)) == [NOT_TICKED[language]] * 2


def test_another_organisation_opens_no_receipt_as_file(client, olena) -> None:
    decision = ConsentFactory(person=olena)
    sign_in(client, MembershipFactory())

    assert client.get(reverse("consent:receipt_pdf", args=[decision.pk])).status_code == 404


def test_a_receipt_of_words_that_were_not_kept_says_so(client, ewa, olena) -> None:
    decision = ConsentFactory(person=olena, explained_by=ewa, version="0")
    sign_in(client, ewa)

    answer = client.get(reverse("consent:receipt", args=[decision.pk]))

    assert answer.context["text"] is None
    assert answer.content.decode().count("The words of this version were not kept") == 1


def test_the_history_holds_every_answer_newest_first(client, ewa, olena) -> None:
    ConsentFactory(person=olena, explained_by=ewa, latest=False, decided_on=DAY)
    ConsentFactory(person=olena, explained_by=ewa, withdrawn=True, decided_on=DAY)
    sign_in(client, ewa)

    answer = client.get(reverse("consent:history", args=[olena.pk]))

    assert [event.icon for event in answer.context["events"]] == ["leave", "check"]


def test_people_not_asked_are_listed_and_each_leads_to_the_talk(client, ewa, olena) -> None:
    asked = PersonFactory(organisation=ewa.organisation, is_participant=True)
    ConsentFactory(person=asked, refused=True)
    sign_in(client, ewa)

    answer = client.get(reverse("consent:unasked"))

    assert [(person.pk, url) for person, _language, url in answer.context["lines"]] == [
        (olena.pk, f"{talk_url(olena)}?flow=list")
    ]


def test_from_one_person_the_flow_leads_to_the_next(client, ewa) -> None:
    first, second, third = (
        PersonFactory(organisation=ewa.organisation, is_participant=True) for _ in range(3)
    )
    ConsentFactory(person=second)
    sign_in(client, ewa)

    after_second = client.get(f"{reverse('consent:noted', args=[second.pk])}?flow=list")
    ConsentFactory(person=first)
    after_first = client.get(f"{reverse('consent:noted', args=[first.pk])}?flow=list")

    assert after_second.context["next"] == first
    assert after_first.context["next"] == third


def test_a_list_of_people_not_asked_goes_on_where_it_ended(client, ewa, monkeypatch) -> None:
    monkeypatch.setattr("kith.consent.queries.LINES_AT_ONCE", 2)
    people = [PersonFactory(organisation=ewa.organisation, is_participant=True) for _ in range(3)]
    sign_in(client, ewa)

    first = client.get(reverse("consent:unasked"))
    second = client.get(first.context["next_url"])

    shown = [line[0] for page in (first, second) for line in page.context["lines"]]
    assert shown == list(reversed(people))
    assert second.context["next_url"] == ""


def test_the_list_asks_the_database_as_often_for_one_person_as_for_three(
    client, ewa, olena
) -> None:
    sign_in(client, ewa)
    client.get(reverse("consent:unasked"))

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("consent:unasked"))
    for _ in range(2):
        PersonFactory(organisation=ewa.organisation, is_participant=True)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("consent:unasked"))

    assert len(three) == len(one)


@pytest.mark.parametrize("name", ["person", "history", "noted"])
def test_another_organisation_sees_nothing(client, olena, name) -> None:
    sign_in(client, MembershipFactory())

    assert client.get(reverse(f"consent:{name}", args=[olena.pk])).status_code == 404
    assert client.get(talk_url(olena)).status_code == 404


def test_another_organisation_sees_no_receipt(client, olena) -> None:
    decision = ConsentFactory(person=olena)
    sign_in(client, MembershipFactory())

    assert client.get(reverse("consent:receipt", args=[decision.pk])).status_code == 404


def test_a_mentor_and_a_supervisor_do_not_ask_others(client, ewa, olena) -> None:
    for roles in (["mentor"], ["supervisor"], ["participant"]):
        sign_in(client, MembershipFactory(organisation=ewa.organisation, roles=roles))

        assert client.get(talk_url(olena)).status_code == 404
        assert client.get(reverse("consent:person", args=[olena.pk])).status_code == 404


def test_a_record_of_someone_elses_caseload_opens_with_a_reason(client, ewa) -> None:
    colleague = MembershipFactory(organisation=ewa.organisation)
    person = PersonFactory(
        organisation=ewa.organisation, is_participant=True, responsible=colleague
    )
    sign_in(client, ewa)

    before = client.get(talk_url(person)).content.decode()
    client.post(
        reverse("web:give_reason"), {"row_id": str(person.pk), "reason": "Ana is ill today"}
    )
    after = client.get(talk_url(person)).content.decode()

    assert before.count("btn-answer") == 0
    assert after.count('class="btn btn-answer"') == 2


# ── One's own ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def me(ewa):
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)
    return member


def test_my_consents_show_what_is_asked_at_the_beginning(client, me) -> None:
    sign_in(client, me)

    answer = client.get(reverse("consent:mine"))

    assert [line.key for line in answer.context["lines"]] == [
        "mentoring",
        "contact_by_message",
        "statistics",
    ]


def test_i_say_yes_and_take_it_back_myself(client, me) -> None:
    sign_in(client, me)
    url = reverse("consent:my_purpose", args=["statistics"])

    client.post(url, {"answer": "yes", "language": "ar", "signature-typed": "Amal"})
    page = client.get(url)
    client.post(reverse("consent:my_withdrawal", args=["statistics"]))

    assert page.context["line"].words.endswith("answered alone, read in Arabic")
    assert decisions(me) == [("statistics", "given"), ("statistics", "withdrawn")]


def test_i_read_in_the_language_of_my_page(client, me) -> None:
    sign_in(client, me)
    client.cookies["kith_language"] = "ar"

    answer = client.get(reverse("consent:my_purpose", args=["mentoring"]))

    assert answer.context["text"].language == "ar"


def test_who_has_no_record_has_no_consents_of_their_own(client, ewa) -> None:
    sign_in(client, ewa)

    assert client.get(reverse("consent:mine")).status_code == 404
    assert client.get(reverse("consent:my_purpose", args=["mentoring"])).status_code == 404


def test_today_says_how_many_have_not_been_asked(client, ewa, olena) -> None:
    PersonFactory(organisation=ewa.organisation, is_mentor=True)
    sign_in(client, ewa)

    page = client.get("/").content.decode()

    assert page.count("2 people have not been asked for their consent</h2>") == 1


def test_a_mentor_has_no_such_line(client, ewa, olena) -> None:
    sign_in(client, MembershipFactory(organisation=ewa.organisation, mentor=True))

    page = client.get("/").content.decode()

    assert page.count("not been asked") == 0


def test_a_text_can_be_printed_in_each_language(client, ewa) -> None:
    sign_in(client, ewa)

    for language in ("en", "pl", "ar"):
        answer = client.get(f"{reverse('consent:text', args=['photos'])}?language={language}")
        assert answer.context["text"].language == language


def test_a_mentor_reads_the_words_for_mentors(client, ewa) -> None:
    mentor = PersonFactory(organisation=ewa.organisation, language="pl", is_mentor=True)
    sign_in(client, ewa)

    answer = client.get(talk_url(mentor))

    assert answer.context["text"].easy[0] == "Szukamy dla Ciebie uczestnika lub uczestniczki."
