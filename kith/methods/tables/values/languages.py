"""Languages from free text, with a level: 1 a few words, 2 basic, 3 gets by, 4 fluent, 5 native.

A language without a level counts as 3: whoever wrote it down thought it of use. European levels:
A1 1, A2 2, B1 3, B2 and C1 4, C2 5; of two ("A2/B1") the lower. A level is never raised by a guess
about a first language: a list does not say it, and the person can be asked.

Codes are ISO 639: two letters where there are two, else three (Dari prs, Sorani ckb).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import plain, says_nothing

Skills = tuple[tuple[str, int], ...]

UNSTATED_LEVEL = 3
NAME_LOCALES = ("en", "pl", "de", "uk", "ru", "ar", "fr", "es", "fa", "tr")

# Beginnings of words; what stands first for a code is not longer than needed to be sure.
_STEMS = """
pl polsk polish polnisch польськ польск بولندي بولوني polon
uk ukrain ukr укр اوكراني українськ
ru rosyjsk russ rus ros рос руськ русск روسي
en angiel engl ang англ انجليزي انكليزي englisch anglais
de niemiec german deutsch niem нім нем الماني allemand
ar arab араб عربي عربيه
fa farsi persk persisch persian фарсі фарси перс فارسي
prs dari дарі дари دري
ps paszt pashto pasto paschtu pushto пушту пашто بشتو پشتو
tr turec turk turc турец тур تركي
ku kurd курд كردي kurmanj kurmandz курмандж كرمانجي
ckb sorani сорані сорани سوراني
be bialorus belarus weissruss weisruss білорус белорус бялор بيلاروسي
ro rumun roman rumän mold румун молд روماني
ka gruzi georgi грузин جورجي
hy ormian armen вірмен армян ارمني
az azer азер اذري
kk kazach kazak kasach казах كازاخي
uz uzbe usbe узбе اوزبكي
tg tadzy taji tadschi таджи طاجيكي
ky kirgi kyrgy киргиз
ce czecze chechen tschetsch чечен شيشاني
vi wietnam vietnam в'єтнам вьетнам фиетн فيتنامي
zh chins chines кита صيني mandary mandar kanton canton
fr franc french franzos франц فرنسي
es hiszpan spanis spani іспан испан اسباني espan
pt portug португ برتغالي
it wlos ital італ итал ايطالي
el grec greek griech грец греч يوناني
bg bulg болг булг بلغاري
sr serb серб صربي
hr chorw croat kroat хорват
bs bosn босн بوسني
sq alban албан الباني
mk macedo mazedo македо
cs czesk czech tschech чеськ чешск
sk slowack slovak slowak словац
sl slowens sloven slowen словен
hu wegier hungar ungar угор венгер
lt litew lithuan litau литов
lv lotew latvi lett латис латыш
et eston естон эстон
nl niderl dutch holender niederl нідер нидер
sv szwedz swed schwed швед سويدي
hi hindi гінді хинди هندي
ur urdu урду اردو
bn bengal бенгал بنغالي
ne nepal непал نيبالي
pa pandza pendza punjab pundsch
ti tigri tygry тигрин تغريني
am amhar амхар امهري
so somal сомал صومالي
sw suahil swahil суахіл суахил سواحيلي
om orom оромо اورومو
ha hausa хауса
yo yoruba joruba
ig igbo
ln lingala
rw kinyarw ruand
wo wolof
ff fula fulani pular
ti tigrinya
he hebr иврит іврит عبري
yi jidysz yiddish jiddisch
rom romani romski romsk romani romanes циган
ug ujgur uygh uigur
mn mongol монгол
th tajsk thai
tl tagal filip филип
id indonez indones
ko koreań korea коре
ja japon japan япон
ta tamil
si syngal sinhal singhal
my birman burm бірман
bo tybet tibet
ks kaszmir
tk turkmen туркмен
aii asyry assyr асир اشوري سرياني syriac
sgn migow pjm gebarden жестов اشاره
eo esperant
la lacin latein
"""

# Short forms and codes that people write; the country code ua stands for Ukrainian.
_SHORT = {
    "pl": "pl", "pol": "pl", "plk": "pl", "ua": "uk", "uk": "uk", "ukr": "uk", "ru": "ru",
    "rus": "ru", "ros": "ru", "en": "en", "eng": "en", "ang": "en", "gb": "en", "de": "de",
    "ger": "de", "deu": "de", "niem": "de", "nem": "de", "ar": "ar", "ara": "ar", "arab": "ar",
    "fa": "fa", "per": "fa", "fas": "fa", "prs": "prs", "ps": "ps", "pus": "ps", "tr": "tr",
    "tur": "tr", "ku": "ku", "kmr": "ku", "ckb": "ckb", "by": "be", "be": "be", "bel": "be",
    "fr": "fr", "fra": "fr", "fre": "fr", "franc": "fr", "es": "es", "spa": "es", "hiszp": "es",
    "it": "it", "ita": "it", "ro": "ro", "ge": "ka", "ka": "ka", "geo": "ka", "hy": "hy",
    "am": "am", "vn": "vi", "vi": "vi", "cn": "zh", "zh": "zh", "so": "so", "ti": "ti",
    "tig": "ti", "pt": "pt", "por": "pt", "hi": "hi", "ur": "ur", "bn": "bn", "ne": "ne",
    "sq": "sq", "alb": "sq", "sr": "sr", "bs": "bs", "hr": "hr", "bg": "bg", "el": "el",
    "cz": "cs", "cs": "cs", "sk": "sk", "hu": "hu", "lt": "lt", "nl": "nl", "farsi": "fa",
    "nim": "de", "англ": "en", "укр": "uk", "рос": "ru", "пол": "pl", "нім": "de", "рус": "ru",
    "нем": "de", "тур": "tr", "араб": "ar", "фр": "fr",
}  # fmt: skip

_LEVELS = """
1 troche trochu slabo slaby slaba slabe kilka slow little bit few beginner wenig bisschen anfanger трохи
1 немного слабо мало чуть قليل قليلا شويه a1 a0 poczatkujacy poczatkujaca niewiele nothing слабо початківець
2 podst podstaw podstawowy podstawowa podstawowe basic elementary grundkenntnisse basis grund базов
2 базовий базовый початковий начальный اساسي مبتدئ a2 podstawy einfach basics
3 komunikatywny komunikatywnie komunikatywna komunik sredni sredniozaawansowany srednio dobry dobrze dobra
3 intermediate conversational good ok okay fair mittel gut середній середньо добре средний хорошо متوسط جيد
3 b1 wystarczajacy розмовний разговорный rozmowny fortgeschritten
4 biegle biegly biegla zaawansowany plynnie plynny fluent fluently advanced fliessend fliesend
4 verhandlungssicher вільно вільне свободно свободный متقدم طليق طلاقه ممتاز b2 c1 perfekt perfect profi
4 swobodnie doskonale swietnie excellent proficient
5 ojczysty ojczysta native mother tongue muttersprache muttersprachler muttersprachlich rodzimy rodzima
5 рідна рідний родной родная رسالام لغه ام اللغه الام الام c2 dwujezyczny bilingual first
"""
_VERY = re.compile(r"\b(?:bardzo|very|sehr|дуже|очень)\s+(?:dobr\w*|good|gut|добре|хорошо)|جيد جدا")
_TOO_LITTLE = re.compile(r"\b(?:bardzo|very|sehr|дуже|очень)\s+(?:slab\w*|little|wenig|слабо|мало)")
_NONE = re.compile(r"\b(?:nie zna|nie mowi|brak|no|none|kein|keine|не знає|не володіє|не знает)\b")
_SPLIT = re.compile(r"[,;/+&\n|•·،؛]|\b(?:i|oraz|and|und|та|и|a także|also|sowie)\b|(?<=\s)و")
_STEP = re.compile(r"\b([abc][012])\s*[-/+]\s*([abc][012])?")
_FILLER = frozenset(
    "jezyk jezyki jezyka jezykiem po w mowi zna poziom level niveau nivel language languages speaks "
    "spricht sprache sprachen мова мови мовою язык языки рівень уровень لغه اللغه مستوي the of on in "
    "only tylko nur тільки только uczy sie learning lernt вчить учить is native speaker also "
    "kommunikativ zna mother tongue his her and bit a few words slow ein bisschen very bardzo "
    "sehr дуже очень".split()
)


def read_languages(
    value: Value, *, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Skills, Remark | None]:
    """Languages in the order written, each once, with a level from 1 to 5.

    known   plain text -> ("pl:3", "en") or () to pass over, from a mapping
    remark  what was not recognised, or a language with two levels (the lower is taken)
    """
    if value is None or says_nothing(str(value)):
        return (), None
    reading = _Reading()
    for part in _parts(str(value)):
        skills = _known(part, known or {})
        skills = _recognised(part) if skills is None else skills
        if skills is not None:
            reading.add(skills)
        elif not reading.add_level(_level_alone(part)):
            reading.unknown.append(part)
    return tuple(reading.levels.items()), reading.remark(str(value))


@dataclass
class _Reading:
    """What has been read of a cell so far."""

    levels: dict[str, int] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, skills: list[tuple[str, int]]) -> None:
        for code, level in skills:
            if level and code in self.stated and self.levels[code] != level:
                self.twice.append(code)
                level = min(level, self.levels[code])
            if level:
                self.stated.add(code)
            self.levels[code] = level or self.levels.get(code, UNSTATED_LEVEL)

    def add_level(self, level: int) -> bool:
        """A level on its own ("polski, komunikatywny") belongs to the language before it."""
        last = next(reversed(self.levels), "")
        if not level or not last:
            return False
        self.levels[last] = level
        return True

    def remark(self, text: str) -> Remark | None:
        if self.unknown:
            return remark("language_unknown", text=", ".join(self.unknown))
        if self.twice:
            return remark("language_twice", text=text, language=self.twice[0])
        return None


def _level_alone(part: str) -> int:
    words = re.findall(r"[^\W_]+", part)
    levels = [_LANGUAGE_LEVELS[word] for word in words if word in _LANGUAGE_LEVELS]
    rest = [word for word in words if word not in _LANGUAGE_LEVELS and word not in _FILLER]
    return 4 if levels and _VERY.search(part) else levels[0] if levels and not rest else 0


def language_share(value: Value) -> float:
    """Which share of the parts of a cell are languages; for guessing what a column is."""
    parts = _parts(str(value)) if value is not None else []
    recognised = sum(bool(_recognised(part)) for part in parts)
    return recognised / len(parts) if parts else 0.0


def _parts(text: str) -> list[str]:
    """The cell cut at commas, slashes and "and", but not inside brackets; brackets are opened."""
    shielded = re.sub(r"\(([^()]*)\)", lambda m: " " + re.sub(r"[,;/+&|]", " ", m[1]) + " ", text)
    shielded = _STEP.sub(lambda m: m[1] + " ", shielded.casefold())
    parts = (part.strip(" .:-–()") for part in _SPLIT.split(_soft(shielded)))
    return [part for part in parts if part and not says_nothing(part)]


def _soft(text: str) -> str:
    """Plain, but with line breaks kept as separators."""
    return "\n".join(plain(line) for line in text.splitlines())


def _known(part: str, known: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]] | None:
    if plain(part) not in known:
        return None
    skills = []
    for entry in known[plain(part)]:
        code, _, level = entry.partition(":")
        skills.append((code, int(level) if level in {"1", "2", "3", "4", "5"} else 0))
    return skills


def _recognised(part: str) -> list[tuple[str, int]] | None:
    """Languages of one part with level 0 when not said; None when something is not understood."""
    if _NONE.search(part) and not _LANGUAGE_LEVELS.keys() & set(part.split()):
        return [] if any(map(language_code, re.findall(r"[^\W\d_]+", part))) else None
    words = re.findall(r"[^\W_]+", part)
    whole = _names().get(" ".join(words))
    if whole:
        return [(whole, 0)]
    return _word_by_word(words, part)


def _word_by_word(words: list[str], part: str) -> list[tuple[str, int]] | None:
    skills: list[tuple[str, int]] = []
    early = 0
    for word in words:
        level, code = _LANGUAGE_LEVELS.get(word, 0), language_code(word)
        if level and not (code and word not in _LANGUAGE_LEVELS):
            early, skills = _with_level(level, early, skills)
        elif code:
            skills.append((code, early))
            early = 0
        elif word not in _FILLER and not word.isdigit():
            return None
    if skills and _VERY.search(part):
        skills[-1] = (skills[-1][0], 4)
    if skills and _TOO_LITTLE.search(part):
        skills[-1] = (skills[-1][0], 1)
    return skills or None


def _with_level(
    level: int, early: int, skills: list[tuple[str, int]]
) -> tuple[int, list[tuple[str, int]]]:
    """A level belongs to the language before it, or waits for the one after it."""
    if not skills or skills[-1][1]:
        return level if not skills else early, skills
    return early, [*skills[:-1], (skills[-1][0], level)]


@lru_cache(maxsize=8192)
def language_code(word: str) -> str:
    """The code of a language written as one word in any of the languages known here, or ""."""
    word = plain(word)
    if word in _SHORT:
        return _SHORT[word]
    bare = word.removeprefix("ال") if len(word) > 4 else word
    if word in _FILLER or word in _LANGUAGE_LEVELS:
        return ""
    for stem, code in _STEM_TABLE:
        if bare.startswith(stem):
            return code
    return _names().get(word, "")


def _stem_table() -> tuple[tuple[str, str], ...]:
    pairs = []
    for line in _STEMS.strip().splitlines():
        code, *stems = line.split()
        pairs += [(plain(stem), code) for stem in stems if len(stem) > 3]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _levels() -> dict[str, int]:
    table = {}
    for line in _LEVELS.strip().splitlines():
        level, *words = line.split()
        table.update({plain(word): int(level) for word in words})
    return {word: level for word, level in table.items() if word not in {"nothing", "mother"}}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Full names of languages in ten languages, as Unicode lists them."""
    table: dict[str, str] = {}
    for locale in NAME_LOCALES:
        for code, name in Locale.parse(locale).languages.items():
            if "_" not in code and len(plain(name)) > 3:
                table.setdefault(" ".join(re.findall(r"[^\W_]+", plain(name))), code)
    return table


_STEM_TABLE = _stem_table()
_LANGUAGE_LEVELS = _levels()
