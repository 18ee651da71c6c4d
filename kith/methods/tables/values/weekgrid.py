"""Free times from text: slots of a week with three parts a day.

Parts: am 8-12, pm 12-17, eve 17-21. A stretch of hours takes each part that it overlaps by an hour.
No day named means every day; no hour named means all three parts of the days named.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.targets import DAYS, PARTS, SLOTS
from kith.methods.tables.text import plain, says_nothing

HOURS = {"am": (8.0, 12.0), "pm": (12.0, 17.0), "eve": (17.0, 21.0)}
DAY_BEGINS, DAY_ENDS = 8.0, 21.0

_DAY_WORDS = """
mon pn pon poniedz mon mo montag montags пн понед понеділ اثنين
tue wt wto wtor tue tues di dienstag dienstags вт вівт вторн ثلاثاء ثلاثا
wed sr sro srod srody wed mi mittwoch ср серед сред اربعاء اربعا
thu cz czw czwart thu thur thurs don donnerstag donnerstags чт четв خميس
fri pt pia piat piatek fri fr freitag freitags пт п'ятн пятн п'ят جمعه
sat sob sobot sat sa samstag samstags sonnabend сб субот суб سبت
sun nd ndz nie niedz niedziel sun sonntag sonntags нд неділ вс воскр احد
"""
_GROUPS = {
    "weekend": DAYS[5:], "weekday": DAYS[:5], "all": DAYS,
}  # fmt: skip
_GROUP_WORDS = """
weekend weekend wekend week-end wochenend вихідн выходн вікенд عطله
weekday weekday workday working_day work_day w_tygodniu tygodniu dni_robocz robocz powszedn
weekday werktag werktags
weekday unter_der_woche wochentag wochentags будн робочі_дні буднi рабочи ايام_العمل ايام_الاسبوع
all codzien kazdy_dzien kazdego daily every_day everyday each_day all_days any_day all_week
all taglich jeden_tag
all щодня кожен_день каждый_день ежедневно كل_يوم يوميا
"""
_PART_WORDS = """
am rano ranek rana ranki poran przedpol przed_pol morning mornings morgen morgens vormittag
am vormittags fruh
am ранок ранк вранці зранку утр صباح
pm popol po_pol afternoon nachmittag nachmittags mittags після_обід післяобід пополудн
pm день_після днем بعد_الظهر عصر ظهر
eve wiecz evening evenings night abend abends вечір ввеч вечор веч вечер مساء ليل
"""
_ANYTIME = re.compile(
    r"\b(?:dowoln\w*|zawsze|kiedykolwiek|obojetn\w*|kazd\w* por\w*|caly czas|elastyczn\w*|"
    r"any ?time|"
    r"always|whenever|flexible|any|immer|jederzeit|egal|flexibel|beliebig|будь-коли|завжди|"
    r"коли завгодно|любое время|всегда|гнучк\w*|اي وقت|دائما|في اي وقت)\b"
)
_EXCEPT = re.compile(
    r"\b(?:oprocz|poza|bez|nie w|except|but not|not on|not|ausser|nicht|"
    r"крім|окрім|кроме|не в|ما عدا|الا)\b"
)
_AFTER = re.compile(
    r"\b(?:po|od|after|from|ab|nach|seit|після|з|від|после|с|بعد|من)\s+(?:godz\w*\s*)?$"
)
_BEFORE = re.compile(
    r"\b(?:do|przed|until|till|before|by|bis|vor|до|перед|قبل|حتي|الي)\s+(?:godz\w*\s*)?$"
)
_RANGE = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h|am|pm)?\s*(?:-|do|to|until|bis|до|til|till|الي)\s*"
    r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*(pm|am))?(?!\d)"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(pm|am)?(?!\d)")
_NOISE = re.compile(
    r"\b(?:godz\w*|uhr|h|o'clock|год\w*|час\w*|w|we|on|at|in|am|im|an|um|od|the|i|oraz|and|und|та|и|в|у|"
    r"tylko|only|nur|тільки|pm|po|around|ok|okolo|raczej|mostly|godziny|jeden|raz|is|free|available|also|lub|or|"
    r"oder|або|every|each|kazd\w*|all|day|days|dni|dnia|dzien|caly|cala|ganztags|ganze\w*|jed\w*|den|der|die|das|"
    r"o|г|ч|на|по|кожн\w*|весь|увесь|цілий|every|week|wszystkie|كل|يوم|ايام|الساعه|في|و|ال|نهايه|الاسبوع|اسبوع)\b"
)
_HOW_OFTEN = re.compile(
    r"\braz\w* (?:w|na) tyg\w*|\b(?:once|twice|times) a week|\w*mal (?:pro|die|in der) woche|"
    r"\bраз\w* (?:на|в) (?:тижд|недел)\w*|في الاسبوع"
)
_A_DATE = re.compile(r"\d[./-]\d{1,2}[./-]\d{2}|(?<!\d)(?:19|20)\d\d(?!\d)")
_SEGMENT = re.compile(r"[;\n،؛]|,")


@dataclass
class _Reading:
    """Days wait for a time that follows ("pn, śr 17-19"); a time alone keeps the days before it."""

    slots: set[str] = field(default_factory=set)
    without: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    last_days: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    outside: bool = False


def read_availability(
    value: Value, *, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, ...], Remark | None]:
    """Slots like "tue-eve" in the order of the week; the remark names what was not recognised."""
    if value is None or says_nothing(str(value)):
        return (), None
    whole = (known or {}).get(plain(str(value)))
    if whole is not None:
        return _in_order(set(whole)), None
    reading = _Reading()
    for segment in _segments(str(value)):
        _read_segment(segment, reading, known or {})
    reading.slots.update(_crossed(reading.waiting, list(PARTS)))
    if reading.without and not reading.slots:
        reading.slots.update(SLOTS)
    return _in_order(reading.slots - reading.without), _remark(str(value), reading)


def availability_share(value: Value) -> float:
    """1.0 when a cell reads as times, 0.0 when nothing in it does."""
    slots, note = read_availability(value)
    return 0.0 if not slots else (0.5 if note else 1.0)


def _remark(text: str, reading: _Reading) -> Remark | None:
    if reading.unknown:
        return remark("availability_unknown", text=", ".join(reading.unknown))
    return remark("availability_outside", text=text) if reading.outside else None


def _segments(text: str) -> list[str]:
    lines = "\n".join(plain(line) for line in text.splitlines())
    lines = re.sub(r"(?<=\s)و(?=ال)", " ", lines)
    return [part.strip() for part in _SEGMENT.split(lines) if part.strip()]


def _read_segment(segment: str, reading: _Reading, known: Mapping[str, tuple[str, ...]]) -> None:
    if segment in known:
        reading.slots.update(known[segment])
        return
    kept, _, excepted = _cut_except(segment)
    if excepted:
        days, parts, _ = _days_and_parts(excepted)
        reading.without.update(_crossed(days or list(DAYS), parts or list(PARTS)))
        if not kept:
            return
    _add(kept, reading)


def _cut_except(segment: str) -> tuple[str, str, str]:
    found = _EXCEPT.search(segment)
    if not found:
        return segment, "", ""
    return segment[: found.start()].strip(), found.group(), segment[found.end() :].strip()


def _add(segment: str, reading: _Reading) -> None:
    if _ANYTIME.search(segment) and not _has_part(segment):
        days = _days(_without_times(segment)[0])
        reading.slots.update(_crossed(days or list(DAYS), list(PARTS)))
        return
    if _A_DATE.search(segment):
        reading.unknown.append(segment)
        return
    days, parts, rest = _days_and_parts(segment)
    if parts is None:
        reading.outside = True
        return
    if rest or _HOW_OFTEN.search(segment):
        reading.unknown.append(segment)
    else:
        _place(days, parts, reading)


def _place(days: list[str], parts: list[str], reading: _Reading) -> None:
    if days and not parts:
        reading.waiting += days
        reading.last_days = days
    elif parts:
        chosen = [*reading.waiting, *days] or reading.last_days or list(DAYS)
        reading.slots.update(_crossed(chosen, parts))
        reading.waiting, reading.last_days = [], days or chosen


def _days_and_parts(segment: str) -> tuple[list[str], list[str] | None, str]:
    """Days and parts of one segment and the words not understood; parts None: outside the day."""
    rest, stretches = _without_times(segment)
    rest = _german(rest)
    named = [part for part in PARTS if _PART_PATTERNS[part].search(rest)]
    parts = sorted(
        {part for stretch in stretches for part in _overlapped(stretch)}, key=PARTS.index
    )
    if stretches and not parts:
        return [], None, ""
    days = _days(rest)
    for pattern in (*_PART_PATTERNS.values(), *_GROUP_PATTERNS.values(), _DAY_PATTERN, _ANYTIME):
        rest = pattern.sub(" ", rest)
    rest = _NOISE.sub(" ", rest)
    return days, parts or named, re.sub(r"[\W\d_]+", " ", rest).strip()


def _without_times(segment: str) -> tuple[str, list[tuple[float, float]]]:
    """The segment without its hours, and the hours as stretches."""
    stretches: list[tuple[float, float]] = []

    def take_range(found: re.Match[str]) -> str:
        stretches.append(_stretch(found))
        return " "

    segment = _RANGE.sub(take_range, segment)
    while found := _CLOCK.search(segment):
        before = segment[: found.start()]
        hour = _hour(found[1], found[2], found[3])
        if _BEFORE.search(before):
            stretches.append((DAY_BEGINS, hour))
            before = _BEFORE.sub(" ", before)
        elif _AFTER.search(before):
            stretches.append((hour, DAY_ENDS))
            before = _AFTER.sub(" ", before)
        else:
            stretches.append((hour, hour + 1))
        segment = before + " " + segment[found.end() :]
    return segment, stretches


def _stretch(found: re.Match[str]) -> tuple[float, float]:
    begin, end = _hour(found[1], found[2], ""), _hour(found[3], found[4], found[5] or "")
    if found[5] == "pm" and begin < 12 and begin + 12 < end:
        begin += 12
    return begin, end


def _hour(hours: str, minutes: str | None, half: str | None) -> float:
    hour = int(hours) + int(minutes or 0) / 60
    return hour + 12 if half == "pm" and hour < 12 else hour


def _overlapped(stretch: tuple[float, float]) -> list[str]:
    begin, end = stretch
    enough = min(1.0, max(end - begin, 0.5))
    return [
        part for part in PARTS if min(end, HOURS[part][1]) - max(begin, HOURS[part][0]) >= enough
    ]


def _days(text: str) -> list[str]:
    days: list[str] = []
    for group, pattern in _GROUP_PATTERNS.items():
        if pattern.search(text):
            days += _GROUPS[group]
            text = pattern.sub(" ", text)
    for found in _DAY_RANGE.finditer(text):
        days += _between(_day(found[1]), _day(found[2]))
    days += [_day(found[1]) for found in _DAY_PATTERN.finditer(_DAY_RANGE.sub(" ", text))]
    return [day for day in DAYS if day in days]


def _german(text: str) -> str:
    """Do and So are Thursday and Sunday only next to other German days: elsewhere "do" is until."""
    if not re.search(r"\b(?:mo|di|mi|fr|sa|uhr)\b", text):
        return re.sub(r"\bso\b", "sob", text)
    return re.sub(r"\bso\b", "sonntag", re.sub(r"\bdo\b", "donnerstag", text))


def _between(first: str, last: str) -> list[str]:
    begin, end = DAYS.index(first), DAYS.index(last)
    return [*DAYS[begin : end + 1]] if begin <= end else [*DAYS[begin:], *DAYS[: end + 1]]


def _day(word: str) -> str:
    word = word.removeprefix("ال") if len(word) > 3 else word
    return next(day for stem, day in _DAY_STEMS if word.startswith(stem))


def _has_part(text: str) -> bool:
    has_hour = re.search(r"\d", text) is not None
    return has_hour or any(pattern.search(text) for pattern in _PART_PATTERNS.values())


def _crossed(days: list[str], parts: list[str]) -> set[str]:
    return {f"{day}-{part}" for day in days for part in parts}


def _in_order(slots: set[str]) -> tuple[str, ...]:
    return tuple(slot for slot in SLOTS if slot in slots)


def _table(text: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        code, *stems = line.split()
        table.setdefault(code, []).extend(plain(stem.replace("_", " ")) for stem in stems)
    return table


def _pattern(stems: list[str]) -> re.Pattern[str]:
    ordered = sorted(stems, key=len, reverse=True)
    return re.compile(r"\b(?:ال)?(?:" + "|".join(map(re.escape, ordered)) + r")[^\W\d_]*")


def _day_pattern() -> str:
    """Short forms stand alone; longer ones may go on (poniedziałki, Mondays)."""
    short = sorted((stem for stem, _ in _DAY_STEMS if len(stem) <= 3), key=len, reverse=True)
    long = sorted((stem for stem, _ in _DAY_STEMS if len(stem) > 2), key=len, reverse=True)
    joined = "|".join(map(re.escape, long))
    return rf"(?:ال)?(?:(?:{joined})[^\W\d_]*|(?:{'|'.join(map(re.escape, short))})(?![^\W\d_]))"


_DAY_STEMS = sorted(
    ((stem, day) for day, stems in _table(_DAY_WORDS).items() for stem in stems),
    key=lambda pair: -len(pair[0]),
)
_DAY_PATTERN = re.compile(rf"\b({_day_pattern()})\b\.?")
_DAY_RANGE = re.compile(
    rf"\b({_day_pattern()})\.?\s*(?:-|do|to|bis|по|до|through|till|الي)\s*({_day_pattern()})\b\.?"
)
_GROUP_PATTERNS = {code: _pattern(stems) for code, stems in _table(_GROUP_WORDS).items()}
_PART_PATTERNS = {code: _pattern(stems) for code, stems in _table(_PART_WORDS).items()}
