from datetime import date

import pytest

from kith.methods.matching.cells import (
    BadText,
    read_age_band,
    read_count,
    read_date,
    read_ids,
    read_languages,
    read_names,
    read_number,
    read_skills,
    read_slots,
    read_wishes,
    read_yes_no,
)
from kith.methods.matching.profile import AgeBand


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_date, "2026-03-31", date(2026, 3, 31)),
        (read_yes_no, "Yes", True),
        (read_yes_no, "0", False),
        (read_number, "-16.9", -16.9),
        (read_count, "12", 12),
        (read_names, "Music; chess;", frozenset({"music", "chess"})),
        (read_ids, "M1; m1", frozenset({"M1", "m1"})),
        (read_slots, "mon-eve;TUE-am", frozenset({"mon-eve", "tue-am"})),
        (read_languages, "pl:3; UK : 4;ar", {"pl": 3, "uk": 4, "ar": 3}),
        (read_wishes, "school;Work:2", {"school": 1, "work": 2}),
        (read_skills, "school;work:2", {"school": 4, "work": 2}),
        (read_age_band, "25-34", AgeBand(25, 34)),
        (read_age_band, "25–34", AgeBand(25, 34)),
        (read_age_band, "65+", AgeBand(65)),
        (read_age_band, "40", AgeBand(40, 40)),
    ],
)
def test_a_cell_is_read(read, text, value) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (read_date, "31.03.2026", "'31.03.2026' is no date such as 2026-03-31"),
        (read_yes_no, "perhaps", "'perhaps' is neither yes nor no"),
        (read_number, "5 km", "'5 km' is no number"),
        (read_number, "inf", "'inf' is no number"),
        (read_count, "-1", "'-1' is no whole number"),
        (read_count, "²", "'²' is no whole number"),
        (read_slots, "mon", "'mon' is no time of the week such as mon-am, tue-pm or sun-eve"),
        (read_languages, "pl:good", "'good' is no whole number"),
        (read_languages, "pl;PL:2", "'pl' stands there twice"),
        (read_wishes, ":2", "':2' names nothing"),
        (read_age_band, "young", "'young' is no whole number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_the_reason(read, text, reason) -> None:
    with pytest.raises(BadText) as refusal:
        read(text)

    assert str(refusal.value) == reason
