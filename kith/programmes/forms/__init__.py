"""Forms of programmes: settings, one file for each part, and places."""

from kith.programmes.forms.about import AboutForm
from kith.programmes.forms.before import BeforeForm
from kith.programmes.forms.care import CareForm
from kith.programmes.forms.ending import EndingForm
from kith.programmes.forms.focus import FocusForm
from kith.programmes.forms.parts import NameForm, PartForm
from kith.programmes.forms.places import EnrolForm, EnrolManyForm, PauseForm, ReasonsForm
from kith.programmes.forms.weeks import WeeksForm
from kith.programmes.rules.settings import Part

PART_FORMS: dict[Part, type[PartForm]] = {
    Part.ABOUT: AboutForm,
    Part.WEEKS: WeeksForm,
    Part.FOCUS: FocusForm,
    Part.BEFORE: BeforeForm,
    Part.CARE: CareForm,
    Part.ENDING: EndingForm,
}

__all__ = [
    "PART_FORMS",
    "EnrolForm",
    "EnrolManyForm",
    "NameForm",
    "PartForm",
    "PauseForm",
    "ReasonsForm",
]
