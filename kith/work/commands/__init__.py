"""Every write of this room: one function for each act."""

from kith.work.commands.applications import (
    ApplicationMovedOn,
    Wanted,
    add_application,
    add_interview,
    change_application,
    move_application,
    remove_application,
    remove_interview,
)
from kith.work.commands.cv import InOwnWords, remove_cv, write_cv
from kith.work.commands.forget import let_go_of_person, remove_applications
from kith.work.commands.qualifications import (
    Learned,
    NextStepMissing,
    Outcome,
    RecognitionMovedOn,
    add_qualification,
    change_qualification,
    move_qualification,
    plan_step,
    remove_qualification,
)
from kith.work.commands.shared import ConsentMissing, ListIsFull, NotOfThisPerson
from kith.work.commands.sharing import show_to_mentor
from kith.work.commands.workplaces import Done, add_job, change_job, remove_job

__all__ = [
    "ApplicationMovedOn",
    "ConsentMissing",
    "Done",
    "InOwnWords",
    "Learned",
    "ListIsFull",
    "NextStepMissing",
    "NotOfThisPerson",
    "Outcome",
    "RecognitionMovedOn",
    "Wanted",
    "add_application",
    "add_interview",
    "add_job",
    "add_qualification",
    "change_application",
    "change_job",
    "change_qualification",
    "let_go_of_person",
    "move_application",
    "move_qualification",
    "plan_step",
    "remove_application",
    "remove_applications",
    "remove_cv",
    "remove_interview",
    "remove_job",
    "remove_qualification",
    "show_to_mentor",
    "write_cv",
]
