"""The HTML of a preview: the overview, and one page for each module, vignette or unit."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from kith.config.preview.labels import LABELS
from kith.config.preview.questions import question_html
from kith.config.preview.reading import Written
from kith.methods.learning.courses.blocks import html_of, inline_html
from kith.methods.learning.courses.figures import Figures
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.schema import (
    Module,
    Part,
    Screen,
    Source,
    Vignette,
    languages_of,
    questions_in,
)
from kith.methods.learning.courses.stamps import is_stale
from kith.methods.learning.questions.schema import say

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ckb"})
HEADINGS = ("words", "screens", "examples", "activities", "questions", "minutes", "counted")


def overview(written: Written, language: str) -> bytes:
    """Parts with what is counted in them, then everything that was found."""
    title = say(written.title, language) or "No course yet"
    rows = "".join(_row(one, written.parts[one.key], language) for one in written.report.figures)
    heads = "".join(f"<th>{one}</th>" for one in ("", *HEADINGS))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    body = f"<h1>{escape(title)}</h1>{table}{_findings(written.report.findings)}"
    return _page(title, body, written, language, "")


def part_page(written: Written, part: Part, language: str) -> bytes:
    """Screens, sources, questions with right answers and feedback, and findings of one part."""
    title = say(part.title, language)
    folder = written.reading.folders[part.key]
    before = f"{folder}/" if folder else ""
    findings = [one for one in written.report.findings if one.file.startswith(before)]
    module = part if isinstance(part, Module) else None
    body = [
        f"<p><a href='/?language={quote(language)}'>All parts</a></p><h1>{escape(title)}</h1>",
        f"<p>{escape(say(module.aim, language))}</p>" if module else "",
        _findings(findings),
        *(_screen(one, part, language) for one in part.screens),
        _sources(module.sources) if module else "",
        _questions(part, language),
    ]
    return _page(title, "".join(body), written, language, part.key)


def failed(said: str) -> bytes:
    return _document("Kith", f"<main><p>{escape(said)}</p></main>", "en")


def _row(figures: Figures, part: Part, language: str) -> str:
    counted = "" if figures.counted is None else figures.counted
    values = (
        figures.words.get(language, 0),
        figures.screens,
        figures.examples,
        len(figures.activities),
        figures.questions,
        figures.minutes,
        counted,
    )
    cells = "".join(f"<td>{one}</td>" for one in values)
    address = f"/{quote(part.key)}?language={quote(language)}"
    return f"<tr><th><a href='{address}'>{escape(say(part.title, language))}</a></th>{cells}</tr>"


def _findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<p class='well'>Nothing to change and nothing to look at.</p>"
    lines = "".join(
        f"<li class='{one.weight}'><b>{'To change' if one.weight == 'error' else 'To look at'}</b> "
        f"<code>{escape(one.at)}</code> {escape(one.place)} {escape(one.sentence)}</li>"
        for one in findings
    )
    summary = f"<summary>Findings: {len(findings)}</summary>"
    return f"<details class='findings'>{summary}<ul>{lines}</ul></details>"


def _screen(screen: Screen, part: Part, language: str) -> str:
    is_there = language in screen.body
    shown = language if is_there else "en"
    notes = []
    if not is_there:
        notes.append("Not translated yet; this is the English text.")
    if is_stale(screen, language):
        notes.append("The English text has changed since this translation was made.")
    said = "".join(f"<p class='stale'>{one}</p>" for one in notes)
    sources = () if isinstance(part, Vignette) else part.sources
    body = html_of(
        screen.body.get(shown, ""),
        labels=LABELS,
        sources=sources,
        picture=lambda name: _picture(part, name, shown),
    )
    heading = inline_html(screen.heading.get(shown, ""))
    name = escape(screen.name)
    return (
        f"<article id='{name}' lang='{escape(shown)}' dir='{_direction(shown)}'>"
        f"<h2>{heading} <small>{name}</small></h2>{said}{body}</article>"
    )


def _picture(part: Part, name: str, language: str) -> str | None:
    found = part.picture(name, language) if isinstance(part, Module) else None
    return f"/{quote(part.key)}/{quote(found.name)}" if found else None


def _sources(sources: Iterable[Source]) -> str:
    lines = "".join(
        f"<li id='source-{number}'>{escape(one.title)}. {escape(one.publisher)}"
        f"{f', {one.year}' if one.year else ''}. "
        f"<a href='{escape(one.address)}' rel='noopener noreferrer'>{escape(one.address)}</a></li>"
        for number, one in enumerate(sources, start=1)
    )
    return f"<section class='sources'><h2>Sources</h2><ol>{lines}</ol></section>" if lines else ""


def _questions(part: Part, language: str) -> str:
    shown = "".join(question_html(one, part, language) for one in questions_in(part))
    title = "Tasks" if isinstance(part, Vignette) else "Questions"
    return (
        f"<section class='questions' lang='{escape(language)}' dir='{_direction(language)}'>"
        f"<h2>{title}</h2>{shown}</section>"
    )


def _page(title: str, body: str, written: Written, language: str, key: str) -> bytes:
    codes = written.report.languages or languages_of(written.title)
    here = {code: " aria-current='true'" for code in codes if code == language}
    links = " ".join(
        f"<a href='/{quote(key)}?language={quote(one)}'{here.get(one, '')}>{escape(one)}</a>"
        for one in codes
    )
    return _document(title, f"<nav>{links}</nav><main>{body}</main>", language)


def _document(title: str, body: str, language: str) -> bytes:
    return (
        f"<!doctype html><html lang='{escape(language)}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><link rel='stylesheet' href='/preview.css'></head>"
        f"<body>{body}</body></html>"
    ).encode()


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
