"""Every type of the XLSForm standard: what it becomes here, or why it is refused."""

import re
from dataclasses import dataclass

from pyxform import aliases, constants

from kith.methods.instruments.schema import Kind

TRACKS_PLACE = "Kith does not record where somebody is."
TRACKS_DEVICE = "It would tell apart whose device or account the answers came from."
TRACKS_TIME = "It would record when and how long somebody works on the answers."
NEEDS_CONSENT = "Pictures, sound and files of people need a consent of their own."
OUTSIDE = "All that a questionnaire needs must lie in its own file."
SCANNER = "Kith reads no codes from cards."
CONTACT = "Kith keeps how to reach somebody in one place only, the person's own record."
NO_LIST = "It names no list of choices."
LOOP = "Write the questions out, or use a repeat."

SUPPORTED: dict[Kind, str] = {
    Kind.TEXT: "text; string; q string; add text prompt; phone number",
    Kind.INTEGER: "integer; int; q int; add integer prompt; percentage;"
    " number of days in last month; number of days in last six months;"
    " number of days in last year",
    Kind.DECIMAL: "decimal; q decimal; add decimal prompt",
    Kind.RANGE: "range",
    Kind.DATE: "date; q date; add date prompt",
    Kind.TIME: "time",
    Kind.DATETIME: "dateTime; datetime; date time; q dateTime; q date time; add dateTime prompt;"
    " add date time prompt",
    Kind.NOTE: "note; q note; add note prompt",
    Kind.ACKNOWLEDGE: "acknowledge; trigger; q acknowledge; add acknowledge prompt",
    Kind.CALCULATE: "calculate; q calculate; add calculate prompt; today; get today",
    Kind.HIDDEN: "hidden",
}
LEFT_OUT: dict[str, str] = {
    "deviceid; device id; get device id; imei; simserial; sim id; get sim id; subscriberid;"
    " subscriber id; get subscriber id; username; uri:username; uri:deviceid; uri:simserial;"
    " uri:subscriberid": TRACKS_DEVICE,
    "phonenumber; get phone number; uri:phonenumber; email; uri:email": CONTACT,
    "start; start time; get start time; end; end time; get end time; audit": TRACKS_TIME,
    "start-geopoint": TRACKS_PLACE,
    "background-audio": NEEDS_CONSENT,
}
"""Rows that nobody answers: what other programs record behind the page. Kith goes on without."""
REFUSED: dict[str, str] = {
    "geopoint; geotrace; geoshape; location; gps; q geopoint; q geotrace; q geoshape; q location;"
    " add location prompt; background-geopoint; osm": TRACKS_PLACE,
    "image; photo; audio; video; file; q picture; q image; q audio; q video;"
    " add image prompt; add photo prompt; add audio prompt; add video prompt;"
    " add file prompt": NEEDS_CONSENT,
    "xml-external; csv-external": OUTSIDE,
    "barcode; q barcode; add barcode prompt": SCANNER,
    "select one; select_one; select1; select_multiple; select all that apply;"
    " select all that apply from; select one from; select multiple from; select one using;"
    " select multiple using; q select; q select1; rank; add select one prompt using;"
    " add select multiple prompt using; select one external": NO_LIST,
}
OLD_LIMITS = {
    "percentage": "0 <= . and . <= 100",
    "number of days in last month": "0 <= . and . <= 31",
    "number of days in last six months": "0 <= . and . <= 183",
    "number of days in last year": "0 <= . and . <= 365",
    "phone number": r"regex(., '^\d*$')",
}
"""Types that bring a constraint of their own."""
TODAY = frozenset({"today", "get today"})
ON_FIRST_DAY = "once(today())"

CHOOSING = {
    constants.SELECT_ONE: Kind.SELECT_ONE,
    constants.SELECT_ALL_THAT_APPLY: Kind.SELECT_MULTIPLE,
    constants.RANK: Kind.RANK,
}
_SELECT = re.compile(
    r"(?P<command>" + "|".join(sorted(aliases.select, key=len, reverse=True)) + r")\s+"
    r"(?P<list>\S+)(?P<other>\s+(?:or specify other|or_other|or other))?"
)
_BEGIN_END = re.compile(
    r"(?P<side>begin|end)[_ ](?P<kind>"
    + "|".join(aliases.control)
    + r")(?:\s+(?:over\s+)?(?P<list>\S+))?"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the type of a row says."""

    kind: Kind | None = None
    refused: str = ""
    left_out: str = ""
    side: str = ""
    """begin or end, of a group or repeat"""
    choices: str = ""
    or_other: bool = False
    constraint: str = ""
    calculate: str = ""

    @property
    def known(self) -> bool:
        return self.kind is not None or bool(self.refused or self.left_out)


def meaning_of(written: str) -> Meaning:
    """What a type means; unknown ones mean nothing."""
    name = " ".join(written.split())
    if name in _KINDS:
        kind = _KINDS[name]
        calculate = ON_FIRST_DAY if name in TODAY else ""
        return Meaning(kind, constraint=OLD_LIMITS.get(name, ""), calculate=calculate)
    if name in _REASONS:
        return Meaning(refused=_REASONS[name])
    if name in _RECORDED:
        return Meaning(left_out=_RECORDED[name])
    if found := _BEGIN_END.fullmatch(name):
        return _frame(found)
    if found := _SELECT.fullmatch(name):
        return _choosing(found)
    return Meaning(refused=TRACKS_PLACE) if name.startswith("osm ") else Meaning()


def _frame(found: re.Match[str]) -> Meaning:
    control = aliases.control[found["kind"]]
    if control == constants.LOOP:
        return Meaning(refused=LOOP)
    kind = Kind.REPEAT if control == constants.REPEAT else Kind.GROUP
    return Meaning(kind, side=found["side"])


def _choosing(found: re.Match[str]) -> Meaning:
    command = found["command"]
    if command in aliases.select_from_file or command == "select_one_external":
        return Meaning(refused=OUTSIDE)
    kind = CHOOSING[aliases.select[command]]
    return Meaning(kind, choices=found["list"], or_other=bool(found["other"]))


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(";")]


_KINDS = {name: kind for kind, text in SUPPORTED.items() for name in _names(text)}
_RECORDED = {name: why for text, why in LEFT_OUT.items() for name in _names(text)}
_REASONS = {name: why for text, why in REFUSED.items() for name in _names(text)}
