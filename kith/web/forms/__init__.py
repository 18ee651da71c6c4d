"""One accessible way to draw forms, and the few widgets that HTML does not have."""

from kith.web.forms.choices import CardText, ChoiceCards, Choices, ManyChoiceCards, ManyChoices
from kith.web.forms.dress import Dressed, ErrorLink, KithForm, Renderer, dress, error_links, refuse
from kith.web.forms.languages import LEVELS, LanguageLevel, LanguageLevels, LanguagesField
from kith.web.forms.money import CentsField
from kith.web.forms.signature import Signature, SignatureField, SignaturePad
from kith.web.forms.week import SLOTS, WeekField, WeekGrid, slot_label

__all__ = [
    "LEVELS",
    "SLOTS",
    "CardText",
    "CentsField",
    "ChoiceCards",
    "Choices",
    "Dressed",
    "ErrorLink",
    "KithForm",
    "LanguageLevel",
    "LanguageLevels",
    "LanguagesField",
    "ManyChoiceCards",
    "ManyChoices",
    "Renderer",
    "Signature",
    "SignatureField",
    "SignaturePad",
    "WeekField",
    "WeekGrid",
    "dress",
    "error_links",
    "refuse",
    "slot_label",
]
