"""Languages, topics and free times from free text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables.targets import DAYS, SLOTS
from kith.methods.tables.tests.lists import said
from kith.methods.tables.topics import DOMAINS, TOPIC_NAMES, TOPICS
from kith.methods.tables.values.languages import language_code, language_share, read_languages
from kith.methods.tables.values.needs import read_topics, topic_share
from kith.methods.tables.values.weekgrid import availability_share, read_availability

EVENINGS = tuple(f"{day}-eve" for day in DAYS)
WEEKEND = tuple(slot for slot in SLOTS if slot[:3] in {"sat", "sun"})


def whole(*days):
    return tuple(slot for slot in SLOTS if slot[:3] in days)


@pytest.mark.parametrize(
    ("written", "skills"),
    [
        ("polski, ukr., trochę ang.", [("pl", 3), ("uk", 3), ("en", 1)]),
        ("angielski / polski (A1) / rosyjski", [("en", 3), ("pl", 1), ("ru", 3)]),
        ("ukraiński, rosyjski, polski (podst.)", [("uk", 3), ("ru", 3), ("pl", 2)]),
        ("turecki; rosyjski; angielski B2", [("tr", 3), ("ru", 3), ("en", 4)]),
        ("rosyjski; rosyjski", [("ru", 3)]),
        ("dari", [("prs", 3)]),
        ("polski A2/B1", [("pl", 2)]),
        ("pl ua en", [("pl", 3), ("uk", 3), ("en", 3)]),
        ("UA/RU", [("uk", 3), ("ru", 3)]),
        ("English (fluent), Arabic native", [("en", 4), ("ar", 5)]),
        ("mother tongue Dari", [("prs", 5)]),
        ("bardzo dobry angielski", [("en", 4)]),
        ("bardzo słabo polski", [("pl", 1)]),
        ("polski słabo i rosyjski bardzo dobrze", [("pl", 1), ("ru", 4)]),
        ("po polsku trochę, po rosyjsku biegle", [("pl", 1), ("ru", 4)]),
        ("polski - komunikatywny", [("pl", 3)]),
        ("polski, podstawowy, angielski", [("pl", 2), ("en", 3)]),
        ("français C2", [("fr", 5)]),
        ("Deutsch gut, Englisch fließend und Türkisch", [("de", 3), ("en", 4), ("tr", 3)]),
        ("українська рідна, трохи польська", [("uk", 5), ("pl", 1)]),
        ("العربية، الإنجليزية قليلا", [("ar", 3), ("en", 1)]),
        ("العربية والفرنسية", [("ar", 3), ("fr", 3)]),
        ("kurmandżi + sorani", [("ku", 3), ("ckb", 3)]),
        ("język migowy", [("sgn", 3)]),
        ("Zulu", [("zu", 3)]),
        ("nie zna polskiego", []),
        ("brak", []),
        (None, []),
    ],
)
def test_languages_are_recognised_with_levels(written, skills):
    assert read_languages(written) == (tuple(skills), None)


@pytest.mark.parametrize(
    ("level", "number"),
    [("A1", 1), ("A2", 2), ("B1", 3), ("B2", 4), ("C1", 4), ("C2", 5)],
)
def test_european_levels_become_five_steps(level, number):
    assert read_languages(f"polski {level}") == ((("pl", number),), None)


def test_a_language_with_two_levels_takes_the_lower():
    skills, note = read_languages("arabski, polski (podst.), polski (A1)")

    assert skills == (("ar", 3), ("pl", 1))
    assert (said(note)[0], said(note)[2]["language"]) == ("language_twice", "pl")


def test_an_unknown_language_is_named_and_the_others_are_taken():
    skills, note = read_languages("polski, xyzzy B2")

    assert skills == (("pl", 3),)
    assert said(note) == ("language_unknown", "note", {"text": "xyzzy b2"})


def test_a_level_alone_belongs_to_no_language():
    assert said(read_languages("biegle")[1])[0] == "language_unknown"


def test_languages_can_be_taught():
    known = {"mowa slaska": ("szl:4",), "migi": (), "gwara": ("pl",)}

    assert read_languages("mowa śląska; migi; gwara", known=known) == (
        (("szl", 4), ("pl", 3)),
        None,
    )


def test_a_share_of_a_cell_may_be_languages():
    assert (language_share("polski, xyzzy"), language_share(None)) == (0.5, 0.0)
    assert (language_code("Farsi"), language_code("kot")) == ("fa", "")


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("urzędy, nostryfikacja dyplomu, nauka polskiego", ["offices", "recognition", "language"]),
        ("szkoła dla dzieci", ["school"]),
        ("znajomi, lekarz", ["social", "health"]),
        ("praca i mieszkanie", ["work", "housing"]),
        ("friends, finding work and doctors", ["social", "work", "health"]),
        ("school for children", ["school"]),
        ("Wohnung, Arbeit, Kita", ["housing", "work", "school"]),
        ("робота, лікар, житло", ["work", "health", "housing"]),
        ("عمل، سكن، طبيب", ["work", "housing", "health"]),
        ("kurs komputerowy", ["digital"]),
        ("karta pobytu", ["offices"]),
        ("budżet domowy", ["money"]),
        ("łączenie rodzin", ["family"]),
        ("wolontariat", ["belonging"]),
        ("housing", ["housing"]),
        ("praca, zatrudnienie", ["work"]),
        ("wszystko", list(TOPICS)),
        ("-", []),
        (None, []),
    ],
)
def test_topics_are_recognised(written, topics):
    assert read_topics(written) == (tuple(topics), None)


def test_an_unknown_topic_is_named_and_can_be_taught():
    assert said(read_topics("zakupy, praca")[1]) == ("topic_unknown", "note", {"text": "zakupy"})
    assert read_topics("Zakupy, praca", known={"zakupy": ("offices",)}) == (
        ("offices", "work"),
        None,
    )
    assert (topic_share("zakupy, praca"), topic_share(None)) == (0.5, 0.0)


def test_every_topic_has_a_name_and_lies_in_one_of_eight_domains():
    assert (set(TOPICS.values()), set(TOPICS), len(DOMAINS)) == (set(DOMAINS), set(TOPIC_NAMES), 8)


@pytest.mark.parametrize(
    ("written", "slots"),
    [
        ("wt/czw 18-20", ("tue-eve", "thu-eve")),
        ("weekendy", WEEKEND),
        ("po 17", EVENINGS),
        ("any evening", EVENINGS),
        ("wieczory", EVENINGS),
        ("مساء", EVENINGS),
        ("pon-pt rano", ("mon-am", "tue-am", "wed-am", "thu-am", "fri-am")),
        ("rano pn-śr", ("mon-am", "tue-am", "wed-am")),
        ("pn, śr 17-19", ("mon-eve", "wed-eve")),
        ("pn 9-12, 17-19", ("mon-am", "mon-eve")),
        ("Mo-Do 18-20 Uhr", ("mon-eve", "tue-eve", "wed-eve", "thu-eve")),
        ("Di/Do nachmittags", ("tue-pm", "thu-pm")),
        ("Sa + So", WEEKEND),
        ("so rano", ("sat-am",)),
        ("do 14", tuple(slot for slot in SLOTS if not slot.endswith("eve"))),
        ("środa od 9 do 14", ("wed-am", "wed-pm")),
        ("pt wieczór, sob cały dzień", ("fri-eve", *whole("sat"))),
        ("codziennie oprócz środy", tuple(s for s in SLOTS if not s.startswith("wed"))),
        ("nie w piątki", tuple(s for s in SLOTS if not s.startswith("fri"))),
        ("evenings except Monday", EVENINGS[1:]),
        ("weekdays after 5pm", EVENINGS[:5]),
        ("5pm-8pm Tue", ("tue-eve",)),
        ("2-4pm on Friday", ("fri-pm",)),
        ("пн-пт після 18", EVENINGS[:5]),
        ("вт/чт ввечері", ("tue-eve", "thu-eve")),
        ("الاثنين والأربعاء صباحا", ("mon-am", "wed-am")),
        ("niedziela-wtorek rano", ("mon-am", "tue-am", "sun-am")),
        ("wtorek 9", ("tue-am",)),
        ("Saturday", whole("sat")),
        ("sobota, tylko", whole("sat")),
        ("dowolnie", SLOTS),
        ("dowolnie w weekend", WEEKEND),
        ("dowolnie po 17", EVENINGS),
        ("brak", ()),
        (None, ()),
    ],
)
def test_free_times_become_slots_of_the_week(written, slots):
    assert read_availability(written) == (slots, None)


@pytest.mark.parametrize(
    ("written", "slots", "code"),
    [
        ("jak dzieci w szkole", (), "availability_unknown"),
        ("raz w tygodniu", (), "availability_unknown"),
        ("wtorek jak się uda", (), "availability_unknown"),
        ("22-23", (), "availability_outside"),
    ],
)
def test_times_that_are_not_understood_are_named(written, slots, code):
    found, note = read_availability(written)

    assert (found, said(note)[0]) == (slots, code)


def test_times_can_be_taught():
    known = {"po pracy": ("mon-eve", "tue-eve"), "w ferie; i swieta": ()}

    assert read_availability("po pracy; sob", known=known) == (
        ("mon-eve", "tue-eve", *whole("sat")),
        None,
    )
    assert read_availability("W ferie; i święta", known=known) == ((), None)


def test_a_cell_may_be_times_in_part():
    shares = [availability_share(text) for text in ("sobota", "sobota; kiedyś tam", "kiedyś tam")]

    assert shares == [1.0, 0.5, 0.0]


@settings(deadline=None)
@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_no_cell_makes_the_readers_fail(cell):
    skills, slots, topics = (
        read_languages(cell)[0],
        read_availability(cell)[0],
        read_topics(cell)[0],
    )

    assert {level for _, level in skills} <= {1, 2, 3, 4, 5}
    assert set(slots) <= set(SLOTS)
    assert set(topics) <= set(TOPICS)
