"""No back door: what no questionnaire may ask for. The words are those of `methods.tables`.

A heading is a word or two, a question is a sentence; so phrases that only sentences hold are added,
and phrases in which a word of the list is harmless are left out before looking.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import Choice, Instrument, Item, Words
from kith.methods.tables.headings import forbidden_phrase, words_without_articles
from kith.methods.tables.origins import names_a_country, word_of_origin

HARMLESS = """
this country; new country; host country; country you live in; country where you live; land a;
national health; national insurance; national helpline; citizens advice; tym kraju; nowym kraju;
wiara w siebie; wiare w siebie; diesem land; neuen land; dieses land; цій країні; новій країні;
этой стране; новой стране; هذا البلد; البلد الجديد; هذه الدولة; عليك دين; سداد دين;
belief in yourself; belief in myself; faith in yourself; faith in myself; faith in the future;
dress for; country house; race against; clothing for; clothing bank; clothes
"""
SENTENCES_THAT_ASK = """
which country; what country; where were you born; where you were born; country you were born;
you come from; you pray; prayer*; praying; mosque*; church*; synagogue*; temple*; beard*; halal;
kosher; etni*; nacionalidad; nacionalidade; narodnost*; nabozenst*; vierovyznan*; wyznajesz;
w boga; wierzac*; modlisz; modlitw*; meczet*; kosciol*; kosciele; synagog*; broda; brode; brody;
gdzie sie urodzil*; gdzie urodzil*; pochodzisz; z ktorego kraju; welches land; welchem land;
woher kommen; woher kommst; woher stammen; wo sind sie geboren; wo bist du geboren; beten sie;
gebet*; moschee*; kirche*; звідки ви; звідки ти; де ви народилися; де ви народились; мечет*;
церкв*; молит*; молиш*; з якої країни; откуда вы; откуда ты; где вы родились; из какой страны;
церков*; бород*; من اين انت; من اي بلد; اين ولدت; بلدك; بلدكم; جنسيتك; ديانتك; دينك; طائفتك;
مذهبك; عرقك; اصلك; تصلي; صلاه; مسجد; كنيسه; لحيه; حجابك; بشرتك;
family from; parents from; family come from; parents come from; parents born; which passport;
ramadan*; you fast; fasting; pork; your hair covered; cover your hair; cover your head;
jestes z jakiego; skad jestes; skad jest twoja rodzina; skad jest pana rodzina; jakiej wiary;
jestes wiary; nosisz chust*; chuste na glowie; zakrywasz wlosy; wieprzowin*; poscisz;
jaki paszport; schweinefleisch; fasten sie; fastest du; рамадан*; свинин*; поститесь; постишься;
який паспорт; какой паспорт; من وين انت; من وين عائلتك; رمضان; تصوم; لحم خنزير; تغطين شعرك
"""


_MARKS = re.compile(r"<[^<>]{0,200}>")
_SPACED = re.compile(r"\b(?:\w[ .\-]){3,}\w\b")


def word_that_asks(text: str) -> str:
    """The phrase in a text that asks for origin, belief, dress or looks; empty when none does."""
    plain = _without_harmless(" ".join(words_without_articles(_as_read(text))))
    return forbidden_phrase(plain) or _phrase(plain) or word_of_origin(plain)


def _as_read(text: str) -> str:
    """What a reader sees: without marks of a browser, and s p a c e d letters put together."""
    return _SPACED.sub(lambda found: re.sub(r"\W", "", found[0]), _MARKS.sub("", text))


def word_in_choice(text: str) -> str:
    """The same for a choice, where the name of a country is enough."""
    return word_that_asks(text) or (text if names_a_country(text) else "")


def word_in_name(name: str) -> str:
    """The same for a name such as countryOfBirth."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return word_that_asks(re.sub(r"[_.\-]", " ", apart))


def forbidden_findings(
    instrument: Instrument, *, choice_rows: Mapping[tuple[str, int], int]
) -> Iterator[Finding]:
    """Every text, name and choice that asks for what Kith never keeps."""
    for text in [*instrument.title.values(), instrument.id]:
        yield from _finding(word_in_name(text), sheet="settings", row=2, column="form_title")
    for item in instrument.walk():
        yield from _in_item(item)
    for name, choices in instrument.choices.items():
        for at, choice in enumerate(choices):
            row = choice_rows.get((name, at), 0)
            yield from _in_choice(name, choice, row)


def _in_item(item: Item) -> Iterator[Finding]:
    yield from _finding(word_in_name(item.name), sheet="survey", row=item.row, column="name")
    texts: dict[str, Words] = {
        "label": item.label,
        "hint": item.hint,
        "guidance_hint": item.guidance,
        "required_message": item.required_message,
        "constraint_message": item.constraint_message,
    }
    for column, words in texts.items():
        word = next(filter(None, map(word_that_asks, words.values())), "")
        yield from _finding(word, sheet="survey", row=item.row, column=column)


def _in_choice(name: str, choice: Choice, row: int) -> Iterator[Finding]:
    yield from _finding(word_in_name(name), sheet="choices", row=row, column="list_name")
    yield from _finding(word_in_name(choice.code), sheet="choices", row=row, column="name")
    word = next(filter(None, map(word_in_choice, choice.label.values())), "")
    yield from _finding(word, sheet="choices", row=row, column="label")
    for column, text in choice.columns.items():
        word = word_in_name(column) or word_in_choice(text)
        yield from _finding(word, sheet="choices", row=row, column=column)


def _finding(word: str, *, sheet: str, row: int, column: str) -> Iterator[Finding]:
    if word:
        yield Finding("asks_origin", {"word": word}, sheet=sheet, row=row, column=column)


def _without_harmless(plain: str) -> str:
    return _pattern(HARMLESS).sub(" ", plain)


def _phrase(plain: str) -> str:
    found = _pattern(SENTENCES_THAT_ASK).search(plain)
    return found.group() if found else ""


@lru_cache(maxsize=4)
def _pattern(phrases: str) -> re.Pattern[str]:
    written = (_as_pattern(phrase) for phrase in phrases.split(";"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")


def _as_pattern(phrase: str) -> str:
    words = phrase.split()
    ends = [r"\w*" if word.endswith("*") else "" for word in words]
    return r"\s+".join(
        re.escape(" ".join(words_without_articles(word))) + end
        for word, end in zip(words, ends, strict=True)
    )
