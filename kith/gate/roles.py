"""Roles as data: each with one sentence that says what the person does."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """The key of a role, as stored in a membership."""

    PLATFORM_ADMINISTRATOR = "platform_administrator"
    COORDINATOR = "coordinator"
    VOLUNTEER_MATCHER = "volunteer_matcher"
    SUPERVISOR = "supervisor"
    MENTOR = "mentor"
    GROUP_LEAD = "group_lead"
    INTERPRETER = "interpreter"
    PARTICIPANT = "participant"
    COMPANION = "companion"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    ASSESSOR = "assessor"
    SECOND_READER = "second_reader"
    PANEL_GUEST = "panel_guest"
    TRAINER = "trainer"
    LEARNER = "learner"
    PARTNER_CONTACT = "partner_contact"
    DATA_PROTECTION_LEAD = "data_protection_lead"


@dataclass(frozen=True)
class RoleText:
    """The name of a role and the one sentence about it; staff roles need a second factor."""

    name: str | Promise
    sentence: str | Promise
    staff: bool


ROLES: dict[Role, RoleText] = {
    Role.PLATFORM_ADMINISTRATOR: RoleText(
        _("Platform administrator"),
        _("Keeps the system running and invites staff; reads nothing about participants."),
        staff=True,
    ),
    Role.COORDINATOR: RoleText(
        _("Coordinator"),
        _("Runs the programme: people, consents, matches and the care for them."),
        staff=True,
    ),
    Role.VOLUNTEER_MATCHER: RoleText(
        _("Volunteer matcher"),
        _("Talks with both sides and proposes whom to bring together."),
        staff=True,
    ),
    Role.SUPERVISOR: RoleText(
        _("Supervisor"),
        _("Listens to mentors regularly and helps them with what is hard."),
        staff=True,
    ),
    Role.MENTOR: RoleText(
        _("Mentor"),
        _("Meets a participant, helps with everyday steps and notes the meetings."),
        staff=False,
    ),
    Role.GROUP_LEAD: RoleText(
        _("Group lead"),
        _("Keeps a welcome group together and shares out its tasks."),
        staff=False,
    ),
    Role.INTERPRETER: RoleText(
        _("Interpreter"),
        _("Makes two people understand each other and keeps what is said."),
        staff=False,
    ),
    Role.PARTICIPANT: RoleText(
        _("Participant"),
        _("Chooses own goals, meets the mentor, sees and decides about own data."),
        staff=False,
    ),
    Role.COMPANION: RoleText(
        _("Companion"),
        _("Someone the participant trusts and brings along."),
        staff=False,
    ),
    Role.SAFEGUARDING_LEAD: RoleText(
        _("Safeguarding lead"),
        _("Is called when somebody may be in danger and keeps the support papers."),
        staff=True,
    ),
    Role.ASSESSOR: RoleText(
        _("Assessor"),
        _("Fills the assessment sheet together with the person, after training."),
        staff=True,
    ),
    Role.SECOND_READER: RoleText(
        _("Second reader"),
        _("Reads an assessment sheet independently and notes agreement or dissent."),
        staff=True,
    ),
    Role.PANEL_GUEST: RoleText(
        _("Panel guest"),
        _("Takes part in one item of a support meeting, for a limited time."),
        staff=False,
    ),
    Role.TRAINER: RoleText(
        _("Trainer"),
        _("Gives courses and reads the work of learners."),
        staff=True,
    ),
    Role.LEARNER: RoleText(
        _("Learner"),
        _("Takes courses and holds certificates."),
        staff=False,
    ),
    Role.PARTNER_CONTACT: RoleText(
        _("Partner contact"),
        _("Asks for advice and receives referrals for another organisation."),
        staff=False,
    ),
    Role.DATA_PROTECTION_LEAD: RoleText(
        _("Data protection lead"),
        _("Watches over purposes, deadlines, requests and the record of who read what."),
        staff=True,
    ),
}

STAFF = frozenset(role for role, text in ROLES.items() if text.staff)
