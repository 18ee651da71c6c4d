"""Packs: questionnaires with a licence, as one TOML file or a folder with pack.toml.

docs/formats.md lists the keys. A pack without complete licence data is refused.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kith.methods.instruments.checks import check_instrument
from kith.methods.instruments.expressions.tokens import NAME_PATTERN
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.reading import Reading
from kith.methods.instruments.schema import (
    Choice,
    Instrument,
    Item,
    Kind,
    Licence,
    Published,
    Scale,
)
from kith.methods.instruments.scoring import scale_findings
from kith.methods.instruments.xlsform.languages import language_code

SHIPPED = Path(__file__).parent / "content" / "packs"
PACK, LICENCE_TEXT = "pack.toml", "licence.txt"

LICENCE_KEYS = ("holder", "text", "url", "permission", "users")
KINDS = frozenset({Kind.SELECT_ONE, Kind.TEXT, Kind.INTEGER, Kind.NOTE})
"""Kinds that items of a pack may have; whatever needs more is an XLSForm."""
KINDS_IN_WORDS = "select_one, text, integer or note"
FOR_CHOOSING = "a list of options where the kind is select_one, and none elsewhere"

TEXT, WORDS, TABLE, TABLES, TEXTS, TRUTH, NUMBER = (
    "a text", "a text for each language", "a table", "a list of tables", "a list of texts",
    "true or false", "a number",
)  # fmt: skip
SHAPES: dict[str, dict[str, tuple[str, bool]]] = {
    "": {
        "id": (TEXT, True), "version": (TEXT, True), "languages": (TEXTS, True),
        "default_language": (TEXT, True), "title": (WORDS, True), "licence": (TABLE, False),
        "options": (TABLE, False), "items": (TABLES, True), "scales": (TABLES, False),
    },
    "items": {
        "name": (TEXT, True), "text": (WORDS, True), "hint": (WORDS, False), "kind": (TEXT, False),
        "options": (TEXT, False), "required": (TRUTH, False), "relevant": (TEXT, False),
    },
    "options": {"code": (TEXT, True), "label": (WORDS, True)},
    "scales": {
        "key": (TEXT, True), "title": (WORDS, True), "items": (TEXTS, True),
        "reverse": (TEXTS, False), "transform": (TEXT, False), "reliability": (NUMBER, False),
        "reliability_source": (TEXT, False), "standard_deviation": (NUMBER, False),
        "standard_deviation_source": (TEXT, False),
    },
}  # fmt: skip
"""Table -> key -> (what it needs, whether it must be there)."""
SHEETS = {"survey": "items", "choices": "options", "settings": ""}


def read_pack(content: bytes, *, filename: str) -> Reading:
    """The instrument of a pack and every finding in it; no instrument when one refuses."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return Reading(None, (Finding("file_unreadable", {"said": str(fault)}, filename),))
    return _reading(table)


def read_pack_at(path: Path) -> Reading:
    """The same for a file, or for a folder with pack.toml and the licence in licence.txt."""
    if not path.is_dir():
        return read_pack(path.read_bytes(), filename=path.name)
    content = (path / PACK).read_bytes()
    text = path / LICENCE_TEXT
    if not text.is_file():
        return read_pack(content, filename=PACK)
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return Reading(None, (Finding("file_unreadable", {"said": str(fault)}, PACK),))
    licence = table.setdefault("licence", {})
    if isinstance(licence, dict):
        licence.setdefault("text", text.read_text("utf-8").strip())
    return _reading(table)


def shipped_packs() -> list[Instrument]:
    """The packs that come with Kith; all of them are our own."""
    return [read_pack_at(path).taken() for path in sorted(SHIPPED.glob("*.toml"))]


def _reading(table: dict[str, Any]) -> Reading:
    findings = [*_licence_findings(table), *_shape_findings(table)]
    if not findings:
        findings += _item_findings(table)
    if findings:
        return Reading(None, tuple(findings))
    instrument = _instrument(table)
    found = [replace(one, sheet=SHEETS[one.sheet]) for one in check_instrument(instrument)]
    return Reading.of(instrument, [*found, *scale_findings(instrument)])


def _licence_findings(table: dict[str, Any]) -> Iterator[Finding]:
    licence = table.get("licence")
    known = licence if isinstance(licence, dict) else {}
    for key in LICENCE_KEYS:
        text = known.get(key)
        if not isinstance(text, str) or not text.strip():
            yield Finding("licence_incomplete", {"key": key}, "licence", column=f"licence.{key}")


def _shape_findings(table: dict[str, Any]) -> Iterator[Finding]:
    yield from _keys(table, "", "", 0)
    for name in ("items", "scales"):
        yield from _all_keys(table.get(name), name)
    options = table.get("options")
    for rows in options.values() if isinstance(options, dict) else ():
        yield from _all_keys(rows, "options")


def _item_findings(table: dict[str, Any]) -> Iterator[Finding]:
    """What the keys of one item say about each other and about the rest of the pack."""
    names: dict[str, int] = {}
    for at, row in enumerate(table["items"], start=1):
        name, options, kind = row["name"], row.get("options", ""), row.get("kind", "")
        if not NAME_PATTERN.fullmatch(name):
            yield Finding("name_unusable", {"name": name}, "items", at, "name")
        elif name in names:
            yield Finding("name_twice", {"name": name, "row": names[name]}, "items", at, "name")
        names.setdefault(name, at)
        if kind and kind not in KINDS:
            yield Finding(
                "key_wrong", {"key": "kind", "needs": KINDS_IN_WORDS}, "items", at, "kind"
            )
        if options and options not in table.get("options", {}):
            yield Finding("list_missing", {"name": options}, "items", at, "options")
        if bool(options) != (kind == Kind.SELECT_ONE) and kind:
            yield Finding(
                "key_wrong", {"key": "options", "needs": FOR_CHOOSING}, "items", at, "options"
            )
    yield from _language_findings(table)


def _language_findings(table: dict[str, Any]) -> Iterator[Finding]:
    for code in table["languages"]:
        if language_code(code) != code:
            yield Finding("language_unknown", {"name": code}, column="languages")
    if table["default_language"] not in table["languages"]:
        name = table["default_language"]
        yield Finding("default_language_unknown", {"name": name}, column="default_language")


def _all_keys(rows: object, name: str) -> Iterator[Finding]:
    if not isinstance(rows, list):
        if name == "options":
            yield Finding("key_wrong", {"key": name, "needs": TABLES}, name)
        return
    for at, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield from _keys(row, name, name, at)


def _keys(table: Mapping[str, object], shape: str, sheet: str, row: int) -> Iterator[Finding]:
    known = SHAPES[shape]
    for key in table:
        if key not in known:
            yield Finding("key_unknown", {"key": key}, sheet, row, key)
    for key, (needs, wanted) in known.items():
        if key not in table:
            if wanted:
                yield Finding("key_missing", {"key": key}, sheet, row, key)
        elif not _is(needs, table[key]) or (wanted and table[key] == []):
            yield Finding("key_wrong", {"key": key, "needs": needs}, sheet, row, key)


def _is(needs: str, value: object) -> bool:
    if needs == TEXT:
        return isinstance(value, str) and bool(value.strip())
    if needs == TRUTH:
        return isinstance(value, bool)
    if needs == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if needs in {TABLE, WORDS}:
        texts = value.values() if isinstance(value, dict) else [None]
        return isinstance(value, dict) and (
            needs == TABLE or all(isinstance(t, str) for t in texts)
        )
    kind = str if needs == TEXTS else dict
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _instrument(table: dict[str, Any]) -> Instrument:
    return Instrument(
        id=table["id"],
        version=table["version"],
        title=table["title"],
        languages=tuple(table["languages"]),
        default_language=table["default_language"],
        items=tuple(_item(row, at) for at, row in enumerate(table["items"], start=1)),
        choices={
            name: tuple(Choice(row["code"], row["label"]) for row in rows)
            for name, rows in table.get("options", {}).items()
        },
        licence=Licence(**{key: table["licence"][key].strip() for key in LICENCE_KEYS}),
        scales=tuple(_scale(row) for row in table.get("scales", ())),
    )


def _item(row: dict[str, Any], number: int) -> Item:
    options = row.get("options", "")
    return Item(
        name=row["name"],
        kind=Kind(row.get("kind", Kind.SELECT_ONE if options else Kind.TEXT)),
        label=row["text"],
        hint=row.get("hint", {}),
        choices=options,
        required="true()" if row.get("required") else "",
        relevant=row.get("relevant", ""),
        row=number,
    )


def _scale(row: dict[str, Any]) -> Scale:
    return Scale(
        key=row["key"],
        title=row["title"],
        items=tuple(row["items"]),
        reverse=frozenset(row.get("reverse", ())),
        transform=row.get("transform", "mean"),
        reliability=_published(row, "reliability"),
        standard_deviation=_published(row, "standard_deviation"),
    )


def _published(row: dict[str, Any], key: str) -> Published | None:
    if key not in row:
        return None
    return Published(float(row[key]), row.get(f"{key}_source", "").strip())
