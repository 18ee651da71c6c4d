"""What questionnaires may hold: types, columns, functions, with the reason where it is none."""

from collections.abc import Iterator, Mapping

from kith.config.records.page import page, table
from kith.methods.instruments import xlsform_out
from kith.methods.instruments.expressions import FUNCTIONS, UNSUPPORTED
from kith.methods.instruments.findings import SENTENCES
from kith.methods.instruments.xlsform import columns, types

HEADINGS = {**xlsform_out.WORDS, **xlsform_out.RULES}
INTRODUCTION = (
    "`kith instruments check FILE` says for one file what of it works. This page lists everything. "
    "What is refused keeps the whole file out; what is left out is named, and the rest works."
)
FUNCTIONS_INTRODUCTION = (
    "Expressions give the same on the server and in the browser; "
    "`kith/methods/instruments/tests/expression_cases.json` is checked on both sides."
)


def questionnaires() -> str:
    return page(
        "What questionnaires may hold",
        INTRODUCTION,
        "## Types",
        table(["type", "also written as"], _types()),
        "Left out, with a note:",
        table(["type", "why"], _reasons(types.LEFT_OUT)),
        "Refused:",
        table(["type", "why"], [*_reasons(types.REFUSED), *_refused_commands()]),
        "## Columns, settings, appearances",
        table(["column", "where"], _columns()),
        "Refused:",
        table(["column, setting, sheet or appearance", "why"], _refused_columns()),
        "## Functions",
        FUNCTIONS_INTRODUCTION,
        table(["function", "values", "gives", "what it does"], _functions()),
        "Refused:",
        table(["function", "why"], [(f"`{name}`", why) for name, why in UNSUPPORTED.items()]),
        "## Findings",
        table(["code", "weight", "sentence"], _findings()),
    )


def _types() -> Iterator[tuple[str, str]]:
    for kind, text in types.SUPPORTED.items():
        yield f"`{kind.value}`", _others(text, without=kind.value)
    yield "`select_one LIST`", "`select one`, `select1`, with `or_other`"
    yield "`select_multiple LIST`", "`select all that apply`, with `or_other`"
    yield "`rank LIST`", ""
    yield "`begin_group`, `end_group`", "`begin group`, `end group`"
    yield "`begin_repeat`, `end_repeat`", "`begin repeat`, `end repeat`; not within each other"


def _others(text: str, *, without: str) -> str:
    names = (" ".join(name.split()) for name in text.split(";"))
    return ", ".join(f"`{name}`" for name in names if name != without)


def _reasons(reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for text, why in reasons.items():
        yield _others(text, without=""), why


def _refused_commands() -> Iterator[tuple[str, str]]:
    yield (
        "`select_one_from_file`, `select_multiple_from_file`, `select_one_external`",
        types.OUTSIDE,
    )
    yield "`begin loop`", types.LOOP


def _columns() -> Iterator[tuple[str, str]]:
    for key in columns.SURVEY_USED.values():
        language = ", in each language" if key in columns.TRANSLATED else ""
        yield f"`{HEADINGS.get(key, key)}`", f"survey{language}"
    yield "`list_name`, `name`", "choices; any other column serves choice filters"
    yield "`label`", "choices, in each language"
    for name in columns.SETTINGS_USED:
        yield f"`{name}`", "settings"
    for name in sorted(columns.APPEARANCES_USED):
        yield f"`{name}`", "appearance"


def _refused_columns() -> Iterator[tuple[str, str]]:
    tables = (
        columns.SURVEY_REFUSED,
        columns.SETTINGS_REFUSED,
        columns.SHEETS_REFUSED,
        columns.APPEARANCES_REFUSED,
    )
    for one in tables:
        yield from ((f"`{name}`", why) for name, why in one.items())


def _functions() -> Iterator[tuple[str, str, str, str]]:
    for one in FUNCTIONS.values():
        yield f"`{one.name}`", one.arity, one.gives, one.says


def _findings() -> Iterator[tuple[str, str, str]]:
    for code, (weight, sentence) in SENTENCES.items():
        yield f"`{code}`", weight.value, sentence
