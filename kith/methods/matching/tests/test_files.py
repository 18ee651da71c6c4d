import json
from datetime import date
from pathlib import Path

import pytest

from kith.methods.matching.files import (
    BadCell,
    BadFile,
    read_decisions,
    read_mentors,
    read_participants,
    read_rules,
    write_explanations,
    write_pairs,
)
from kith.methods.matching.problem import Gate, Gates, Ruling, Weights
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.methods.matching.settings import Waiting
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import lock, open_round


@pytest.fixture
def file(tmp_path):
    def write(text: str | bytes, name: str = "f.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def faults(read, path, *args, **kwargs) -> list[BadCell]:
    with pytest.raises(BadFile) as refusal:
        read(path, *args, **kwargs)
    return list(refusal.value.faults)


def test_participants_are_read_in_any_order_of_columns(file) -> None:
    path = file(
        "topics,ID,waiting_since,languages,topics_required,region,lat,lon,max_km,online,note,"
        "availability,mentor_gender,mentor_gender_required,age_band,interests,excluded\r\n"
        '"work:2;law",P1,2026-01-31,uk:5;pl,law,Wilda,52.4,16.9,5,yes,any,mon-eve,woman,yes,'
        "25-34,chess,M1;M2\r\n"
        ",,,,,,,,,,,,,,,,\r\n"
        ",P2,,,,,,,,,,,,,,,\r\n"
    )

    assert read_participants(path) == [
        Participant(
            id="P1",
            waiting_since=date(2026, 1, 31),
            languages={"uk": 5, "pl": 3},
            topics={"work": 2, "law": 1},
            topics_required=frozenset({"law"}),
            region="wilda",
            lat=52.4,
            lon=16.9,
            max_km=5.0,
            online=True,
            availability=frozenset({"mon-eve"}),
            mentor_gender="woman",
            mentor_gender_required=True,
            age_band=AgeBand(25, 34),
            interests=frozenset({"chess"}),
            excluded=frozenset({"M1", "M2"}),
        ),
        Participant(id="P2"),
    ]


def test_mentors_are_read_from_a_file_with_a_byte_order_mark(file) -> None:
    path = file(
        "\ufeffid,available_since,capacity,languages,topics,online,gender,trained_until,"
        "checked_until\nM1,2026-01-01,2,pl:5,work:3;law,no,Woman,2026-12-31,2027-01-15\n"
    )

    assert read_mentors(path) == [
        Mentor(
            id="M1",
            available_since=date(2026, 1, 1),
            capacity=2,
            languages={"pl": 5},
            topics={"work": 3, "law": 4},
            online=False,
            gender="woman",
            trained_until=date(2026, 12, 31),
            checked_until=date(2027, 1, 15),
        )
    ]


def test_every_bad_cell_is_told_with_file_line_column_and_reason(file) -> None:
    path = file(
        "id,waiting_since,age_band,lat,lon,languages\n"
        "P1,soon,40-30,,,pl:9\n"
        ",2026-01-01,,,,\n"
        "P2,,,52,,\n"
        "P3,,,,,\n"
        "P3,,,,,\n"
    )

    assert faults(read_participants, path) == [
        BadCell("f.csv", 2, "age_band", "the band must begin before it ends"),
        BadCell("f.csv", 2, "waiting_since", "'soon' is no date such as 2026-03-31"),
        BadCell("f.csv", 3, "id", "this cell is needed"),
        BadCell("f.csv", 4, "lat", "latitude and longitude go together"),
        BadCell("f.csv", 6, "id", "'P3' stands in line 5 already"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", BadCell("f.csv", 1, "id", "this column is needed")),
        ("id,region,region\n", BadCell("f.csv", 1, "region", "this column stands there twice")),
        ("id,region\nM1\n", BadCell("f.csv", 2, "", "2 cells expected, 1 found")),
        ('id\nM1\n"M2\n', BadCell("f.csv", 3, "", "unexpected end of data")),
        (b"id\nM1\n\xb3\n", BadCell("f.csv", 3, "", "the text is not UTF-8")),
    ],
)
def test_a_broken_table_is_refused(file, text, expected) -> None:
    assert faults(read_mentors, file(text)) == [expected]


def test_a_file_that_is_not_there_is_told(tmp_path) -> None:
    expected = BadCell("no.csv", 1, "", "the file cannot be read (No such file or directory)")

    assert faults(read_mentors, tmp_path / "no.csv") == [expected]


def test_a_fault_is_one_line_for_the_terminal() -> None:
    assert str(BadCell("f.csv", 2, "lat", "no")) == "f.csv, line 2, column lat: no"
    assert str(BadCell("f.csv", 2, "", "no")) == "f.csv, line 2: no"


def test_decisions_are_read_and_strangers_refused(file) -> None:
    people = {"participants": [Participant(id="P")], "mentors": [Mentor(id="M")]}

    good = read_decisions(file("mentor,participant\nM,P\n"), Ruling.LOCK, **people)
    bad = faults(read_decisions, file("participant,mentor\nX,M\nP,X\n"), Ruling.REJECT, **people)

    assert good == [lock("P", "M")]
    assert bad == [
        BadCell("f.csv", 2, "participant", "'X' is not in this round"),
        BadCell("f.csv", 3, "mentor", "'X' is not in this round"),
    ]


def test_rules_are_read_and_what_is_left_out_keeps_its_default(file) -> None:
    rules = read_rules(
        file(
            "[weights]\nneed = 50\nage = 0.5\n[gates]\noff = ['range']\nrecords_required = true\n"
            "[waiting]\nper_day = 10\n"
        )
    )

    assert rules.weights == Weights(need=50, age=0.5)
    assert rules.gates == Gates(off=frozenset({Gate.RANGE}), records_required=True)
    assert rules.waiting == Waiting(per_day=10)
    assert read_rules(file("")).weights == Weights()


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("weights = 3", "weights", "only the tables weights, gates and waiting are known"),
        ("[score]", "score", "only the tables weights, gates and waiting are known"),
        ("[waiting]\ndays = 3", "days", "the known names are per_day, most"),
        ("[waiting]\nper_day = true", "per_day", "True is of the wrong kind"),
        ("[waiting]\nper_day = 0.5", "per_day", "0.5 is of the wrong kind"),
        ("[weights]\nneed = 'much'", "need", "'much' is of the wrong kind"),
        ("[weights]\nneed = -1", "", "the weight of need must be from 0 to 1000000"),
        ("[gates]\nrecords_required = 1", "records_required", "1 is of the wrong kind"),
        ("[gates]\noff = ['gender']", "", "the gate gender cannot be switched off"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(file, text, column, reason) -> None:
    assert faults(read_rules, file(text, "w.toml")) == [BadCell("w.toml", 1, column, reason)]


@pytest.mark.parametrize("off", ["3", "['mood']", "[['range']]"])
def test_only_known_gates_can_be_off(file, off) -> None:
    (fault,) = faults(read_rules, file(f"[gates]\noff = {off}"))

    assert fault.column == "gates.off"


def test_text_that_is_not_toml_is_refused(file) -> None:
    (fault,) = faults(read_rules, file("need: 3", "w.toml"))

    assert fault.reason.startswith("this is not TOML: ")


def test_pairs_are_written_and_can_come_back_as_locks(tmp_path) -> None:
    result = solve(open_round([[50, 40], [49, 0]])).lock("P1", "M0")
    path = tmp_path / "pairs.csv"

    write_pairs(path, result)

    people = result.problem.participants, result.problem.mentors
    assert path.read_text().splitlines() == [
        "participant,mentor,fit,locked",
        "P0,M1,400000,no",
        "P1,M0,490000,yes",
    ]
    assert read_decisions(path, Ruling.LOCK, participants=people[0], mentors=people[1]) == [
        lock("P0", "M1"),
        lock("P1", "M0"),
    ]


def test_explanations_are_one_object_for_each_participant(tmp_path) -> None:
    result = solve(open_round([[50], [40]]))
    path = tmp_path / "why.jsonl"

    write_explanations(path, result)

    first, second = (json.loads(line) for line in path.read_text().splitlines())
    assert (first["participant"], first["mentor"], first["fit"]) == ("P0", "M0", 500_000)
    assert second["relaxation"]["message"] == {"code": "one_more_place", "params": {}}
    assert first["tie_key"] == result.tie_log["P0"]
