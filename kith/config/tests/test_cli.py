"""The command line as people type it, in processes of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kith.base import jobs
from kith.config.cli import COMMANDS
from kith.config.tests.conftest import open_folder
from kith.methods.instruments.xlsform.types import TRACKS_TIME

RUNS = "SELECT name, state, started_at > now() - interval '1 day' FROM base_jobrun"
ACTIONS = [
    ["audit", "verify"],
    ["credential", "verify"],
    ["retention", "run"],
    ["keys", "rotate"],
    ["instruments", "check"],
    ["import", "participants"],
    ["import", "mentors"],
]


def kith(
    *words: str, home: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    place = {"KITH_HOME": str(home)} if home else {"KITH_HOME": "/nowhere/at/all"}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "kith.config.cli", *words],
        env=kept | place | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A demo of few people, used as an organisation's own folder."""
    with open_folder() as folder:
        made = kith("demo", "--people", "12", home=folder)
        assert (made.returncode, made.stderr) == (0, "")
        yield folder / "demo"


# --- help and wrong use -----------------------------------------------------------------------


@pytest.mark.parametrize("number", ["11", "0", "many"])
def test_a_demo_of_too_few_people_is_refused_before_anything_is_made(number) -> None:
    said = kith("demo", "--people", number)

    assert said.returncode == 2
    assert "the demo needs 12 people at least" in said.stderr


def test_overview_names_every_command_with_its_purpose() -> None:
    said = kith("--help")

    lines = {" ".join(line.split()) for line in said.stdout.splitlines()}
    assert {f"{one.name} {one.purpose}" for one in COMMANDS} - lines == set()
    assert said.returncode == 0


@pytest.mark.parametrize("words", [*([one.name] for one in COMMANDS), *ACTIONS], ids=" ".join)
def test_every_level_has_help_with_an_example(words: list[str]) -> None:
    said = kith(*words, "--help")

    assert said.returncode == 0
    assert "Example: kith " in said.stdout


def test_overview_needs_no_database_and_no_django() -> None:
    program = (
        "import sys; from kith.config.cli import main; main([]);"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)  # noqa: S603

    assert done.returncode == 0


@pytest.mark.parametrize(
    "words",
    [["walk"], ["audit"], ["retention", "run", "--as-of", "tomorrow"], ["run", "--port", "many"]],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(words: list[str]) -> None:
    assert kith(*words).returncode == 2


def test_a_problem_is_one_sentence_and_ends_with_1(place: Path) -> None:
    (place / "letter.txt").write_text("Dear Anna")

    said = kith("audit", "verify", home=place)

    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        f"The folder {place} holds something that Kith did not make: "
        "choose an empty folder with KITH_HOME.\n"
    )


def test_a_problem_is_json_where_json_was_asked_for(place: Path) -> None:
    (place / "letter.txt").write_text("Dear Anna")

    said = kith("audit", "verify", "--json", home=place)

    assert (said.returncode, list(json.loads(said.stdout))) == (1, ["problem"])


def test_a_database_address_that_is_none_is_named(place: Path) -> None:
    said = kith("migrate", home=place, KITH_DATABASE_URL="mysql://host/kith")

    assert said.stderr == (
        "KITH_DATABASE_URL must look like postgresql://user:password@host:5432/database.\n"
    )


# --- what the commands do ---------------------------------------------------------------------


def test_audit_verify_counts_the_lines(home: Path) -> None:
    said = kith("audit", "verify", "--json", home=home)

    found = json.loads(said.stdout)
    assert (said.returncode, found["whole"]) == (0, True)
    assert [one["faults"] for one in found["organisations"]] == [[]]
    assert [one["lines"] > 0 for one in found["organisations"]] == [True]


def test_retention_dry_run_names_its_day(home: Path) -> None:
    said = kith("retention", "run", "--as-of", "2031-01-31", "--dry-run", "--json", home=home)

    found = json.loads(said.stdout)
    assert (said.returncode, found["as_of"], found["dry_run"]) == (0, "2031-01-31", True)
    assert {tuple(line) for one in found["organisations"] for line in one["categories"]} == {
        ("category", "due", "held", "marked", "erased")
    }


def test_keys_rotate_leaves_one_new_key_that_opens_everything(home: Path) -> None:
    before = json.loads((home / "keys" / "house.json").read_text())

    said = kith("keys", "rotate", home=home)

    after = json.loads((home / "keys" / "house.json").read_text())
    assert said.returncode == 0
    assert list(after["keys"]) == [after["current"]]
    assert set(before["keys"].values()).isdisjoint(after["keys"].values())
    assert kith("audit", "verify", home=home).returncode == 0


def test_import_dry_run_stores_nobody_and_import_does(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("Name;Phone;Languages\nOksana Testowa;501502503;ukrainian\n;;\n")

    trial = kith("import", "participants", str(sheet), "--dry-run", "--json", home=home)
    first = kith("import", "participants", str(sheet), "--json", home=home)
    again = kith("import", "participants", str(sheet), "--json", home=home)

    assert [said.stderr for said in (trial, first, again)] == ["", "", ""]
    found = [json.loads(said.stdout) for said in (trial, first, again)]
    assert [(one["stored"], one["new"], one["known"]) for one in found] == [
        (False, 1, 0),
        (True, 1, 0),
        (True, 0, 1),
    ]


def test_import_of_a_file_that_is_not_there(home: Path) -> None:
    said = kith("import", "mentors", "/nowhere.xlsx", home=home)

    assert (said.returncode, said.stderr) == (
        1,
        "The file /nowhere.xlsx cannot be read: No such file or directory.\n",
    )


def test_worker_once_ends_when_nothing_waits(home: Path) -> None:
    assert kith("worker", "--once", home=home).returncode == 0


def of(names: set[str], runs: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {row for row in runs if row[0] in names}


def test_worker_once_does_every_periodic_job_whose_time_came_since(
    home: Path, tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    # What other tests had done in this house is no part of the story.
    kith_sql(home, "DELETE FROM base_jobrun RETURNING name")
    # A month ago first: what happens in the future would disquiet the doctor.
    clock.write_text(str(-30 * 24 * 3600))
    kith("worker", "--once", home=home, KITH_CLOCK=str(clock))
    before = kith_sql(home, RUNS)
    clock.write_text("0")

    said = kith("worker", "--once", home=home, KITH_CLOCK=str(clock))

    assert (said.returncode, said.stderr) == (0, "")
    # What acts had asked for, such as letters, is done once and not again.
    names = {job.name for job in jobs.registered() if job.cron}
    assert {"accounts.tidy", "gate.retention", "matching.answers"} <= names
    assert of(names, before) == {(name, "done", False) for name in names}
    assert of(names, kith_sql(home, RUNS)) == {(name, "done", True) for name in names}


def test_manage_passes_everything_to_django(home: Path) -> None:
    said = kith("manage", "migrate", "--check", home=home)

    assert said.returncode == 0


def test_doctor_finds_no_worker_and_an_open_key(home: Path) -> None:
    (home / "keys" / "index.key").chmod(0o644)

    said = kith("doctor", "--json", home=home)
    (home / "keys" / "index.key").chmod(0o600)

    found = json.loads(said.stdout)
    assert (said.returncode, found["well"]) == (1, False)
    assert [one["name"] for one in found["checks"] if not one["ok"]] == ["keys", "worker"]
    assert [one["remedy"] for one in found["checks"] if one["name"] == "keys"] == [
        f"Run chmod 600 {home}/keys/index.key"
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"KITH_PORT": "abc"}, "KITH_PORT must be a whole number, not “abc”."),
        ({"KITH_PRT": "80"}, "KITH_PRT is no setting of Kith."),
        ({"KITH_TIME_ZONE": "Mars/Base"}, "KITH_TIME_ZONE is “Mars/Base”, which is no time zone."),
        (
            {"KITH_MAIL_URL": "mail.example.org"},
            "KITH_MAIL_URL must look like smtp://user:password@host:587.",
        ),
        (
            {"KITH_BIND": "0.0.0.0"},  # noqa: S104
            "KITH_BIND lets others in, but KITH_HOSTS names localhost only.",
        ),
        (
            {"KITH_BIND": "0.0.0.0", "KITH_HOSTS": "kith.example.org", "KITH_CLOCK": __file__},  # noqa: S104
            "KITH_CLOCK moves the clock, so it works on this machine only.",
        ),
        ({"KITH_CLOCK": "/no/such"}, "KITH_CLOCK names /no/such, which is no file."),
    ],
)
def test_doctor_names_a_setting_that_cannot_be_used(settings: dict[str, str], said: str) -> None:
    found = json.loads(kith("doctor", "--json", **settings).stdout)

    assert found["checks"][0]["said"] == said


def test_doctor_makes_nothing(place: Path) -> None:
    said = kith("doctor", home=place / "new")

    assert said.returncode == 1
    assert not (place / "new").exists()


def test_migrate_says_when_everything_is_in_place(home: Path) -> None:
    assert kith("migrate", home=home).stdout == "The database is up to date.\n"


def test_a_database_of_a_newer_kith_is_left_alone(place: Path) -> None:
    kith("migrate", home=place)
    kith_sql(
        place, "INSERT INTO django_migrations (app, name, applied) VALUES ('gate', '0999_x', now())"
    )
    kith_sql(place, "COMMENT ON DATABASE kith IS NULL")

    said = kith("migrate", home=place)

    assert said.returncode == 1
    assert said.stderr.splitlines()[-1] == (
        "This database was used by a newer Kith, which added gate.0999_x: "
        "install that version or a later one. Nothing was changed."
    )


def kith_sql(home: Path, statement: str) -> list[tuple[Any, ...]]:
    import psycopg

    from kith.config import server

    running = server.start(home / "postgres", keys=home / "keys")
    try:
        with psycopg.connect(running.owner_url, autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []
    finally:
        running.stop()


# --- questionnaires ---------------------------------------------------------------------------

FORM = """
| survey | | | | |
| | type | name | label | relevant |
| | start | begun | | |
| | select_one yn | meet | Do you meet? | |
| | text | why | Why? | {rule} |
| choices |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
"""


def test_instruments_check_says_what_of_a_form_works(tmp_path: Path) -> None:
    form = tmp_path / "visits.md"
    form.write_text(FORM.format(rule="selected(${meet}, 'n')"), "utf-8")

    said = kith("instruments", "check", str(form), "--language", "pl")

    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        "visits.md can be used.",
        "  title: visits",
        "  languages: Polski (pl)",
        "  questions: 2",
        "  types: select_one (1), text (1)",
        "  rules: relevant (1)",
        "  functions: selected",
        "Good to know:",
        f"  survey, row 2, type: A row of the type “start” is left out: {TRACKS_TIME}",
    ]


def test_instruments_check_names_row_and_column_of_what_does_not_work(tmp_path: Path) -> None:
    form = tmp_path / "visits.md"
    form.write_text(FORM.format(rule="pulldata('x')"), "utf-8")

    said = kith("instruments", "check", str(form), "--json")

    found = json.loads(said.stdout)
    assert (said.returncode, found["usable"]) == (1, False)
    assert [
        (one["code"], one["row"], one["column"])
        for one in found["findings"]
        if one["weight"] == "refuse"
    ] == [("function_unsupported", 4, "relevant")]


def test_instruments_check_tells_a_file_that_is_not_there_and_wrong_use(tmp_path: Path) -> None:
    lost = kith("instruments", "check", str(tmp_path / "lost.xlsx"))
    elvish = kith("instruments", "check", "form.xlsx", "--language", "elvish")

    assert (lost.returncode, lost.stderr) == (
        1,
        f"The file {tmp_path}/lost.xlsx cannot be read: No such file or directory.\n",
    )
    assert elvish.returncode == 2
