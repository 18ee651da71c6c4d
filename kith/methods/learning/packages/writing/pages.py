"""The one page of an exported course: every screen is in it, the script shows one at a time."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from kith.methods.learning.courses.blocks import html_of, inline_html
from kith.methods.learning.courses.schema import Course, Module, Part, Source, Vignette
from kith.methods.learning.packages.writing.questions import Texts
from kith.methods.learning.packages.writing.words import direction_of, labels_in, words_in
from kith.methods.learning.questions.schema import Essay, say

Picture = Callable[[str], str | None]
SCRIPTS = ("data.js", "marking.js", "record.js", "questions.js", "player.js")


def page_of(course: Course, language: str, pictures: Callable[[Part], Picture]) -> str:
    """The whole page in one language.

    pictures  of a part: name as its texts call it -> address
    """
    words = words_in(language)
    title = escape(say(course.title, language))
    scripts = "".join(f'<script src="{name}" defer></script>\n' for name in SCRIPTS)
    sections = "\n".join(_sections(course, language, pictures))
    return f"""<!doctype html>
<html lang="{escape(language)}" dir="{direction_of(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="player.css">
{scripts}</head>
<body>
<header><p class="course">{title}</p><p class="progress" id="progress" role="status"></p></header>
<nav aria-label="{escape(words["contents"])}"><details id="contents">
<summary>{escape(words["contents"])}</summary><ol></ol></details></nav>
<main id="screens" tabindex="-1">
{sections}
</main>
<footer><button type="button" id="back">{escape(words["back"])}</button>
<p id="said" role="status"></p>
<button type="button" id="next" class="main">{escape(words["next"])}</button></footer>
</body>
</html>
"""


def _sections(course: Course, language: str, pictures: Callable[[Part], Picture]) -> Iterator[str]:
    for module in course.modules:
        yield from _module(course, module, language, pictures(module))
    for vignette in course.vignettes:
        yield from _vignette(vignette, language, pictures(vignette))
    if course.final_questions_per_module and any(one.questions for one in course.modules):
        yield _section("final", "final", "", words_in(language)["final"], _QUIZ)


_QUIZ = '<div class="quiz"></div>'


def _module(course: Course, module: Module, language: str, picture: Picture) -> Iterator[str]:
    part, title = module.key, escape(say(module.title, language))
    words = words_in(language)
    yield from _screens(module, language, picture)
    if module.questions and course.quiz_questions:
        yield _section(f"{part}/quiz", "quiz", title, words["quiz"], _QUIZ)
    if module.sources:
        yield _section(f"{part}/sources", "sources", title, words["sources"], _sources(module))


def _screens(part: Part, language: str, picture: Picture) -> Iterator[str]:
    title, labels = escape(say(part.title, language)), labels_in(language)
    sources: Sequence[Source] = part.sources if isinstance(part, Module) else ()
    for screen in part.screens:
        body = html_of(
            say(screen.body, language), labels=labels, sources=sources, picture=picture
        ).replace('href="#source-', f'href="#{part.key}-source-')
        heading = inline_html(say(screen.heading, language))
        yield _section(f"{part.key}/{screen.name}", "screen", title, heading, body)


def _section(key: str, kind: str, above: str, heading: str, body: str) -> str:
    over = f'<p class="above">{above}</p>' if above else ""
    return (
        f'<section data-screen="{escape(key)}" data-kind="{kind}" hidden>{over}'
        f'<h1 tabindex="-1">{heading}</h1>\n{body}</section>'
    )


def _sources(module: Module) -> str:
    lines = []
    for number, one in enumerate(module.sources, start=1):
        year = f", {one.year}" if one.year else ""
        line = f"{escape(one.title)}. {escape(one.publisher)}{year}"
        if one.address.startswith(("https://", "http://")):
            address = escape(one.address)
            line += f'. <a href="{address}" rel="noopener noreferrer">{address}</a>'
        lines.append(f'<li id="{escape(module.key)}-source-{number}">{line}</li>')
    return f"<ol>{''.join(lines)}</ol>"


def _vignette(vignette: Vignette, language: str, picture: Picture) -> Iterator[str]:
    """A story. Nobody reads an answer elsewhere: the learner compares it with a good one."""
    yield from _screens(vignette, language, picture)
    title, words = escape(say(vignette.title, language)), words_in(language)
    texts = Texts(language, picture)
    for task in vignette.tasks:
        body = f"{texts.block(task.stem)}<p>{escape(words['task'])}</p>{_good(task, texts)}"
        yield _section(f"{vignette.key}/task-{task.key}", "screen", title, words["story"], body)


def _good(task: Essay, texts: Texts) -> str:
    words = words_in(texts.language)
    criteria = "".join(f"<li>{texts.line(one.text)}</li>" for one in task.criteria)
    found = f"<h2>{escape(words['look_for'])}</h2><ul>{criteria}</ul>" if criteria else ""
    if example := texts.block(task.example):
        found += f"<h2>{escape(words['example'])}</h2>{example}"
    summary = escape(words["answer"])
    return f"<details><summary>{summary}</summary>{found}</details>" if found else ""
