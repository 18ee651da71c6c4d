import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import kith.web
from kith.consent.rules import (
    NEXT,
    PURPOSE_KEYS,
    Asked,
    KeptAfter,
    PurposeFault,
    State,
    all_purposes,
    allows_use,
    load_purpose,
    may_become,
)
from kith.consent.rules import purposes as rules

PURPOSES = rules.CONTENT / "purposes"
ICONS = Path(next(iter(kith.web.__path__))) / "icons"
LANGUAGES = ("en", "pl", "ar")
TEXTS = ("title", "what_for", "what_we_keep", "who_sees", "how_long", "your_choice")
NAMES = {"organisation": "Kith House", "partner": "Legal Aid", "period": "12 months"}


@pytest.fixture
def own_purposes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a copy of every purpose, which a test may spoil."""
    (tmp_path / "purposes").mkdir()
    for path in PURPOSES.iterdir():
        (tmp_path / "purposes" / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(rules, "CONTENT", tmp_path)
    all_purposes.cache_clear()
    yield tmp_path / "purposes"
    all_purposes.cache_clear()


def fault_after(folder: Path, line: str, instead: str) -> tuple[str, str]:
    path = folder / "statistics.toml"
    text = path.read_text(encoding="utf-8")
    assert line in text, "the test spoils a line that is not there"
    path.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(PurposeFault) as caught:
        all_purposes()

    return caught.value.file, caught.value.key


def test_there_are_seven_purposes_and_no_other_file():
    files = sorted(path.stem for path in PURPOSES.iterdir())

    assert files == sorted(PURPOSE_KEYS)
    assert [purpose.key for purpose in all_purposes()] == list(PURPOSE_KEYS)
    assert {purpose.version for purpose in all_purposes()} == {"1"}


@pytest.mark.parametrize("key", PURPOSE_KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said_in_every_language_with_its_names_filled_in(key, language):
    purpose = load_purpose(key)
    names = {name: NAMES[name] for name in purpose.names}

    said = [getattr(purpose, text).say(language, **names) for text in TEXTS]
    said += purpose.easy.say(language, **names)

    assert [text for text in said if "{" in text or not text] == []
    assert 2 <= len(purpose.easy.say(language, **names)) <= 4


@pytest.mark.parametrize("key", PURPOSE_KEYS)
def test_the_three_languages_are_three_different_texts_in_their_own_script(key):
    purpose = load_purpose(key)

    for name in TEXTS:
        by_language = getattr(purpose, name).by_language
        assert has_arabic_letters(by_language["ar"])
        assert not has_arabic_letters(by_language["en"] + by_language["pl"])
        assert by_language["en"] != by_language["pl"] or name == "title"


def has_arabic_letters(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_says_that_it_is_a_free_choice_and_may_be_taken_back_at_any_time(language):
    promise = {"en": "at any time", "pl": "w każdej chwili", "ar": "في أي وقت"}[language]

    silent = [p.key for p in all_purposes() if promise not in p.your_choice.by_language[language]]

    assert silent == []


def test_only_mentoring_is_needed_to_take_part():
    needed = [purpose.key for purpose in all_purposes() if purpose.needed_for_enrolment]

    assert needed == ["mentoring"]


def test_assessment_sharing_follow_up_and_photos_are_not_asked_for_in_advance():
    later = {purpose.key for purpose in all_purposes() if purpose.asked is Asked.WHEN_NEEDED}

    assert later == {"assessment", "sharing", "follow_up", "photos"}


def test_each_purpose_has_its_own_retention():
    kept = {
        p.key: (p.retention.category, p.retention.months, p.retention.after) for p in all_purposes()
    }

    assert kept == {
        "mentoring": ("mentoring", 24, KeptAfter.ENROLMENT_ENDED),
        "contact_by_message": ("contact", 1, KeptAfter.ENROLMENT_ENDED),
        "statistics": ("statistics", 24, KeptAfter.ENROLMENT_ENDED),
        "sharing": ("sharing", 12, KeptAfter.GIVEN),
        "follow_up": ("follow_up", 6, KeptAfter.LAST_FOLLOW_UP),
        "assessment": ("assessment", 12, KeptAfter.CASE_CLOSED),
        "photos": ("photos", 24, KeptAfter.GIVEN),
    }


def test_every_pictogram_of_a_purpose_is_drawn():
    missing = [p.key for p in all_purposes() if not (ICONS / f"{p.pictogram.key}.svg").is_file()]

    assert missing == []


def test_only_sharing_names_the_partner():
    assert [p.key for p in all_purposes() if "partner" in p.names] == ["sharing"]


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ("needed_for_enrolment = false", "needed_for_enrolment = false\nticked = true", "ticked"),
        ('asked = "at_enrolment"\n', "", "asked"),
        ('version = "1"', "version = 1", "version"),
        ('version = "1"', 'version = "one"', "version"),
        ('key = "statistics"', 'key = "counting"', "key"),
        ('"period"]', '"period", "partner"]', "names"),
        ('["organisation", "period"]', '["organisation"]', "names"),
        ("months = 24", "months = 25", "retention.months"),
        ("months = 24", "months = 0", "retention.months"),
        ('after = "enrolment_ended"', 'after = "whenever"', "retention.after"),
        ('ar = "إحصاء من دون أسماء"\n', "", "title.ar"),
        ('["Liczymy, ilu osobom pomagamy."', "[] #", "easy"),
    ],
)
def test_a_purpose_with_a_fault_is_refused_at_the_key(own_purposes, line, instead, key):
    assert fault_after(own_purposes, line, instead) == ("statistics.toml", key)


def test_a_text_without_its_period_is_refused(own_purposes):
    path = own_purposes / "statistics.toml"
    text = path.read_text(encoding="utf-8")
    period_elsewhere = text.replace("{period}", "long").replace("{organisation}", "{period}")
    path.write_text(period_elsewhere.replace('"organisation", ', ""), encoding="utf-8")

    with pytest.raises(PurposeFault) as caught:
        all_purposes()

    assert (caught.value.file, caught.value.key) == ("statistics.toml", "how_long")


def test_mentors_read_their_own_words_under_the_same_purpose():
    own = rules.read_by_mentors("mentoring")

    assert (own.key, own.retention) == ("mentoring", load_purpose("mentoring").retention)
    assert own.easy.say("en")[0] == "We look for a participant who suits you."
    assert rules.read_by_mentors("statistics") == load_purpose("statistics")


def test_an_earlier_version_is_read_where_it_was_kept(own_purposes):
    earlier = own_purposes.parent / "earlier"
    earlier.mkdir()
    text = (own_purposes / "photos.toml").read_text(encoding="utf-8")
    (earlier / "photos-0.toml").write_text(
        text.replace('version = "1"', 'version = "0"'), encoding="utf-8"
    )
    rules.purpose_in_words_of.cache_clear()

    found = [rules.purpose_in_words_of("photos", version) for version in ("0", "1", "7")]

    rules.purpose_in_words_of.cache_clear()
    assert [purpose and purpose.version for purpose in found] == ["0", "1", None]


def test_the_months_of_keeping_are_days():
    assert rules.period_of(load_purpose("mentoring").retention).days == 730


def test_the_languages_of_a_purpose_are_those_of_every_text():
    assert set(rules.languages_of(load_purpose("photos"))) == {"en", "pl", "ar"}


def test_an_unknown_purpose_is_refused_by_name():
    with pytest.raises(
        PurposeFault, match=r"^marketing\.toml: the file: there is no such purpose$"
    ):
        load_purpose("marketing")


def test_nothing_is_given_before_the_person_has_answered():
    assert NEXT[None] == frozenset({State.GIVEN, State.REFUSED})
    assert allows_use(None) is False


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (None, State.GIVEN, True),
        (None, State.REFUSED, True),
        (None, State.WITHDRAWN, False),
        (State.GIVEN, State.GIVEN, False),
        (State.GIVEN, State.REFUSED, False),
        (State.GIVEN, State.WITHDRAWN, True),
        (State.REFUSED, State.GIVEN, True),
        (State.REFUSED, State.REFUSED, False),
        (State.REFUSED, State.WITHDRAWN, False),
        (State.WITHDRAWN, State.GIVEN, True),
        (State.WITHDRAWN, State.REFUSED, False),
        (State.WITHDRAWN, State.WITHDRAWN, False),
    ],
)
def test_consent_changes_only_along_the_table(before, after, allowed):
    assert may_become(before, after) is allowed


def test_only_a_given_consent_allows_use():
    assert [state for state in State if allows_use(state)] == [State.GIVEN]


def test_the_rules_know_no_django():
    source = inspect.getsource(rules).splitlines()

    imports = [line for line in source if line.startswith(("import ", "from "))]

    assert [line for line in imports if "django" in line] == []
    assert len(imports) >= 5
