"""A module, a unit or a vignette from its files."""

import hashlib
from typing import Any

from kith.methods.learning.courses.findings import Findings
from kith.methods.learning.courses.folder import Folder
from kith.methods.learning.courses.schema import Module, Picture, Screen, Source, Unit, Vignette
from kith.methods.learning.courses.stamps import SCREENS, made_from, question_stamps
from kith.methods.learning.courses.texts import NAME, Cut, cut_text
from kith.methods.learning.courses.values import keyed, needed_number, needed_text, number
from kith.methods.learning.questions.reading import Read, read_questions
from kith.methods.learning.questions.schema import ENGLISH, Criterion, Essay, Question
from kith.methods.learning.questions.tables import LANGUAGE, Table

QUESTIONS_FILE, PICTURES = "questions.toml", "pictures/"
ADDRESSES = ("https://", "http://")


def read_module(folder: Folder, path: str) -> tuple[str, Module] | None:
    """Path and module; None, and a fault, when it has no key."""
    table, findings = folder.table(f"{path}/module.toml")
    if table is None:
        return None
    values = _common(folder, path, table)
    _close(table, findings)
    return (path, Module(**values)) if values["key"] else None


def read_unit_at(folder: Folder, path: str) -> Unit | None:
    """None, and a fault, when it has no key."""
    table, findings = folder.table(joined(path, "unit.toml"))
    if table is None:
        return None
    values = _common(folder, path, table)
    for key in ("summary", "for_whom"):
        values[key] = table.needed_words(key)
    _close(table, findings)
    return Unit(**values) if values["key"] else None


def read_vignette(folder: Folder, path: str) -> tuple[str, Vignette] | None:
    """Path and vignette; None, and a fault, when it has no key."""
    table, findings = folder.table(f"{path}/vignette.toml")
    if table is None:
        return None
    key = keyed(table)
    tasks = _tasks(table)
    vignette = Vignette(
        key=key,
        title=table.needed_words("title"),
        minutes=needed_number(table, "minutes", 1, 600),
        screens=_screens(folder, path, key),
        tasks=tasks,
        stamps=question_stamps(folder.stamps, key, tasks),
    )
    _close(table, findings)
    return (path, vignette) if key else None


def joined(path: str, name: str) -> str:
    """A path inside the folder; the folder itself has an empty one."""
    return f"{path}/{name}" if path else name


def languages_at(folder: Folder, path: str) -> list[str]:
    """The languages that a folder has a text in, English first; English always."""
    names = (one.removesuffix(".md") for one in folder.inside(path) if one.endswith(".md"))
    others = sorted(one for one in names if LANGUAGE.fullmatch(one) and one != ENGLISH)
    return [ENGLISH, *others]


def _close(table: Table, findings: Findings) -> None:
    table.close()
    findings.take(table.faults.found)


def _common(folder: Folder, path: str, table: Table) -> dict[str, Any]:
    key = keyed(table)
    questions = _questions(folder, joined(path, QUESTIONS_FILE))
    return {
        "key": key,
        "title": table.needed_words("title"),
        "aim": table.needed_words("aim"),
        "minutes": needed_number(table, "minutes", 1, 600),
        "sources": _sources(table),
        "screens": _screens(folder, path, key),
        "questions": questions,
        "pictures": _pictures(folder, path),
        "stamps": question_stamps(folder.stamps, key, questions),
    }


def _sources(table: Table) -> tuple[Source, ...]:
    found = []
    for key, row in table.named_tables("sources"):
        if not NAME.fullmatch(key):
            row.fault("", "key_wrong", needs="small letters, digits and hyphens")
        address = needed_text(row, "address")
        if address and not address.startswith(ADDRESSES):
            row.fault("address", "key_wrong", needs="an http or https address")
        year = number(row, "year", 1, 9999)
        found.append(
            Source(key, needed_text(row, "title"), needed_text(row, "publisher"), address, year)
        )
        row.close()
    return tuple(found)


def _questions(folder: Folder, path: str) -> tuple[Question, ...]:
    if path not in folder.files:
        return ()
    content = folder.content(path)
    read = Read((), ()) if content is None else read_questions(content)
    folder.file(path).take(read.faults)
    return read.questions


def _pictures(folder: Folder, path: str) -> tuple[Picture, ...]:
    names = folder.inside(joined(path, PICTURES.removesuffix("/")))
    found = []
    for name in names:
        content = folder.content(joined(path, PICTURES + name)) if name.endswith(".svg") else None
        if content is not None:
            found.append(Picture(PICTURES + name, hashlib.sha256(content).hexdigest()))
    return tuple(found)


def _screens(folder: Folder, path: str, key: str) -> tuple[Screen, ...]:
    """The screens of the English text, with what the other languages have for them."""
    texts = {code: _cuts(folder, joined(path, f"{code}.md")) for code in languages_at(folder, path)}
    english = texts[ENGLISH]
    for code, cuts in texts.items():
        findings = folder.file(joined(path, f"{code}.md"))
        for name in cuts.keys() - english.keys():
            findings.add("screen_unknown", line=cuts[name].line, place=name, name=name)
        if [one for one in cuts if one in english] != [one for one in english if one in cuts]:
            findings.add("screens_in_other_order")
    return tuple(
        _screen(name, texts, made_from(folder.stamps, SCREENS, f"{key}/{name}")) for name in english
    )


def _cuts(folder: Folder, path: str) -> dict[str, Cut]:
    text = folder.text(path)
    return {} if text is None else {one.name: one for one in cut_text(text, folder.file(path))}


def _screen(name: str, texts: dict[str, dict[str, Cut]], made: dict[str, str]) -> Screen:
    cuts = {code: cuts[name] for code, cuts in texts.items() if name in cuts}
    return Screen(
        name=name,
        heading={code: one.heading for code, one in cuts.items()},
        body={code: one.body for code, one in cuts.items()},
        made_from=made,
    )


def _tasks(table: Table) -> tuple[Essay, ...]:
    found: list[Essay] = []
    for row in table.needed_tables("task"):
        key = keyed(row)
        if any(one.key == key for one in found):
            row.fault("key", "key_twice")
        found.append(
            Essay(
                key=key,
                stem=row.needed_words("prompt"),
                words=row.whole("words", 0),
                criteria=_criteria(row),
                example=row.words("example"),
                notes=row.words("notes"),
            )
        )
        row.close()
    return tuple(found)


def _criteria(row: Table) -> tuple[Criterion, ...]:
    found = []
    for one in row.tables("criteria"):
        key, taught = keyed(one), one.text("taught")
        found.append(Criterion(key, one.own_words(), taught))
        one.close()
    return tuple(found)
