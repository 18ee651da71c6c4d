"""Drawing a map, screen by screen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kith.base import clock, scope
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.tests.factories import PersonFactory
from kith.progress.models import DomainStep
from kith.progress.rules import all_domains
from kith.progress.tests.factories import DomainMapFactory, DomainStepFactory
from kith.web.tests import reading as papers

pytestmark = pytest.mark.django_db

DOMAINS = [domain.key for domain in all_domains()]


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def me(ewa):
    return MembershipFactory(organisation=ewa.organisation, participant=True)


@pytest.fixture
def amal(ewa, me):
    person = PersonFactory(organisation=ewa.organisation, is_participant=True, user=me.user)
    ConsentFactory(person=person)
    return person


def mine(name: str, *args: object) -> str:
    return reverse(f"progress:{name}", args=args)


def chosen(member) -> list[tuple[str, str]]:
    with scope.entered(member.organisation_id):
        return list(DomainStep.objects.order_by("id").values_list("domain", "step"))


def test_my_map_begins_with_the_first_domain(client, me, amal) -> None:
    sign_in(client, me)

    page = client.get(mine("mine")).content.decode()

    assert page.count(f'href="{mine("my_domain", DOMAINS[0])}"') == 1


def test_a_screen_offers_five_sentences_and_ticks_none(client, me, amal) -> None:
    sign_in(client, me)

    page = client.get(mine("my_domain", "language")).content.decode()

    assert page.count('type="radio"') == 5
    assert page.count(" checked") == 0
    assert page.count("I know single words and greetings.") == 1


def test_all_eight_screens_lead_one_to_the_next_and_then_to_the_map(client, me, amal) -> None:
    sign_in(client, me)
    url, seen = mine("my_domain", DOMAINS[0]), []

    while url != mine("mine"):
        seen.append(url)
        url = client.post(url, {"step": "with_help", "words": ""}).url

    assert seen == [mine("my_domain", key) for key in DOMAINS]
    assert chosen(me) == [(key, "with_help") for key in DOMAINS]


def test_not_now_is_a_link_that_stores_nothing(client, me, amal) -> None:
    sign_in(client, me)

    answer = client.get(mine("my_domain", DOMAINS[2]))
    client.get(answer.context["after"])

    assert answer.context["after"] == mine("my_domain", DOMAINS[3])
    assert chosen(me) == []


def test_nothing_chosen_is_said_at_the_field_and_the_words_are_kept(client, me, amal) -> None:
    sign_in(client, me)

    answer = client.post(mine("my_domain", "work"), {"words": "Night shifts"})

    assert answer.context["form"].errors == {
        "step": ["Choose a sentence, or leave it open for now."]
    }
    assert answer.content.decode().count("Night shifts") == 1
    assert chosen(me) == []


def test_an_answer_of_today_can_be_taken_out_again(client, me, amal) -> None:
    sign_in(client, me)
    client.post(mine("my_domain", "work"), {"step": "starting"})

    client.post(mine("my_domain_open", "work"))

    assert chosen(me) == []


def test_the_screen_speaks_the_language_of_the_page(client, me, amal) -> None:
    sign_in(client, me)
    client.cookies["kith_language"] = "ar"

    page = client.get(mine("my_domain", "language")).content.decode()

    assert page.count("أعرف بعض الكلمات والتحيات.") == 1
    assert page.count('dir="rtl"') == 1


def test_without_the_consent_the_page_says_what_comes_first(client, ewa) -> None:
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    PersonFactory(organisation=ewa.organisation, is_participant=True, user=member.user)
    sign_in(client, member)

    page = client.get(mine("mine")).content.decode()
    answer = client.post(mine("my_domain", "work"), {"step": "starting"})

    assert page.count("after you have said yes to mentoring") == 1
    assert answer.context["form"].non_field_errors() == [
        "A map can be drawn once the yes to mentoring is given."
    ]


def test_the_coordinator_draws_with_the_person_and_sees_the_map(client, ewa, amal) -> None:
    sign_in(client, ewa)

    client.post(mine("domain", amal.pk, "language"), {"step": "starting", "words": "Every day"})
    page = client.get(mine("person", amal.pk)).content.decode()

    assert chosen(ewa) == [("language", "starting")]
    assert page.count("Every day") == 1
    assert page.count("together with") == 1


def test_an_earlier_map_has_a_page_of_its_own(client, ewa, amal) -> None:
    day = clock.today() - timedelta(days=80)
    DomainStepFactory(domain_map=DomainMapFactory(person=amal, made_on=day))
    DomainStepFactory(domain_map=DomainMapFactory(person=amal, made_on=clock.today()))
    sign_in(client, ewa)

    whole = client.get(mine("person", amal.pk))
    earlier = client.get(mine("map", amal.pk, day.isoformat()))

    assert whole.context["earlier"] == [(mine("map", amal.pk, day.isoformat()), day)]
    assert earlier.context["picture"].made.made_on == day
    assert client.get(mine("map", amal.pk, "2001-01-01")).status_code == 404


def test_today_reminds_a_participant_of_the_first_map_until_it_is_drawn(client, me, amal) -> None:
    sign_in(client, me)

    before = client.get("/").content.decode()
    DomainStepFactory(domain_map=DomainMapFactory(person=amal))
    after = client.get("/").content.decode()

    assert (before.count("Draw your first map</h2>"), after.count("Draw your first map")) == (1, 0)


@pytest.mark.parametrize("roles", [["volunteer_matcher"], ["supervisor"], ["mentor"]])
def test_others_find_no_map(client, ewa, amal, roles) -> None:
    sign_in(client, MembershipFactory(organisation=ewa.organisation, roles=roles))

    assert client.get(mine("person", amal.pk)).status_code == 404
    assert client.get(mine("domain", amal.pk, "work")).status_code == 404
    assert client.get(mine("mine")).status_code == 404


def test_another_organisation_finds_no_map(client, amal) -> None:
    DomainStepFactory(domain_map=DomainMapFactory(person=amal))
    sign_in(client, MembershipFactory())

    assert client.get(mine("person", amal.pk)).status_code == 404
    assert client.get(mine("map", amal.pk, "2026-09-01")).status_code == 404
    assert client.post(mine("domain", amal.pk, "work"), {"step": "starting"}).status_code == 404


def test_an_unknown_domain_is_not_found(client, me, amal) -> None:
    sign_in(client, me)

    assert client.get(mine("my_domain", "wealth")).status_code == 404


def test_a_map_is_a_file_with_a_ladder_for_each_domain(client, me, amal) -> None:
    drawn = DomainMapFactory(person=amal)
    DomainStepFactory(domain_map=drawn, domain="language", step="with_help", words="ألفاظي")
    sign_in(client, me)

    answer = client.get(mine("map_pdf", amal.pk, drawn.made_on.isoformat()))

    reader = papers.read(answer.content)
    read = papers.text_of(reader)
    said = [domain.name.say("en") for domain in all_domains()]
    assert [name for name in said if name not in read] == []
    assert papers.figures(reader).count("Not chosen yet") == 7
    assert "ألفاظي" in read
    assert answer.headers["Content-Disposition"] == 'inline; filename="domain-map.pdf"'


def test_a_map_of_another_day_or_person_is_no_file(client, me, amal) -> None:
    drawn = DomainMapFactory(person=amal)
    stranger = DomainMapFactory(person=PersonFactory(organisation=me.organisation))
    sign_in(client, me)

    for person, day in (
        (amal, drawn.made_on - timedelta(days=1)),
        (stranger.person, stranger.made_on),
    ):
        assert client.get(mine("map_pdf", person.pk, day.isoformat())).status_code == 404


# ── All times as one picture ─────────────────────────────────────────────────────────────────────


def test_all_times_stand_in_one_picture_with_the_same_in_words(client, me, amal) -> None:
    today = clock.today()
    with scope.entered(me.organisation_id):
        for days, step in ((80, "not_yet"), (40, "mostly_alone"), (0, "with_help")):
            made = DomainMapFactory(person=amal, made_on=today - timedelta(days=days))
            DomainStepFactory(domain_map=made, person=amal, domain="language", step=step)
    sign_in(client, me)

    answer = client.get(mine("my_way"))

    ways = [domain.places for domain, _drawing in answer.context["domains"]]
    assert (len(ways), [one for one in ways if one]) == (8, [[1, 4, 3]])
    assert answer.content.decode().count("<dd") == 3 + 7


def test_there_is_no_picture_before_the_first_map(client, me, amal) -> None:
    sign_in(client, me)

    assert client.get(mine("my_way")).status_code == 404


def test_the_picture_is_for_the_person_and_those_who_see_the_maps(client, ewa, amal) -> None:
    with scope.entered(ewa.organisation_id):
        made = DomainMapFactory(person=amal)
        DomainStepFactory(domain_map=made, person=amal)
    url = mine("way", amal.pk)

    stranger = MembershipFactory(organisation=ewa.organisation, mentor=True)

    assert sign_in(client, stranger).get(url).status_code == 404
    assert sign_in(client, ewa).get(url).status_code == 200
