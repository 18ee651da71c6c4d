"""What lists say about people beyond names: age, wishes, children, contact, yes or no, counts."""

import datetime as dt
import math
import re
from dataclasses import dataclass

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.targets import AGE_BANDS, CHILD_BANDS
from kith.methods.tables.text import plain, says_nothing, shown
from kith.methods.tables.values.dates import read_date

OLDEST = 110
MOST_CHILDREN = 20
MOST_CAPACITY = 30

_YES_WORDS = """
tak t yes y ja j si oui ano vero wahr true prawda x v + 1 ok ✓ ✔ так да نعم ايوه
"""
_NO_WORDS = """
nie n no nein non false fałsz falsch 0 - ні нет لا
"""
_YES = frozenset(map(plain, _YES_WORDS.split()))
_NO = frozenset(map(plain, _NO_WORDS.split()))
_NUMBER_WORDS = {
    plain(word): number
    for number, words in enumerate(
        (
            "zero zadnych keine none żadne ноль нуль صفر",
            "jeden jedna jedno one ein eine einer eins один одна одне واحد واحده",
            "dwa dwie dwoje dwojka two zwei два дві двоє اثنان اثنين طفلين",
            "trzy troje three drei три троє ثلاثه ثلاث",
            "cztery czworo four vier чотири четверо четыре اربعه اربع",
            "piec piecioro five funf п'ять пять خمسه خمس",
            "szesc six sechs шість шесть سته ست",
            "siedem seven sieben сім семь سبعه سبع",
            "osiem eight acht вісім восемь ثمانيه ثمان",
            "dziewiec nine neun дев'ять девять تسعه تسع",
            "dziesiec ten zehn десять عشره عشر",
        )
    )
    for word in words.split()
}

_ANY = re.compile(
    r"obojetn|dowoln|bez znaczenia|wszystko jedno|bez preferencji|nie ma znaczenia|kazd|any|either|"
    r"no pref|doesn't matter|does not matter|egal|beliebig|keine praferenz|байдуже|будь-як|"
    r"не має значення|все равно|любой|неважно|لا يهم|اي شخص|الكل"
)
_WOMAN = re.compile(
    r"\b(?:kobiet\w*|mentork\w*|pani\w*|ona|dziewczyn\w*|wom[ae]n|female|lady|she|frau\w*|weiblich\w*|"
    r"mentorin\w*|жінк\w*|женщин\w*|жіноч\w*|k|f|w|ж)\b|امراه|مراه|انثي|نساء|سيده|مرشده"
)
_MAN = re.compile(
    r"\b(?:mezczyzn\w*|facet\w*|on|pan|chlopak\w*|men|man|male|he|mann|manner|mannlich\w*|herr\w*|"
    r"чоловік\w*|мужчин\w*|чолов\w*|m|ч|м)\b|رجل|ذكر|رجال"
)
_NO_ANSWER = re.compile(r"prefer not|nie chc|wole nie|keine angabe|no answer|не хоч|odmow")
_ONLY = re.compile(
    r"\b(?:tylko|wylacznie|koniecznie|only|must|strictly|nur|ausschliesslich|тільки|лише|только|"
    r"виключно)\b|فقط"
)
_ABOUT = re.compile(r"(?:^|\s)(?:ok|okolo|about|approx|ca|circa|etwa|близько|бл|حوالي)\b|~|\?|ca\.")
_CHANNELS = {
    "whatsapp": r"what'?s ?app|whatsap|wapp|\bwa\b|ватсап|вотсап|вацап|واتس",
    "signal": r"\bsignal\w*|сигнал|سيغنال",
    "telegram": r"telegram|телеграм|تلغرام|تيليجرام|تلجرام",
    "viber": r"viber|вайбер|فايبر",
    "messenger": r"messenger|facebook|\bfb\b|\bmsg\b|месенджер|фейсбук|ماسنجر|فيسبوك",
    "sms": r"\bsms\w*|\btext\b|text message|смс|رساله نصيه",
    "email": r"e-?mail|mejl|\bmail\w*|пошт\w*|почт\w*|بريد|ايميل",
    "letter": r"\blist\b|listown|\bletter|\bpost\b|\bbrief\b|лист\b|письмо",
    "in_person": r"osobisc|in person|personlich|особисто|лично|شخصي",
    "phone": r"telefon|\btel\b|dzwon|\bphone|\bcall|anruf|дзвон|звон|телефон|هاتف|اتصال|مكالم",
}
_CHANNEL_PATTERNS = {code: re.compile(pattern) for code, pattern in _CHANNELS.items()}
_DO_NOT = re.compile(r"\b(?:nie|bez|don't|do not|not|no|nicht|kein\w*|не|ні)\b|لا |بدون")
_ASKS = re.compile(
    r"kontakt|pros\w*|contact|prefer|pisac|write|schreib|писати|зв'яз|تواصل|przez|via|by "
)


@dataclass(frozen=True, slots=True)
class Children:
    """How many children, and the age bands of those whose age is known (`CHILD_BANDS`)."""

    count: int
    bands: tuple[str, ...] = ()


def read_yes_no(value: Value) -> tuple[bool | None, Remark | None]:
    if value is None or isinstance(value, bool):
        return value, None
    word = plain(str(value)).strip(" .!")
    first = re.split(r"[\s,;(-]+", word)[0] if word else ""
    for candidate in (word, first):
        if candidate in _YES:
            return True, None
        if candidate in _NO:
            return False, None
    return None, None if says_nothing(str(value)) else remark("yes_no_unknown", text=str(value))


def read_count(value: Value, *, most: int) -> tuple[int | None, Remark | None]:
    """A whole number from 0 to `most`: 2, "2 os.", "dwie", "max. 3", "1-2" (the lower)."""
    if value is None or isinstance(value, bool) or says_nothing(str(value)):
        return None, None
    count = _count(value)
    if count is None:
        return None, remark("count_unreadable", text=str(value))
    if count > most:
        return None, remark("count_too_high", count=count)
    return count, None


def read_gender_wish(value: Value) -> tuple[str | None, Remark | None]:
    """A wish about the mentor: any, woman, woman_only, man, man_only."""
    if value is None or says_nothing(str(value)):
        return None, None
    text = plain(str(value))
    woman, man = bool(_WOMAN.search(text)), bool(_MAN.search(text))
    if _ANY.search(text) or (woman and man):
        return "any", None
    if not woman and not man:
        return None, remark("gender_wish_unknown", text=str(value))
    wish = "woman" if woman else "man"
    return (f"{wish}_only" if _ONLY.search(text) else wish), None


def read_gender(value: Value) -> tuple[str | None, Remark | None]:
    """What a mentor chose to say: woman, man, other."""
    if value is None or says_nothing(str(value)):
        return None, None
    text = plain(str(value))
    if _NO_ANSWER.search(text):
        return None, None
    if _WOMAN.search(text):
        return "woman", None
    if _MAN.search(text):
        return "man", None
    if re.search(r"inna|other|divers|niebinar|non-?binary|інш|друг", text):
        return "other", None
    return None, remark("gender_unknown", text=str(value))


def read_birth_year(value: Value, *, today: dt.date) -> tuple[int | None, Remark | None]:
    """A year of birth from a year, a date or "ok. 1990"; a child or an impossible age has none."""
    if value is None or says_nothing(str(value)):
        return None, None
    born = _born(value, today)
    if born is None:
        return None, remark("year_unreadable", text=str(value))
    year, day = born
    wrong = _wrong_age(year, day, today)
    if wrong:
        return None, wrong
    if today.year - year == 18 and not day:
        return year, remark("age_maybe_under_18", year=year)
    about = isinstance(value, str) and _ABOUT.search(plain(value))
    return year, remark("year_about", text=str(value), year=year) if about else None


def _wrong_age(year: int, day: dt.date | None, today: dt.date) -> Remark | None:
    age = _years(day, today) if day else today.year - year
    if not 0 <= age <= OLDEST:
        return remark("age_impossible", year=year, age=age)
    return remark("age_under_18", year=year) if age < 18 else None


def age_band(year: int, *, today: dt.date) -> str:
    """The band of a grown-up born in a year, by the age reached this year."""
    return _band_of(today.year - year)


def read_age_band(value: Value, *, today: dt.date) -> tuple[str | None, Remark | None]:
    """A band from an age ("34 lata"), a band ("30-40", by its middle), or a year of birth."""
    if value is None or says_nothing(str(value)):
        return None, None
    numbers = [int(number) for number in re.findall(r"\d+", plain(shown(value)))]
    if len(numbers) == 1 and numbers[0] > 1900:
        year, note = read_birth_year(value, today=today)
        return (age_band(year, today=today) if year else None), note
    return _band_from_ages(numbers, shown(value))


def _band_from_ages(ages: list[int], text: str) -> tuple[str | None, Remark | None]:
    if not 1 <= len(ages) <= 2 or max(ages) > OLDEST:
        return None, remark("age_band_unreadable", text=text)
    if max(ages) < 18:
        return None, remark("age_given_under_18", text=text)
    return _band_of(max(18, round(sum(ages) / len(ages)))), None


def read_children(value: Value, *, today: dt.date) -> tuple[Children | None, Remark | None]:
    """2, "2 (5 i 9 lat)", "dwoje: 3, 7", "syn 4 l.", "nie": how many, and age bands."""
    if value is None or says_nothing(str(value)):
        return None, None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _children(int(value) if math.isfinite(value) else -1, [], str(value))
    text = plain(str(value))
    if read_yes_no(value)[0] is False or _count_word(text) == 0:
        return Children(0), None
    count, ages = _count_and_ages(text, today)
    if count is None and not ages:
        return None, remark("children_unreadable", text=str(value))
    return _children(len(ages) if count is None else count, ages, str(value))


def read_channels(value: Value) -> tuple[tuple[str, ...], Remark | None]:
    """Ways of contact, without those that the text refuses."""
    if value is None or says_nothing(str(value)):
        return (), None
    found: dict[str, None] = {}
    for part in re.split(
        r"[,;/\n|]|\b(?:i|lub|and|or|und|oder|та|або|и|или|ale|but|aber)\b", plain(str(value))
    ):
        if not _DO_NOT.search(part):
            named = [code for code, pattern in _CHANNEL_PATTERNS.items() if pattern.search(part)]
            found.update(dict.fromkeys(_narrowed(named)))
    return tuple(found), None if found else remark("channel_unknown", text=str(value))


def channel_in_note(text: str) -> str:
    """The one messenger that a note asks for ("prosi o kontakt przez WhatsApp"), or ""."""
    if not _ASKS.search(plain(text)) or _DO_NOT.search(plain(text)):
        return ""
    named = read_channels(text)[0]
    return named[0] if len(named) == 1 and named[0] not in {"phone", "letter"} else ""


def _narrowed(named: list[str]) -> list[str]:
    """ "telefon (WhatsApp)" means WhatsApp."""
    return named[:-1] if len(named) > 1 and named[-1] == "phone" else named


def _count(value: Value) -> int | None:
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() and value >= 0 else None
    text = plain(str(value))
    numbers = re.findall(r"(?<![\d,.-])\d+(?![\d,.]*\d)", text)
    if numbers:
        return int(numbers[0])
    return _count_word(text)


def _count_word(text: str) -> int | None:
    for word in re.findall(r"[^\W\d_']+(?:'[^\W\d_]+)?", text):
        if word in _NUMBER_WORDS:
            return _NUMBER_WORDS[word]
    return None


def _count_and_ages(text: str, today: dt.date) -> tuple[int | None, list[int]]:
    """The first number is the count when ages follow it in brackets, after a colon, or as years."""
    text = re.sub(r"\b(?:19|20)\d{2}\b", lambda year: f" {today.year - int(year[0])} lat ", text)
    head, tail = re.match(r"([^(:]*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    numbers = [int(number) for number in re.findall(r"\d+", head)]
    years_in_head = re.search(
        r"\d\s*-?\s*(?:lat|l\b|r\b|m-c|mies|letni|year|yo\b|jahr|рок|рік|лет|سن)", head
    )
    ages = [int(number) for number in re.findall(r"\d+", tail)]
    if years_in_head and not ages:
        return (
            (None, numbers)
            if len(numbers) != 1 or _count_word(head) is None
            else (_count_word(head), numbers)
        )
    if ages:
        return (numbers[0] if numbers else _count_word(head)), ages
    if len(numbers) > 1:
        return (numbers[0], numbers[1:]) if numbers[0] == len(numbers) - 1 else (None, numbers)
    return (numbers[0] if numbers else _count_word(head)), []


def _children(count: int, ages: list[int], text: str) -> tuple[Children | None, Remark | None]:
    if not 0 <= count <= MOST_CHILDREN:
        return None, remark("children_unreadable", text=text)
    grown = [age for age in ages if age >= 18]
    young = [age for age in ages if age < 18]
    bands = tuple(band for band in CHILD_BANDS if any(_child_band(age) == band for age in young))
    if grown:
        return Children(max(0, count - len(grown)), bands), remark(
            "child_grown_up", count=len(grown)
        )
    if ages and len(ages) != count:
        note = remark("children_ages_differ", text=text, count=count, ages=len(ages))
        return Children(count, bands), note
    return Children(count, bands), None


def _child_band(age: int) -> str:
    return next(band for band in CHILD_BANDS if age <= int(band.split("-")[1]))


def _band_of(age: int) -> str:
    return next((band for band in AGE_BANDS[:-1] if age <= int(band.split("-")[1])), AGE_BANDS[-1])


def _born(value: Value, today: dt.date) -> tuple[int, dt.date | None] | None:
    """A year, and the day when the cell holds a whole date."""
    if isinstance(value, dt.date):
        return value.year, value if not isinstance(value, dt.datetime) else value.date()
    if isinstance(value, int | float) and 1800 <= value <= 2200:
        return int(value), None
    text = plain(str(value))
    years = re.findall(r"(?<!\d)(?:18|19|20|21)\d{2}(?!\d)", text)
    if len(years) == 1 and len(re.findall(r"\d+", text)) == 1:
        return int(years[0]), None
    if re.fullmatch(r"'?\d{2}\s*r?\.?", text):
        short = int(re.sub(r"\D", "", text))
        return (1900 + short if short > today.year % 100 - 18 else 2000 + short), None
    day, _ = read_date(value, today=today, order="dmy")
    if day and day.year > today.year:  # 12.05.80 was read as 2080 nowhere, but as 2030 it may be
        day = day.replace(year=day.year - 100)
    return (day.year, day) if day else None


def _years(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
