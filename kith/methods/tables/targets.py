"""What a column of a list may become. The values that come out are in README.md."""

from enum import StrEnum


class Kind(StrEnum):
    PARTICIPANTS = "participants"
    MENTORS = "mentors"


class Target(StrEnum):
    """A field of a person that a column may fill."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGES = "languages"
    NEEDS = "needs"
    HELP_TOPICS = "help_topics"
    AVAILABILITY = "availability"
    PLACE = "place"
    ONLINE = "online"
    WAITING_SINCE = "waiting_since"
    BIRTH_YEAR = "birth_year"
    AGE_BAND = "age_band"
    GENDER_WISH = "gender_wish"
    GENDER = "gender"
    CONTACT_CHANNEL = "contact_channel"
    SAFE_TO_WRITE = "safe_to_write"
    CHILDREN = "children"
    CAPACITY = "capacity"
    TRAINED_UNTIL = "trained_until"
    RECORD_CHECK_UNTIL = "record_check_until"
    NOTE = "note"


class LeaveOut(StrEnum):
    """Why a column is not taken. FORBIDDEN holds whatever a mapping says."""

    FORBIDDEN = "forbidden"
    IDENTITY_NUMBER = "identity_number"
    RUNNING_NUMBER = "running_number"
    UNKNOWN = "unknown"
    BY_HAND = "by_hand"
    EMPTY = "empty"


_BOTH = (
    Target.NAME,
    Target.FIRST_NAME,
    Target.LAST_NAME,
    Target.PHONE,
    Target.EMAIL,
    Target.LANGUAGES,
    Target.AVAILABILITY,
    Target.PLACE,
    Target.ONLINE,
    Target.CONTACT_CHANNEL,
    Target.NOTE,
)

TARGETS: dict[Kind, tuple[Target, ...]] = {
    Kind.PARTICIPANTS: (
        *_BOTH,
        Target.NEEDS,
        Target.WAITING_SINCE,
        Target.BIRTH_YEAR,
        Target.AGE_BAND,
        Target.GENDER_WISH,
        Target.SAFE_TO_WRITE,
        Target.CHILDREN,
    ),
    Kind.MENTORS: (
        *_BOTH,
        Target.HELP_TOPICS,
        Target.CAPACITY,
        Target.TRAINED_UNTIL,
        Target.RECORD_CHECK_UNTIL,
        Target.GENDER,
    ),
}

NAMES = frozenset({Target.NAME, Target.FIRST_NAME, Target.LAST_NAME})
LISTS = frozenset({Target.LANGUAGES, Target.NEEDS, Target.HELP_TOPICS, Target.AVAILABILITY})

AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
CHILD_BANDS = ("0-2", "3-6", "7-12", "13-17")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "eve")  # 8-12, 12-17, 17-21
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
GENDER_WISHES = ("any", "woman", "woman_only", "man", "man_only")
GENDERS = ("woman", "man", "other")
CHANNELS = (
    "phone",
    "sms",
    "whatsapp",
    "signal",
    "telegram",
    "viber",
    "messenger",
    "email",
    "letter",
    "in_person",
)
