"""The catalogues of sentences: one for each language, made and compiled with Babel.

scripts/translations.py update    take new sentences into the catalogues, drop old ones
scripts/translations.py compile   write the files that Django reads
scripts/translations.py check     fail when a sentence is missing, or untranslated where a
                                  language is promised complete, lost a placeholder or a plural
scripts/translations.py missing LANGUAGE   print what is not translated yet
"""

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import c2py
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "kith"
LOCALE = HOUSE / "locale"

COMPLETE = ("pl", "ar")  # every sentence is there
BEGUN: tuple[str, ...] = ()  # some pages are there already
LANGUAGES = (*COMPLETE, *BEGUN)

# _("…"), ngettext("…", "…", n), pgettext("context", "…") and their lazy sisters.
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# As Django's own catalogues count: none, one, two, 3 to 10, 11 to 99, the others.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
    " n%100>=11 ? 4 : 5)",
}
TEMPLATES = ("templates/**/*.html", "templates/**/*.txt")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!{){(\w*)}(?!})")


def extract_template(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Any]:
    """Sentences of a template: Django turns it into Python, Babel reads that."""
    from django.utils.translation.template import templatize

    given = templatize(file.read().decode(), origin=getattr(file, "name", ""))
    # What stood between the tags is blanked out but keeps its indentation, which Python reads.
    source = "\n".join(line.strip() for line in given.splitlines())
    yield from extract_python(
        io.BytesIO(source.encode()), keywords, comment_tags, {"encoding": "utf-8"}
    )


def sentences() -> Catalog:
    """Every sentence of the product, in English."""
    found = Catalog(charset="utf-8", project="Kith")
    for path in _sources("*.py"):
        _collect(found, path, "python", KEYWORDS | _other_names(path))
    for pattern in TEMPLATES:
        for path in _sources(pattern):
            _collect(found, path, extract_template, KEYWORDS)
    return found


def _other_names(path: Path) -> dict[str, Any]:
    """The names under which a file imports the functions: pgettext_lazy as in_context."""
    tree = ast.parse(path.read_bytes())
    return {
        name.asname: KEYWORDS[name.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname and name.name in KEYWORDS
    }


def _sources(pattern: str) -> Iterable[Path]:
    return sorted(path for path in HOUSE.rglob(pattern) if "tests" not in path.parts)


def _collect(found: Catalog, path: Path, method: Any, keywords: dict[str, Any]) -> None:
    with path.open("rb") as file:
        for _line, message, comments, context in extract(
            method, file, keywords=keywords, comment_tags=("Translators:",)
        ):
            found.add(message, auto_comments=comments, context=context)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it lies in the repository."""
    path = _path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _empty(language: str) -> Catalog:
    catalog = Catalog(locale=language, charset="utf-8", project="Kith")
    if language in PLURALS:
        catalog.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalog


def _text(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        no_location=True,
        omit_header=False,
        sort_output=True,
        ignore_obsolete=True,
        width=100,
    )
    return buffer.getvalue()


def _renewed(language: str, template: Catalog) -> Catalog:
    catalog = read(language)
    kept = {
        (m.id if isinstance(m.id, str) else m.id[0], m.context): m.string for m in catalog if m.id
    }
    fresh = _empty(language)
    fresh.creation_date = fresh.revision_date = None  # type: ignore[assignment]
    for message in template:
        if message.id:
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            string = kept.get(key) or ""
            fresh.add(
                message.id,
                string if _fits(message.id, string) else "",
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return fresh


def _fits(message_id: Any, string: Any) -> bool:
    return isinstance(message_id, str) == isinstance(string, str)


def _header(catalog: Catalog, language: str) -> bytes:
    lines = [
        b'msgid ""',
        b'msgstr ""',
        b'"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Language: {language}\\n"'.encode(),
        f'"Plural-Forms: {catalog.plural_forms}\\n"'.encode(),
    ]
    return b"\n".join(lines) + b"\n\n"


def _file(catalog: Catalog, language: str) -> bytes:
    body = _text(catalog)
    start = body.index(b"\n\n", body.index(b'msgid ""')) + 2 if b"\n\n" in body else len(body)
    return _header(catalog, language) + body[start:].rstrip(b"\n") + b"\n"


def update() -> int:
    """Take new sentences in and drop those that nobody says any more."""
    template = sentences()
    for language in LANGUAGES:
        _path(language).parent.mkdir(parents=True, exist_ok=True)
        _path(language).write_bytes(_file(_renewed(language, template), language))
    return 0


def compile_all() -> int:
    """Write the compiled catalogues where the sources are newer."""
    for language in LANGUAGES:
        source, target = _path(language), _path(language).with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        write_compiled(language, target)
    return 0


def write_compiled(language: str, target: Path) -> None:
    """The catalogue of a language as Django reads it."""
    with target.open("wb") as file:
        write_mo(file, read(language))


def check() -> int:
    """Say what is missing. Exit code 1 when anything is."""
    template = sentences()
    faults: list[str] = []
    for language in LANGUAGES:
        if not _path(language).exists() or _path(language).read_bytes() != _file(
            _renewed(language, template), language
        ):
            faults.append(f"{language}: sentences changed; run scripts/translations.py update")
        faults += [f"{language}: {fault}" for fault in faults_of(read(language))]
    for fault in faults[:60]:
        print(fault)
    return 1 if faults else 0


def faults_of(catalog: Catalog) -> list[str]:
    """What is wrong in one catalogue: sentences missing, placeholders or plural forms lost."""
    said = [fault for message in catalog if message.id for fault in _lost(message, catalog)]
    if str(catalog.locale) in COMPLETE:
        said += [f"not translated: {_first(message)!r}" for message in _untranslated(catalog)]
    return said


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def _untranslated(catalog: Catalog) -> list[Message]:
    return [m for m in catalog if m.id and not all(_strings(m) or ("",))]


def _lost(message: Message, catalog: Catalog) -> list[str]:
    strings = _strings(message)
    if not any(strings):
        return []
    if isinstance(message.id, str):
        same = _placeholders(message.id) == _placeholders(strings[0])
        return [] if same else [f"placeholders differ in {_first(message)!r}"]
    if len(strings) != catalog.num_plurals or not all(strings):
        return [f"plural forms missing in {_first(message)!r}"]
    return _lost_in_plurals(message.id, strings, catalog)


def _lost_in_plurals(ids: Any, strings: tuple[str, ...], catalog: Catalog) -> list[str]:
    wanted = _placeholders(ids[0]) | _placeholders(ids[1])
    of_many = forms_of_many(catalog)
    lost = [
        form
        for form, text in enumerate(strings)
        if _placeholders(text) - wanted
        # A form of one number alone may write it as a word.
        or (form in of_many and _placeholders(ids[1]) - _placeholders(text))
    ]
    return [f"placeholders differ in form {form} of {ids[0]!r}" for form in lost]


def forms_of_many(catalog: Catalog) -> set[int]:
    """The plural forms that stand for more than one number."""
    numbers = Counter(map(c2py(catalog.plural_expr), range(201)))
    return {form for form, count in numbers.items() if count > 1}


def _placeholders(text: str) -> set[str]:
    return {found.group() for found in PLACEHOLDER.finditer(text)}


def missing(language: str) -> int:
    """Print what is not translated yet."""
    rows = _untranslated(_renewed(language, sentences()))
    for message in rows:
        print(repr(message.id), f"[{message.context}]" if message.context else "")
    print(f"{len(rows)} sentences are not translated into {language}.")
    return 0


def main(arguments: list[str]) -> int:
    acts = {"update": update, "compile": compile_all, "check": check}
    if len(arguments) == 2 and arguments[0] == "missing":
        return missing(arguments[1])
    if len(arguments) != 1 or arguments[0] not in acts:
        print(__doc__)
        return 2
    return acts[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
