"""The shape of what people type at the door and at the desk."""

from kith.welcome.forms.desk import (
    AcceptMentorForm,
    AcceptParticipantForm,
    AskForm,
    DeclineForm,
    DoorForm,
    FrontForm,
    InviteForm,
    NoteForm,
    TalkForm,
)
from kith.welcome.forms.door import (
    AnswerForm,
    BreakForm,
    CodeForm,
    HelperForm,
    MentorForm,
    OrganisationForm,
    PartnerForm,
    RequestForm,
    TalkAnswerForm,
)

__all__ = [
    "AcceptMentorForm",
    "AcceptParticipantForm",
    "AnswerForm",
    "AskForm",
    "BreakForm",
    "CodeForm",
    "DeclineForm",
    "DoorForm",
    "FrontForm",
    "HelperForm",
    "InviteForm",
    "MentorForm",
    "NoteForm",
    "OrganisationForm",
    "PartnerForm",
    "RequestForm",
    "TalkAnswerForm",
    "TalkForm",
]
