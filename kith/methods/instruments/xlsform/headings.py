"""The columns of both sheets in the languages they are written in, and the settings."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.xlsform.columns import (
    SETTINGS_NOT_USED,
    SETTINGS_REFUSED,
    SETTINGS_USED,
    TRANSLATED,
    Column,
    choices_column,
    survey_column,
)
from kith.methods.instruments.xlsform.languages import language_code
from kith.methods.instruments.xlsform.sheets import Book, Row

YES = frozenset({"yes", "true", "true()"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet “settings” says."""

    title: str = ""
    id: str = ""
    version: str = ""
    default_language: str = ""
    allow_choice_duplicates: bool = False


@dataclass(slots=True)
class Headings:
    """Sheet -> heading -> column, with codes of languages in place of their names."""

    survey: dict[str, Column]
    choices: dict[str, Column]
    languages: tuple[str, ...]
    """The default language first."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def default_language(self) -> str:
        return self.languages[0]


def read_settings(book: Book) -> tuple[Settings, list[Finding]]:
    """The settings, and what is wrong with them."""
    rows = book.rows["settings"]
    findings = [Finding("row_left_out", sheet="settings", row=row.number) for row in rows[1:]]
    known: dict[str, str] = {}
    for heading, text in rows[0].cells.items() if rows else ():
        name = "_".join(heading.split()).lower()
        if name in SETTINGS_USED:
            known[SETTINGS_USED[name]] = text
        else:
            findings.append(_unused_setting(heading, name, rows[0]))
    duplicates = known.pop("allow_choice_duplicates", "").lower() in YES
    return Settings(**known, allow_choice_duplicates=duplicates), findings


def _unused_setting(heading: str, name: str, row: Row) -> Finding:
    place = {"sheet": "settings", "row": row.number, "column": heading}
    if name in SETTINGS_REFUSED:
        params: dict[str, str | int] = {"name": heading, "why": SETTINGS_REFUSED[name]}
        return Finding("setting_unsupported", params, **place)  # type: ignore[arg-type]
    code = "setting_not_used" if name in SETTINGS_NOT_USED else "column_not_read"
    return Finding(code, {"name": heading}, **place)  # type: ignore[arg-type]


def read_headings(book: Book, settings: Settings, *, language: str) -> Headings:
    """The columns of both sheets; language is what they are written in when nothing says so."""
    findings: list[Finding] = []
    sheets = {name: _columns(book, name) for name in ("survey", "choices")}
    named = _named_languages(sheets, findings)
    bare = any(
        one.key in TRANSLATED and not one.language
        for columns in sheets.values()
        for one in columns.values()
    )
    default = _default_language(settings, named, language=language, bare=bare, findings=findings)
    languages = dict.fromkeys([default, *named.values()])
    resolved = {
        sheet: {heading: _resolved(one, named, default) for heading, one in columns.items()}
        for sheet, columns in sheets.items()
    }
    for sheet, columns in resolved.items():
        findings += _twice(columns, sheet)
    return Headings(resolved["survey"], resolved["choices"], tuple(languages), findings)


def _columns(book: Book, sheet: str) -> dict[str, Column]:
    headings = book.headings[sheet]
    doubled = any("::" in one for one in headings)
    meaning = survey_column if sheet == "survey" else choices_column
    return {one: meaning(one, doubled=doubled) for one in headings}


def _named_languages(
    sheets: dict[str, dict[str, Column]], findings: list[Finding]
) -> dict[str, str]:
    """Name of a language as written -> its code."""
    found: dict[str, str] = {}
    for sheet, columns in sheets.items():
        for one in columns.values():
            if not one.language or one.language in found:
                continue
            found[one.language] = language_code(one.language)
            if not found[one.language]:
                place = {"sheet": sheet, "row": 1, "column": one.heading}
                findings.append(
                    Finding("language_unknown", {"name": one.language}, **place)  # type: ignore[arg-type]
                )
    return {name: code for name, code in found.items() if code}


def _default_language(
    settings: Settings,
    named: dict[str, str],
    *,
    language: str,
    bare: bool,
    findings: list[Finding],
) -> str:
    written = settings.default_language
    if not written:
        return language if bare or not named else next(iter(named.values()))
    code = language_code(written)
    if not code or (not bare and code not in named.values()):
        findings.append(
            Finding(
                "default_language_unknown" if code else "language_unknown",
                {"name": written},
                sheet="settings",
                row=2,
                column="default_language",
            )
        )
    return code or language


def _resolved(column: Column, named: dict[str, str], default: str) -> Column:
    if column.key not in TRANSLATED or column.language not in {"", *named}:
        return column
    return replace(column, language=named.get(column.language, default))


def _twice(columns: dict[str, Column], sheet: str) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for heading, one in columns.items():
        if not one.key:
            continue
        other = seen.setdefault((one.key, one.language), heading)
        if other != heading:
            params: dict[str, str | int] = {"name": heading, "other": other}
            yield Finding("column_twice", params, sheet=sheet, row=1, column=heading)
