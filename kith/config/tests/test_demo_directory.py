"""The directory of the demo, saved as JSON and as tables, is valid by the published HSDS schema."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import kith.services
from kith.base import scope
from kith.config.demo import Size, load_demo
from kith.gate.actor import member_actor
from kith.gate.models import Membership
from kith.services.commands.exports import save_as_csv, save_as_json

pytestmark = pytest.mark.django_db

FILE = Path(kith.services.__file__).parent / "tests" / "hsds" / "hsds-3.2.schema.json"
TABLES = json.loads(FILE.read_text("utf-8"))["definitions"]
PAGE = {
    "total_items": 12,
    "total_pages": 1,
    "page_number": 1,
    "size": 12,
    "first_page": True,
    "last_page": True,
    "empty": False,
}
"""The head of a page of services, as the API of HSDS has it."""


@pytest.fixture
def saved():
    """What the coordinator of a demo saves: the JSON, and the tables by their file."""
    organisation = load_demo(Size(people=12, seed=3), today=date(2026, 11, 22))
    with scope.entered(organisation.pk):
        member = Membership.objects.filter(roles=["coordinator"]).first()
        actor = member_actor(member)
        with save_as_json(actor) as found:
            page = json.load(found)
        with save_as_csv(actor) as packed, zipfile.ZipFile(packed) as archive:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
    return page, files


def faults(table: str, row: dict, *, links: bool = True) -> list[str]:
    """What the schema says against a row; without its links, for a table."""
    schema = {"$ref": f"#/definitions/{table}", "definitions": TABLES}
    if not links:
        known = TABLES[table]["properties"]
        flat = {name: kind for name, kind in known.items() if _is_a_cell(kind)}
        must = [*TABLES[table].get("required", []), *TABLES[table].get("tabular_required", [])]
        schema = {"type": "object", "properties": flat, "required": must}
    found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(row)
    return [f"{table}: {error.message}" for error in found]


def _is_a_cell(kind: dict) -> bool:
    return "$ref" not in kind and kind.get("type") != "array"


def cells(table: str, row: dict[str, str]) -> dict[str, object]:
    """A row of a table with its empty cells left out and its numbers read."""
    known = TABLES[table]["properties"]
    return {
        name: float(said) if known.get(name, {}).get("type") == "number" else said
        for name, said in row.items()
        if said != ""
    }


def test_the_saved_json_is_a_page_of_valid_services(saved) -> None:
    page, _files = saved

    services = page.pop("contents")

    assert page == PAGE
    assert len(services) == 12
    assert [fault for one in services for fault in faults("service", one)] == []


def test_the_schema_would_find_a_service_without_a_state(saved) -> None:
    page, _files = saved

    broken = {**page["contents"][0]}
    del broken["status"]

    assert faults("service", broken) == ["service: 'status' is a required property"]


def test_the_saved_tables_are_those_of_the_standard_and_valid_row_by_row(saved) -> None:
    _page, files = saved
    by_path = {table["path"]: name for name, table in TABLES.items()}
    described = json.loads(files.pop("datapackage.json"))
    found, rows = [], 0

    for path, text in files.items():
        table = by_path[path]
        known = {name for name, kind in TABLES[table]["properties"].items() if _is_a_cell(kind)}
        reader = csv.DictReader(io.StringIO(text))
        assert set(reader.fieldnames or ()) <= known, path
        for row in reader:
            rows += 1
            found += faults(table, cells(table, row), links=False)

    assert {one["path"] for one in described["resources"]} == set(files)
    assert {"services.csv", "organizations.csv", "locations.csv"} <= set(files)
    assert rows > 40
    assert found == []


def test_the_description_of_the_package_names_the_columns_as_they_stand(saved) -> None:
    _page, files = saved
    described = json.loads(files.pop("datapackage.json"))

    columns = {
        one["path"]: [field["name"] for field in one["schema"]["fields"]]
        for one in described["resources"]
    }

    assert columns == {path: next(csv.reader(io.StringIO(text))) for path, text in files.items()}
    assert described["profile"] == "tabular-data-package"
