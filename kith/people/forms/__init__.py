"""The shape of what is typed on the pages of this room."""

from kith.people.forms.imports import (
    ColumnsForm,
    ConfirmForm,
    CorrectForm,
    SheetForm,
    TwinForm,
    UploadForm,
    WordsForm,
)
from kith.people.forms.notes import NoteForm
from kith.people.forms.others import CheckForm, EraseForm, FamilyForm, GroupForm, GroupRoleForm
from kith.people.forms.sections import (
    ContactForm,
    HopesForm,
    LanguagesForm,
    NameForm,
    NewMentorForm,
    NewParticipantForm,
    OfferForm,
    PauseForm,
    PlaceForm,
    TimesForm,
)

__all__ = [
    "CheckForm",
    "ColumnsForm",
    "ConfirmForm",
    "ContactForm",
    "CorrectForm",
    "EraseForm",
    "FamilyForm",
    "GroupForm",
    "GroupRoleForm",
    "HopesForm",
    "LanguagesForm",
    "NameForm",
    "NewMentorForm",
    "NewParticipantForm",
    "NoteForm",
    "OfferForm",
    "PauseForm",
    "PlaceForm",
    "SheetForm",
    "TimesForm",
    "TwinForm",
    "UploadForm",
    "WordsForm",
]
