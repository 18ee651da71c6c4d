"""Guides for meetings: what each holds, which a programme uses, and who reads what."""

import pytest
from django.urls import reverse

from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.programmes.rules import (
    TEMPLATE_KEYS,
    GuideKey,
    Stage,
    all_guides,
    guides_for,
    load_guide,
    load_template,
    phase_of_match,
)
from kith.programmes.rules import guides as rules
from kith.programmes.rules.guides import GuideFault

GUIDES = rules.CONTENT / "guides"
FEWEST_WORDS, MOST_WORDS = 350, 600


def texts_of(guide, language):
    """Everything a mentor reads in a guide."""
    several = [*guide.needs, *guide.words, *guide.avoid, *guide.elsewhere]
    steps = [step.text for step in guide.steps]
    facts = [source.fact for source in guide.sources]
    one = [guide.title, guide.in_short, guide.why, guide.otherwise]
    return [text.say(language) for text in (*one, *several, *steps, *facts)]


def address(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_every_guide_has_its_file_and_there_is_no_other() -> None:
    files = sorted(path.stem for path in GUIDES.iterdir())

    assert files == sorted(key.value for key in GuideKey)
    assert [guide.key for guide in all_guides()] == list(GuideKey)


@pytest.mark.parametrize("key", list(GuideKey), ids=lambda key: key.value)
def test_a_guide_says_enough_and_not_too_much(key) -> None:
    guide = load_guide(key)

    english = sum(len(text.split()) for text in texts_of(guide, "en"))

    assert FEWEST_WORDS <= english <= MOST_WORDS
    assert 4 <= len(guide.steps) <= 6
    assert guide.minutes <= 90
    assert min(map(len, (guide.needs, guide.words, guide.avoid, guide.elsewhere))) >= 2


@pytest.mark.parametrize("key", list(GuideKey), ids=lambda key: key.value)
def test_the_page_for_participants_is_short_in_every_language(key) -> None:
    page = load_guide(key).participant

    for language in ("en", "pl", "ar"):
        words = [text.say(language) for text in (page.lead, *page.points, page.help)]
        assert 40 <= sum(len(text.split()) for text in words) <= 130
    assert len(page.points) == 3


def test_every_phase_and_every_part_of_daily_life_has_guides() -> None:
    stages = {stage for guide in all_guides() for stage in guide.stages}
    domains = {number for guide in all_guides() for number in guide.domains}

    assert stages == set(Stage)
    assert domains == set(range(1, 9))


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_every_programme_has_guides_for_each_of_its_phases(key) -> None:
    template = load_template(key)

    empty = [p.key for p in template.phases if not guides_for(template, p.stage)]

    assert empty == []


def test_a_programme_shows_its_guides_in_the_order_in_which_it_names_them() -> None:
    found = guides_for(load_template("uk_goal_mentor"), Stage.MOVE)

    assert [guide.key for guide in found][:2] == [
        GuideKey.LOOKING_FOR_WORK,
        GuideKey.QUALIFICATIONS,
    ]
    assert GuideKey.SCHOOL_AND_KINDERGARTEN not in [guide.key for guide in found]


def test_a_guide_that_contradicts_itself_is_refused_at_the_key(tmp_path, monkeypatch) -> None:
    text = (GUIDES / "loneliness.toml").read_text(encoding="utf-8")
    (tmp_path / "guides").mkdir()
    spoiled = text.replace("domains = [6, 5]", "domains = [9]")
    (tmp_path / "guides" / "loneliness.toml").write_text(spoiled, encoding="utf-8")
    monkeypatch.setattr(rules, "CONTENT", tmp_path)
    load_guide.cache_clear()

    with pytest.raises(GuideFault) as caught:
        load_guide(GuideKey.LONELINESS)
    load_guide.cache_clear()

    assert (caught.value.file, caught.value.key) == ("loneliness.toml", "domains")


@pytest.mark.parametrize(
    ("week", "is_over", "phase"),
    [
        (0, False, "prepare"),
        (1, False, "meet"),
        (2, False, "meet"),
        (3, False, "map"),
        (20, False, "move"),
        (21, False, "look_again"),
        (26, False, "close"),
        (40, False, "close"),
        (3, True, "follow_up"),
    ],
)
def test_a_match_is_in_a_phase_by_its_week_and_afterwards_only_when_it_is_over(
    week, is_over, phase
) -> None:
    assert phase_of_match(load_template("base"), week=week, is_over=is_over).key == phase


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["coordinator", "mentor", "supervisor"])
def test_staff_and_mentors_find_the_guides_by_phase(client, role) -> None:
    sign_in(client, MembershipFactory(roles=[role]))

    page = client.get(address("guides"))

    assert [shelf.key for shelf in page.context["shelves"]] == [stage.value for stage in Stage]
    assert f'href="{address("guide", "housing")}"' in page.content.decode()


@pytest.mark.django_db
def test_the_library_shows_one_part_of_daily_life(client) -> None:
    sign_in(client, MembershipFactory())

    page = client.get(address("guides"), {"domain": "4"})

    found = {line["title"] for shelf in page.context["shelves"] for line in shelf.guides}
    assert "Looking for a home and keeping it" in found
    assert "Practising the language" not in found


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(GuideKey), ids=lambda key: key.value)
def test_every_guide_opens_with_its_sources_and_its_page_for_participants(client, key) -> None:
    sign_in(client, MembershipFactory())

    page = client.get(address("guide", key.value)).content.decode()
    own = client.get(address("guide_page", key.value), {"language": "ar"}).content.decode()

    assert load_guide(key).sources[0].name in page
    assert 'lang="ar" dir="rtl"' in own
    assert load_guide(key).participant.help.say("ar") in own


@pytest.mark.django_db
def test_a_participant_reads_the_short_pages_only(client) -> None:
    sign_in(client, MembershipFactory(roles=["participant"]))

    library = client.get(address("guides")).content.decode()
    page = client.get(address("guide", "discrimination")).content.decode()

    guide = load_guide(GuideKey.DISCRIMINATION)
    assert library.count('class="card my-guide"') == len(GuideKey)
    assert guide.participant.help.say("en") in page
    assert guide.why.say("en") not in page


@pytest.mark.django_db
def test_the_page_for_participants_is_printed_in_the_language_asked_for(client) -> None:
    sign_in(client, MembershipFactory(roles=["mentor"]))

    answer = client.get(address("guide_pdf", "health_care"), {"language": "ar"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"/Lang (ar" in answer.content or b"ar" in answer.content[:4000]
    assert client.get(address("guide_pdf", "nothing")).status_code == 404
