"""A small course and a small unit as their files, for tests to change."""

from kith.methods.learning.courses.files import Files

COURSE = """\
key = "small"
version = 1
title = { en = "A small course", pl = "Mały kurs" }
summary = { en = "All of it.", pl = "Wszystko." }
for_whom = { en = "Everybody.", pl = "Wszyscy." }
outcomes = [ { en = "Explain it.", pl = "Wyjaśnić to." } ]
licence = "CC-BY-4.0"
certificate_months = 24
quiz_questions = 1
final_questions_per_module = 1
pass_percent = 80
live_session = false
opens = "mentoring"
"""
MODULE = """\
key = "rivers"
title = { en = "Rivers", pl = "Rzeki" }
aim = { en = "You can cross one.", pl = "Potrafisz przejść." }
minutes = 10

[sources.atlas]
title = "An atlas"
publisher = "A house"
year = 2020
address = "https://example.org/atlas"
"""
ENGLISH = """\
## Banks {#banks}

A river has two banks. There are 500 rivers in the atlas [@atlas].

![Two banks and a bridge between them](pictures/bridge.svg)

::: example The bus
Somebody takes the bus.
:::

## Bridges {#bridges}

A bridge stands on both banks.

:::: activity 5 Your bridge
Draw one.

::: answer
It has two ends.
:::
::::
"""
POLISH = """\
## Brzegi {#banks}

Rzeka ma dwa brzegi. W atlasie jest 500 rzek [@atlas].

![Dwa brzegi i most między nimi](pictures/bridge.svg)

## Mosty {#bridges}

Most stoi na obu brzegach.
"""
QUESTIONS = """\
[[question]]
key = "how-many-banks"
kind = "single"
tests = "A river has two banks."
stem = { en = "How many banks has a river?", pl = "Ile brzegów ma rzeka?" }
options = [
  { en = "One", pl = "Jeden", why = { en = "There is another.", pl = "Jest drugi." } },
  { right = true, en = "Two", pl = "Dwa", why = { en = "Yes.", pl = "Tak." } },
  { en = "None", pl = "Żadnego", why = { en = "Look again.", pl = "Popatrz." } },
]
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'
VIGNETTE = """\
key = "the-flood"
title = { en = "The flood", pl = "Powódź" }
minutes = 20

[[task]]
key = "first-hour"
prompt = { en = "What do you do?", pl = "Co robisz?" }
words = 100
criteria = [ { key = "bridge", taught = "rivers/bridges", en = "Finds it.", pl = "Znajduje." } ]
example = { en = "I find it.", pl = "Znajduję." }
"""
STORY = "## Rain {#rain}\n\nIt rains.\n"
UNIT = f"""\
{MODULE.split("[sources", maxsplit=1)[0]}
summary = {{ en = "Short.", pl = "Krótko." }}
for_whom = {{ en = "Everybody.", pl = "Wszyscy." }}

[sources{MODULE.split("[sources")[1]}"""


def as_files(texts: dict[str, str]) -> Files:
    return {path: text.encode() for path, text in texts.items()}


def module_texts(before: str = "") -> dict[str, str]:
    return {
        f"{before}en.md": ENGLISH,
        f"{before}pl.md": POLISH,
        f"{before}questions.toml": QUESTIONS,
        f"{before}pictures/bridge.svg": PICTURE,
    }


def course_texts() -> dict[str, str]:
    return {
        "course.toml": COURSE,
        "01-rivers/module.toml": MODULE,
        **module_texts("01-rivers/"),
        "vignettes/the-flood/vignette.toml": VIGNETTE,
        "vignettes/the-flood/en.md": STORY,
    }


def unit_files() -> Files:
    return as_files({"unit.toml": UNIT, **module_texts()})
