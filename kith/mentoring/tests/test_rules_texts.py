import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import kith.web
from kith.mentoring.rules import texts
from kith.mentoring.rules.texts import (
    AGREEMENT_KEYS,
    SectionKey,
    TextFault,
    Way,
    load_agreement,
    meeting_words,
    topic_areas,
    ways_of_meeting,
)

LANGUAGES = ("en", "pl", "ar")
ICONS = Path(next(iter(kith.web.__path__))) / "icons"
NAMES = {
    "programme": "Tandem",
    "organisation": "Kith House",
    "coordinator": "Marta",
    "coordinator_contact": "+48 600 000 000",
    "emergency_number": "112",
}


@pytest.fixture
def own_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the texts, which a test may spoil."""
    (tmp_path / "agreement").mkdir()
    for path in texts.CONTENT.rglob("*.toml"):
        copy = tmp_path / path.relative_to(texts.CONTENT)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(texts, "CONTENT", tmp_path)
    load_agreement.cache_clear()
    meeting_words.cache_clear()
    yield tmp_path
    load_agreement.cache_clear()
    meeting_words.cache_clear()


def spoil(path: Path, line: str, instead: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert line in text, "the test spoils a line that is not there"
    path.write_text(text.replace(line, instead, 1), encoding="utf-8")


@pytest.mark.parametrize("key", AGREEMENT_KEYS)
def test_an_agreement_has_every_section_in_its_order(key):
    agreement = load_agreement(key)

    assert [section.key for section in agreement.sections] == list(SectionKey)
    assert (agreement.key, agreement.version) == (key, "1")


@pytest.mark.parametrize("key", AGREEMENT_KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_can_be_said_in_full_with_its_names_filled_in(key, language):
    agreement = load_agreement(key)

    said = [text.say(language, **NAMES) for text in every_text(agreement)]

    assert [text for text in said if "{" in text] == []
    assert [name for name in NAMES.values() if not any(name in text for text in said)] == []


@pytest.mark.parametrize("key", AGREEMENT_KEYS)
def test_an_agreement_is_in_arabic_script_only_in_arabic(key):
    for text in every_text(load_agreement(key)):
        in_arabic = {
            language: has_arabic_letters(text.say(language, **NAMES)) for language in LANGUAGES
        }
        assert in_arabic == {"en": False, "pl": False, "ar": True}


def every_text(agreement):
    points = [point for section in agreement.sections for point in section.points]
    titles = [section.title for section in agreement.sections]
    return [agreement.title, agreement.opening, agreement.before_signing, *titles, *points]


def has_arabic_letters(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


@pytest.mark.parametrize(
    ("key", "promise"),
    [
        (
            "pair",
            (
                "A mentor is here to help, not to watch. "
                "A mentor gathers nothing about the participant for any office."
            ),
        ),
        (
            "group",
            (
                "The group is here to help, not to watch. "
                "It gathers nothing about the family for any office."
            ),
        ),
    ],
)
def test_an_agreement_promises_that_mentors_help_and_do_not_watch(key, promise):
    limits = load_agreement(key).sections[list(SectionKey).index(SectionKey.ROLE_LIMITS)]

    assert [point.say("en") for point in limits.points].count(promise) == 1


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ('key = "pair"', 'key = "group"', "key"),
        ('version = "1"', 'version = "1.0"', "version"),
        ('key = "money"', 'key = "gifts"', "sections.5.key"),
        ('key = "money"', 'key = "ending"', "sections"),
        ('names = ["programme", ', "names = [", "names"),
        ("[before_signing]", "[after_signing]", "after_signing"),
        ('ar = "اتفاق الإرشاد"\n', "", "title.ar"),
    ],
)
def test_an_agreement_with_a_fault_is_refused_at_the_key(own_texts, line, instead, key):
    spoil(own_texts / "agreement" / "pair.toml", line, instead)

    with pytest.raises(TextFault) as caught:
        load_agreement("pair")

    assert (caught.value.file, caught.value.key) == ("pair.toml", key)


def test_a_section_without_a_sentence_is_refused(own_texts):
    path = own_texts / "agreement" / "pair.toml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("[[sections.points]]"), text.index('[[sections]]\nkey = "times"')
    path.write_text(f"{text[:start]}points = []\n{text[end:]}", encoding="utf-8")

    with pytest.raises(TextFault) as caught:
        load_agreement("pair")

    assert (caught.value.file, caught.value.key) == ("pair.toml", "sections.1.points")


def test_an_unknown_agreement_is_refused_by_name():
    with pytest.raises(TextFault, match=r"^trio\.toml: the file: there is no such agreement$"):
        load_agreement("trio")


def test_a_meeting_may_be_about_the_eight_domains_and_two_everyday_topics():
    assert [topic.key for topic in topic_areas()] == [
        *("getting_to_know", "free_time"),
        *("language", "work", "learning", "housing"),
        *("health", "connections", "rights", "belonging"),
    ]


def test_people_meet_in_person_by_phone_by_video_or_in_writing():
    names = [(way.key, way.name.say("en")) for way in ways_of_meeting()]

    assert names == [
        (Way.IN_PERSON, "In person"),
        (Way.PHONE, "By phone"),
        (Way.VIDEO, "By video"),
        (Way.MESSAGE, "In writing"),
    ]


def test_every_pictogram_of_a_meeting_is_drawn():
    pictograms = [topic.pictogram.key for topic in topic_areas()]
    pictograms += [way.pictogram.key for way in ways_of_meeting()]

    assert [key for key in pictograms if not (ICONS / f"{key}.svg").is_file()] == []


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ('key = "free_time"', 'key = "work"', "topics"),
        ('key = "free_time"', 'key = "getting_to_know"', "topics"),
        ('key = "video"\nname', 'key = "pigeon"\nname', "ways.3.key"),
        ('key = "video"\nname', 'key = "phone"\nname', "ways"),
        ("[[topics]]\n", "[[topics]]\nworry = true\n", "topics.1.worry"),
    ],
)
def test_meeting_words_with_a_fault_are_refused_at_the_key(own_texts, line, instead, key):
    spoil(own_texts / "meeting.toml", line, instead)

    with pytest.raises(TextFault) as caught:
        meeting_words()

    assert (caught.value.file, caught.value.key) == ("meeting.toml", key)


def test_the_texts_know_no_django():
    source = inspect.getsource(texts).splitlines()

    imports = [line for line in source if line.startswith(("import ", "from "))]

    assert [line for line in imports if "django" in line] == []
    assert len(imports) >= 5
