"""Words and codes: nothing that is stored is without a word, nothing said twice differently."""

import inspect
import string

import pytest
from django.utils import translation

from kith.methods.tables import LeftOut, Remark, errors, targets
from kith.methods.tables.remarks import COLUMN_SENTENCES, REMARKS, ROW_SENTENCES
from kith.methods.tables.table import Why
from kith.methods.tables.topics import TOPICS
from kith.people import rules
from kith.people.rules import labels, listwords
from kith.people.rules.tokens import Hasher, Spoken, asked, digits, pairs, tokens_of, twin_tokens

ORGANISATION = "01a204a4-ae00-7de3-970b-ac77fd94d5b6"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (TOPICS, labels.NEEDS),
        (rules.INTERESTS, labels.INTERESTS),
        (rules.CHANNELS, labels.CHANNELS),
        (rules.CheckKind, labels.CHECKS),
        (rules.AGE_BANDS, labels.AGE_BANDS),
        ((*rules.CHILD_BANDS, ""), labels.CHILD_BANDS),
        (rules.GROUP_ROLES, labels.GROUP_ROLES),
        (rules.GenderWish, labels.GENDER_WISHES),
        (rules.Gender, labels.GENDERS),
        (rules.LEVELS, labels.LEVELS),
        (targets.Target, labels.TARGETS),
        (rules.Choice, labels.CHOICES),
        (rules.ImportState, labels.IMPORT_STATES),
    ],
)
def test_every_code_has_a_word_and_every_word_a_code(codes, words) -> None:
    assert sorted(map(str, codes)) == sorted(map(str, words))


def test_what_is_said_of_lists_is_what_the_reader_of_lists_says() -> None:
    files = {
        kind.code: kind.sentence
        for _name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.UnreadableTable)
    }
    said = {code: sentence for code, (_severity, sentence) in REMARKS.items()}

    with translation.override("en"):
        assert {code: str(text) for code, text in listwords.REMARKS.items()} == said
        assert {code: str(text) for code, text in listwords.COLUMNS.items()} == COLUMN_SENTENCES
        assert {code: str(text) for code, text in listwords.ROWS.items()} == ROW_SENTENCES
        assert {code: str(text) for code, text in listwords.FILES.items()} == files


@pytest.mark.parametrize("code", sorted(REMARKS))
def test_every_remark_can_be_said_with_its_parameters(code: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(REMARKS[code][1]) if name]
    params = dict.fromkeys(names, "2026-11-20")

    said = listwords.remark_in_words(Remark(code, params))

    assert said.count("{") == 0


def test_days_ways_and_languages_in_remarks_are_words() -> None:
    ended = Remark("date_ended", {"date": "2026-10-01"})
    channel = Remark("channel_from_note", {"channel": "sms"})
    part = LeftOut(1, 1, Why.TITLE)

    with translation.override("en"):
        assert listwords.remark_in_words(ended).startswith("This ended on 1 October 2026.")
        assert listwords.remark_in_words(channel) == "The note asks for contact by text message."
        assert listwords.part_in_words(part) == "Above the headings."
        assert listwords._said("language", "uk") == "Ukrainian"


def test_what_a_list_says_keeps_its_own_direction_on_a_page_and_stays_plain_in_a_sheet() -> None:
    odd = Remark("second_value", {"text": "Oksana (2)"}, "Name")
    ended = Remark("date_ended", {"date": "2026-10-01"})
    high = Remark("count_too_high", {"count": 40})

    with translation.override("en"):
        assert listwords.remark_with_column(odd) == (
            "\u2068Name\u2069: A second value, “\u2068Oksana (2)\u2069”, went to the note."
        )
        assert listwords.remark_in_words(odd) == "A second value, “Oksana (2)”, went to the note."
        assert listwords.remark_with_column(ended) == listwords.remark_in_words(ended)
        assert listwords.remark_on_page(high) == "40 is too high to be right."


def test_states_of_an_import_lead_only_to_known_states() -> None:
    assert set(rules.NEXT_IMPORT_STATES) == set(rules.ImportState)
    assert frozenset() == rules.BUSY & rules.OPEN


def test_languages_are_offered_by_name_in_the_language_of_the_page() -> None:
    with translation.override("pl"):
        names = [name for _code, name in labels.languages()]

    assert names[:3] == ["albański", "amharski", "angielski"]
    assert len(names) == len(set(names)) == len(labels.LANGUAGE_CODES)


def test_a_language_nobody_can_name_keeps_its_code() -> None:
    with translation.override("en"):
        assert (labels.language_name("prs"), labels.language_name("xxx")) == ("Dari", "xxx")


def test_words_come_in_their_own_order_and_unknown_codes_last() -> None:
    with translation.override("en"):
        assert labels.in_words(["zz", "health", "work"], labels.NEEDS) == [
            "finding work",
            "health and doctors",
            "zz",
        ]


def test_names_of_any_script_sort_together() -> None:
    names = ["Żaneta", "Олена", "Łucja", "Zofia", "Adam"]

    assert sorted(names, key=labels.by_name) == ["Adam", "Łucja", "Олена", "Żaneta", "Zofia"]


# ── Tokens ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("phone", "expected"),
    [("+48 795-917-706", "48795917706"), ("0048 795", "48795"), ("٠٧٩٥", "795"), ("", "")],
)
def test_digits_of_a_phone_number(phone: str, expected: str) -> None:
    assert digits(phone) == expected


def test_someone_without_anything_to_search_has_no_tokens() -> None:
    hashed = Hasher(ORGANISATION)

    assert tokens_of(Spoken(names=()), hashed) == set()
    assert twin_tokens(Spoken(names=("Oksana",), phone="123"), hashed).all() == set()


def test_a_token_says_nothing_and_fits_a_database_number() -> None:
    hashed = Hasher(ORGANISATION)

    found = tokens_of(Spoken(("Oksana Kowalczuk",), "+48795917706", "o@example.org"), hashed)

    assert all(-(2**63) <= token < 2**63 for token in found)
    assert hashed("w", "oksana") != hashed("l", "oksana")


def test_pairs_of_words_meet_in_any_order_and_script() -> None:
    assert pairs("Oksana Kowalczuk") == pairs("Ковальчук Оксана")
    assert pairs("محمد الحداد") & pairs("Mohammed Haddad") != set()
    assert pairs("Oksana") == set()


def test_a_name_of_many_words_asks_for_a_few() -> None:
    assert len(asked("a b c d e f g h", Hasher(ORGANISATION))) == 6
