"""Every write of joint activities, one function for each act."""

from kith.activities.commands.coming import (
    ActivityIsOff,
    ActivityIsOver,
    NotInProgramme,
    TooManyGuests,
    say_no,
    sign_up,
)
from kith.activities.commands.forget import forget_answers, let_go_of_person
from kith.activities.commands.noting import NotYetTime, note_who_came
from kith.activities.commands.pictures import (
    NobodyNamed,
    PictureNotAllowed,
    add_picture,
    remove_picture,
    remove_pictures_of,
)
from kith.activities.commands.planning import (
    FewerPlacesThanTaken,
    PlannedInThePast,
    PlannedTooFar,
    call_off,
    change_activity,
    end_series,
    make_days,
    plan_activity,
)

__all__ = [
    "ActivityIsOff",
    "ActivityIsOver",
    "FewerPlacesThanTaken",
    "NobodyNamed",
    "NotInProgramme",
    "NotYetTime",
    "PictureNotAllowed",
    "PlannedInThePast",
    "PlannedTooFar",
    "TooManyGuests",
    "add_picture",
    "call_off",
    "change_activity",
    "end_series",
    "forget_answers",
    "let_go_of_person",
    "make_days",
    "note_who_came",
    "plan_activity",
    "remove_picture",
    "remove_pictures_of",
    "say_no",
    "sign_up",
]
