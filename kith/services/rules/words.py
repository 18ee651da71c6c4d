"""What pages say: states, reasons, hours and faults in words."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.dates import get_day_names
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.people.rules.labels import language_name
from kith.progress.rules import all_domains, domain
from kith.services.rules.bringing import EntryState, ImportState
from kith.services.rules.facts import Facts, ServiceState
from kith.services.rules.faults import Fault, FileFault, Unreadable, Wrong
from kith.services.rules.hours import Opening, clock
from kith.services.rules.states import (
    Helped,
    Passed,
    Reason,
    ReferralState,
    Way,
    WrongEntry,
)
from kith.web.words import comma_list, isolated, locale, near

Words = str | Promise

SERVICE_STATES: dict[ServiceState, Words] = {
    ServiceState.OPEN: gettext_lazy("Open"),
    ServiceState.PAUSED: gettext_lazy("Paused for now"),
    ServiceState.CLOSED: gettext_lazy("Closed for good"),
}
REFERRAL_STATES: dict[ReferralState, Words] = {
    ReferralState.OFFERED: gettext_lazy("Offered, no answer yet"),
    ReferralState.ACCEPTED: gettext_lazy("Wanted, not passed on yet"),
    ReferralState.DECLINED: gettext_lazy("Not wanted"),
    ReferralState.SENT: gettext_lazy("Sent, waiting for the service"),
    ReferralState.WAITING: gettext_lazy("On the waiting list"),
    ReferralState.TAKEN_ON: gettext_lazy("Taken on"),
    ReferralState.FULL: gettext_lazy("No room"),
    ReferralState.NOT_SUITABLE: gettext_lazy("Does not suit"),
    ReferralState.DONE: gettext_lazy("Done"),
    ReferralState.WITHDRAWN: gettext_lazy("Taken back"),
}
# The same for the person themself: what happened, and what comes next.
OWN_STATES: dict[ReferralState, Words] = {
    ReferralState.OFFERED: gettext_lazy("We think this place could help. You decide."),
    ReferralState.ACCEPTED: gettext_lazy("You said yes. Your coordinator talks with you first."),
    ReferralState.DECLINED: gettext_lazy("You said no. That is fine."),
    ReferralState.SENT: gettext_lazy("They know about you. We wait for their answer."),
    ReferralState.WAITING: gettext_lazy("You are on their waiting list."),
    ReferralState.TAKEN_ON: gettext_lazy("They have a place for you."),
    ReferralState.FULL: gettext_lazy("They have no room now. We look for another place with you."),
    ReferralState.NOT_SUITABLE: gettext_lazy("It does not suit. We look for another place."),
    ReferralState.DONE: gettext_lazy("This is done."),
    ReferralState.WITHDRAWN: gettext_lazy("You took it back. Nothing more is passed on."),
}
STEPS: dict[ReferralState, Words] = {
    ReferralState.OFFERED: gettext_lazy("Offered to the person"),
    ReferralState.ACCEPTED: gettext_lazy("The person said yes"),
    ReferralState.DECLINED: gettext_lazy("The person said no"),
    ReferralState.SENT: gettext_lazy("The service was told"),
    ReferralState.WAITING: gettext_lazy("The service has a waiting list"),
    ReferralState.TAKEN_ON: gettext_lazy("The service took the person on"),
    ReferralState.FULL: gettext_lazy("The service has no room"),
    ReferralState.NOT_SUITABLE: gettext_lazy("It does not suit"),
    ReferralState.DONE: gettext_lazy("Help was given"),
    ReferralState.WITHDRAWN: gettext_lazy("The person took it back"),
}
# The same in the history that the person reads.
OWN_STEPS: dict[ReferralState, Words] = {
    ReferralState.OFFERED: gettext_lazy("Offered to you"),
    ReferralState.ACCEPTED: gettext_lazy("You said yes"),
    ReferralState.DECLINED: gettext_lazy("You said no"),
    ReferralState.SENT: gettext_lazy("They know about you"),
    ReferralState.WAITING: gettext_lazy("They have a waiting list, and you are on it"),
    ReferralState.TAKEN_ON: gettext_lazy("They have a place for you"),
    ReferralState.FULL: gettext_lazy("They have no room"),
    ReferralState.NOT_SUITABLE: gettext_lazy("It does not suit"),
    ReferralState.DONE: gettext_lazy("Help was given"),
    ReferralState.WITHDRAWN: gettext_lazy("You took it back"),
}
ICONS = {
    ReferralState.OFFERED: "hand",
    ReferralState.ACCEPTED: "check",
    ReferralState.SENT: "share",
    ReferralState.WAITING: "clock",
    ReferralState.TAKEN_ON: "people",
    ReferralState.DONE: "star",
}
WAYS: dict[Way, tuple[Words, Words]] = {
    Way.TOGETHER: (
        gettext_lazy("We went there together"),
        gettext_lazy("The person spoke for themself; nothing was passed on."),
    ),
    Way.OWN: (
        gettext_lazy("The person got in touch alone"),
        gettext_lazy("Nothing was passed on."),
    ),
    Way.PHONE: (gettext_lazy("By phone"), gettext_lazy("Needs a yes to sharing.")),
    Way.EMAIL: (gettext_lazy("By e-mail"), gettext_lazy("Needs a yes to sharing.")),
    Way.LETTER: (gettext_lazy("By letter"), gettext_lazy("Needs a yes to sharing.")),
    Way.IN_PERSON: (
        gettext_lazy("In a talk, without the person"),
        gettext_lazy("Needs a yes to sharing."),
    ),
}
PASSED: dict[Passed, Words] = {
    Passed.NAME: gettext_lazy("Name"),
    Passed.PHONE: gettext_lazy("Phone number"),
    Passed.EMAIL: gettext_lazy("E-mail address"),
    Passed.LANGUAGE: gettext_lazy("Language"),
    Passed.TIMES: gettext_lazy("Times that suit"),
    Passed.NEED: gettext_lazy("What help is wished for"),
}
REASONS: dict[Reason, Words] = {
    Reason.NOT_FOR_THIS_NEED: gettext_lazy("They help with something else"),
    Reason.CONDITIONS: gettext_lazy("Their conditions do not fit"),
    Reason.TOO_FAR: gettext_lazy("Too far away"),
    Reason.HOURS: gettext_lazy("The hours do not fit"),
    Reason.LANGUAGE: gettext_lazy("No common language"),
    Reason.COST: gettext_lazy("It costs too much"),
    Reason.OTHER: gettext_lazy("Something else"),
}
HELPED: dict[Helped, Words] = {
    Helped.YES: gettext_lazy("Yes"),
    Helped.PARTLY: gettext_lazy("Partly"),
    Helped.NO: gettext_lazy("No"),
}
WRONG_ENTRIES: dict[WrongEntry, Words] = {
    WrongEntry.CLOSED: gettext_lazy("It is closed or no longer there"),
    WrongEntry.MOVED: gettext_lazy("The address is wrong"),
    WrongEntry.CONTACT: gettext_lazy("The phone number or e-mail is wrong"),
    WrongEntry.HOURS: gettext_lazy("The opening hours are wrong"),
    WrongEntry.OTHER: gettext_lazy("Something else"),
}
IMPORT_STATES: dict[ImportState, Words] = {
    ImportState.CHECKED: gettext_lazy("Waits for your yes"),
    ImportState.STORING: gettext_lazy("Being stored"),
    ImportState.STORED: gettext_lazy("Stored"),
    ImportState.UNDOING: gettext_lazy("Being taken back"),
    ImportState.UNDONE: gettext_lazy("Taken back"),
}
ENTRY_STATES: dict[EntryState, Words] = {
    EntryState.NEW: gettext_lazy("New"),
    EntryState.CHANGED: gettext_lazy("Changed"),
    EntryState.SAME: gettext_lazy("The same as before"),
    EntryState.UNREADABLE: gettext_lazy("Cannot go in"),
    EntryState.STAYED: gettext_lazy("Stayed: changed or used since"),
}
FAULTS: dict[Fault, Words] = {
    Fault.NOT_AN_OBJECT: gettext_lazy("This is no entry of a service."),
    Fault.NO_ID: gettext_lazy("It has no key (id)."),
    Fault.NO_NAME: gettext_lazy("It has no name."),
    Fault.STATUS: gettext_lazy(
        "Its status is none of: active, inactive, defunct, temporarily closed."
    ),
    Fault.TWICE: gettext_lazy("Its key stands earlier in the file."),
    Fault.NO_NUMBER: gettext_lazy("There is no number in %(field)s."),
    Fault.WRONG_SHAPE: gettext_lazy("%(field)s is written in another way than the standard says."),
    Fault.SIGNS: gettext_lazy("It holds signs that are no text."),
    Fault.TOO_LONG: gettext_lazy("%(field)s is too long."),
    Fault.NO_ORGANIZATION: gettext_lazy("It names no organisation."),
}
FILE_FAULTS: dict[FileFault, Words] = {
    FileFault.EMPTY: gettext_lazy("The file is empty."),
    FileFault.KIND: gettext_lazy(
        "This is neither JSON nor a package of CSV files (.zip) in the HSDS format."
    ),
    FileFault.ENCODING: gettext_lazy("The text is not written in UTF-8. Save it as UTF-8."),
    FileFault.JSON: gettext_lazy("The JSON is damaged: it cannot be read to its end."),
    FileFault.TOO_DEEP: gettext_lazy("The file is nested too deeply to be a directory."),
    FileFault.NO_SERVICES: gettext_lazy("There is no service in this file."),
    FileFault.ZIP: gettext_lazy("The package is damaged: it cannot be unpacked."),
    FileFault.LOCKED: gettext_lazy("The package is locked with a password."),
    FileFault.PATH: gettext_lazy("A file of the package points outside it. It was not opened."),
    FileFault.BOMB: gettext_lazy("The package would unfold to far more than a directory holds."),
    FileFault.TOO_MANY_FILES: gettext_lazy("The package holds too many files."),
    FileFault.CSV: gettext_lazy("A table of the package is damaged."),
}


def file_fault_words(fault: Unreadable) -> str:
    """Why a file cannot be taken, with the part of it that is at fault."""
    said = str(FILE_FAULTS[fault.fault])
    if not fault.part:
        return said
    return _("%(sentence)s Look at: %(part)s") % {"sentence": said, "part": isolated(fault.part)}


def wrong_words(wrong: Wrong) -> str:
    """Why an entry cannot go in."""
    return str(FAULTS[wrong.fault]) % {"field": isolated(wrong.field)}


def place_words(place: str) -> str:
    """Where an entry stands in its file: "services.csv, line 12"."""
    file, _colon, line = place.partition(":")
    if line:
        return _("%(file)s, line %(line)s") % {"file": isolated(file), "line": line}
    return isolated(place)


def need_name(need: str) -> str:
    """A need in the language of the page."""
    return domain(need).short_name.say(get_language() or "en")


def needs_to_choose() -> list[tuple[str, str]]:
    """All needs with their names."""
    return [(one.key, one.short_name.say(get_language() or "en")) for one in all_domains()]


def need_icon(need: str) -> str:
    return domain(need).pictogram.key


def language_words(codes: Iterable[str]) -> str:
    """Languages of a service in one line."""
    return comma_list([language_name(code) for code in codes])


def cost_words(facts: Facts) -> str:
    """What it costs, in words; empty when the entry does not say."""
    if facts.is_free:
        return _("Free of charge")
    return facts.cost or (_("Costs something") if facts.is_free is False else "")


def hours_words(openings: Sequence[Opening], today: date) -> list[tuple[str, str]]:
    """Days and hours in words, days with the same hours together; what is over is left out."""
    by_day: dict[int, list[str]] = {}
    for one in openings:
        if one.to_on is None or one.to_on >= today:
            by_day.setdefault(one.weekday, []).append(_span(one))
    groups: list[tuple[list[int], str]] = []
    for weekday, spans in sorted(by_day.items()):
        said = comma_list(list(dict.fromkeys(spans)))
        if groups and groups[-1][1] == said and groups[-1][0][-1] == weekday - 1:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], said))
    return [(_days(days), said) for days, said in groups]


def _span(one: Opening) -> str:
    # An hour reads from left to right in every script.
    return isolated(f"{clock(one.opens)}\u2013{clock(one.closes)}")


def _days(days: Sequence[int]) -> str:
    names = get_day_names("wide", locale=locale(), context="stand-alone")
    first, last = str(names[days[0]]), str(names[days[-1]])
    first = first[:1].upper() + first[1:]
    if len(days) == 1:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def open_words(openings: Sequence[Opening], now_open: bool) -> str:  # noqa: FBT001 - said, not switched
    """Whether it is open at this moment; nothing when no hours are known."""
    if not openings:
        return ""
    return _("Open now") if now_open else _("Closed now")


def checked_words(facts: Facts, today: date) -> str:
    """When somebody last looked whether the entry is right."""
    if facts.checked_on is None:
        return _("Nobody has noted when this was checked. Call first.")
    return _("Checked %(when)s.") % {"when": near(facts.checked_on, today)}


def passed_words(passed: Iterable[str]) -> str:
    """What was passed on, in one line."""
    return comma_list([PASSED[Passed(one)] for one in passed])


def reason_words(reason: str) -> str:
    """Why a service does not suit."""
    return str(REASONS[Reason(reason)])
