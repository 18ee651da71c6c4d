"""The codes of this room in words for people."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from babel import Locale
from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext_lazy as _

from kith.methods.names.romanize import romanize, words
from kith.people.rules import CheckKind, Gender, GenderWish

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words = Mapping[str, "StrOrPromise"]

NEEDS: Words = {
    "language": _("learning the language"),
    "work": _("finding work"),
    "money": _("money and budget"),
    "recognition": _("recognition of qualifications"),
    "learning": _("courses and studies"),
    "school": _("school and childcare"),
    "housing": _("housing"),
    "health": _("health and doctors"),
    "social": _("friends and free time"),
    "family": _("family life"),
    "offices": _("offices and papers"),
    "digital": _("phone and computer"),
    "belonging": _("feeling safe, taking part"),
}
INTERESTS: Words = {
    "sport": _("sport"),
    "walking": _("walking"),
    "cooking": _("cooking"),
    "music": _("music"),
    "singing": _("singing"),
    "films": _("films"),
    "reading": _("reading"),
    "crafts": _("crafts"),
    "gardening": _("gardening"),
    "games": _("games"),
    "travel": _("travel"),
    "nature": _("nature"),
    "computers": _("computers"),
    "photos": _("taking photos"),
    "theatre": _("theatre"),
    "repairs": _("making and repairing things"),
}
LEVELS: Mapping[int, "StrOrPromise"] = {
    1: _("a few words"),
    2: _("simple talk"),
    3: _("everyday talk"),
    4: _("almost everything"),
    5: _("like a first language"),
}
CHANNELS: Words = {
    "phone": _("phone call"),
    "sms": _("text message"),
    "whatsapp": "WhatsApp",
    "signal": "Signal",
    "telegram": "Telegram",
    "viber": "Viber",
    "messenger": "Messenger",
    "email": _("e-mail"),
    "letter": _("letter"),
    "in_person": _("in person"),
}
CHECKS: Words = {
    CheckKind.IDENTITY: _("identity"),
    CheckKind.REFERENCES: _("references"),
    CheckKind.RECORD_CHECK: _("record check"),
    CheckKind.INTERVIEW: _("interview"),
    CheckKind.CODE_OF_CONDUCT: _("code of conduct"),
    CheckKind.TRAINING: _("training"),
    CheckKind.CHILD_WORK_CHECK: _("check for work with children"),
    CheckKind.CONFLICT_OF_INTEREST: _("conflict of interest"),
    CheckKind.MONEY_RULES: _("money rules"),
}
GENDER_WISHES: Words = {
    GenderWish.NONE: _("No wish"),
    GenderWish.WOMAN: _("A woman"),
    GenderWish.MAN: _("A man"),
}
GENDERS: Words = {
    Gender.UNSAID: _("Rather not say"),
    Gender.WOMAN: _("Woman"),
    Gender.MAN: _("Man"),
    Gender.OTHER: _("Another word"),
}
AGE_BANDS: Words = {
    "18-24": _("18 to 24"),
    "25-34": _("25 to 34"),
    "35-44": _("35 to 44"),
    "45-54": _("45 to 54"),
    "55-64": _("55 to 64"),
    "65+": _("65 or older"),
}
CHILD_BANDS: Words = {
    "0-2": _("0 to 2 years"),
    "3-6": _("3 to 6 years"),
    "7-12": _("7 to 12 years"),
    "13-17": _("13 to 17 years"),
    "": _("age not said"),
}
GROUP_ROLES: Words = {
    "housing": _("housing"),
    "money": _("money"),
    "health": _("health"),
    "school": _("school"),
    "transport": _("transport"),
    "welcome": _("welcome and company"),
    "language": _("language"),
}

# Offered first-language or not: what newcomers and mentors in Europe, Canada and Australia speak.
LANGUAGE_CODES = (
    "am", "ar", "az", "be", "bg", "bn", "bs", "ce", "ckb", "cs", "de", "el", "en", "es", "et",
    "fa", "fi", "fr", "hi", "hr", "hu", "hy", "it", "ja", "ka", "kk", "ko", "ku", "ky", "ln",
    "lt", "lv", "mk", "ml", "mn", "ne", "nl", "no", "om", "pa", "pl", "prs", "ps", "pt", "ro",
    "ru", "rw", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk",
    "tl", "tr", "uk", "ur", "uz", "vi", "wo", "yo", "zh",
)  # fmt: skip
# Babel knows these under longer codes only.
_BABEL_CODES = {"prs": "fa_AF"}


def language_name(code: str) -> str:
    """A language in the language of the page."""
    locale = Locale.parse((get_language() or "en").replace("-", "_"))
    name = locale.languages.get(_BABEL_CODES.get(code, code)) or locale.languages.get(code)
    return str(name or code)


def languages() -> list[tuple[str, str]]:
    """All languages that can be chosen, by name."""
    return sorted(((code, language_name(code)) for code in LANGUAGE_CODES), key=_by_name)


def _by_name(pair: tuple[str, str]) -> str:
    return by_name(pair[1])


def by_name(name: str) -> str:
    """What names are sorted by: Latin letters without accents, whatever script they are in."""
    return " ".join(romanize(word) for word in words(name))


def in_words(codes: Iterable[str], words: Words) -> list[str]:
    """Codes as words, in the order of the list of words; unknown codes stay as they are."""
    known = set(codes)
    unknown = sorted(code for code in known if code not in words)
    return [*[str(words[code]) for code in words if code in known], *unknown]


def children_in_words(children: Iterable[tuple[str, int]]) -> list[str]:
    """ "2 children, 3 to 6 years" for each age band."""
    return [
        npgettext("family", "%(count)d child, %(age)s", "%(count)d children, %(age)s", count)
        % {"count": count, "age": CHILD_BANDS[band]}
        for band, count in children
    ]


TARGETS: Words = {
    "name": _("Full name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "languages": _("Languages"),
    "needs": _("What would help"),
    "help_topics": _("Can help with"),
    "availability": _("When meetings suit"),
    "place": _("District or town"),
    "online": _("Online meetings"),
    "waiting_since": _("Waiting since"),
    "birth_year": _("Year of birth (kept as an age group only)"),
    "age_band": _("Age"),
    "gender_wish": _("Wish about the mentor"),
    "gender": _("Gender, in own word"),
    "contact_channel": _("Best way to reach"),
    "safe_to_write": _("Safe to write"),
    "children": _("Children (number and age)"),
    "capacity": _("How many people at a time"),
    "trained_until": _("Training holds until"),
    "record_check_until": _("Record check holds until"),
    "note": _("Note"),
}
# The four kinds of knowing in a note, in the order they are asked and shown.
NOTE_PARTS: Words = {
    "observed": _("Seen or heard"),
    "told_by_person": _("Told by the person"),
    "told_by_others": _("Told by others"),
    "interpretation": _("What the writer thinks of it"),
}
CHOICES: Words = {
    "new": _("a new person"),
    "same": _("the same person: fill in what is empty"),
    "known": _("already in Kith, stays as it is"),
    "leave": _("leave out"),
}
IMPORT_STATES: Words = {
    "uploaded": _("columns to look at"),
    "checking": _("being read"),
    "checked": _("waits for your yes"),
    "storing": _("going in"),
    "stopped": _("stopped half-way"),
    "stored": _("brought in"),
    "undoing": _("being taken back"),
    "undone": _("taken back"),
}
TWIN_REASONS: Words = {
    "same_row": _("This very row came in before."),
    "same_phone": _("Same name and phone number."),
    "same_email": _("Same name and e-mail address."),
    "same_name": _("Same name; phone or e-mail differ or are missing."),
    "similar_same_contact": _("A name much like this one, with the same phone or e-mail."),
    "similar_name": _("A name much like this one."),
}
