"""What coordinators type: questions, talks, decisions, and the public page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.people.rules import labels
from kith.programmes.models import Programme
from kith.web.forms import (
    CardText,
    ChoiceCards,
    Choices,
    KithForm,
    ManyChoices,
    dress,
)
from kith.welcome.forms.fields import line_field, page_language, text_field
from kith.welcome.models import LEAST_AGE
from kith.welcome.rules.texts import DeclineReason, talk_guide

if TYPE_CHECKING:
    pass

NO_PROGRAMME = ""


class AskForm(KithForm):
    """A question to the person."""

    text = text_field(
        _("Your question"),
        required=True,
        help_text=_("The person reads it with the receipt code and answers there."),
    )


class InviteForm(KithForm):
    """The time and place of a talk."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    where = line_field(
        _("Where, or how"),
        help_text=_("Such as: in our office, by phone, by video with a link."),
    )
    text = text_field(_("A few words to it"), rows=2)

    def at(self) -> datetime:
        """The moment of the talk on the clock of this installation."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["on"], typed["time"]))


class NoteForm(KithForm):
    """A note between coordinators."""

    text = text_field(
        _("Note"),
        required=True,
        rows=3,
        help_text=_("Only coordinators see it here. The person may ask to read it."),
    )


class DeclineForm(KithForm):
    """A no, with its reason and a few words."""

    text = text_field(
        _("Your own words to it"),
        rows=3,
        help_text=_("They stand in the letter, after our sentences."),
    )

    def __init__(self, *args: Any, reasons: Iterable[DeclineReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        told = {one.key: CardText(help=one.letter.say(language)) for one in reasons}
        self.fields["reason"] = forms.ChoiceField(
            label=_now("Why not, and what the person is told"),
            choices=[(one.key, one.label.say(language)) for one in reasons],
            widget=ChoiceCards(told),
        )
        self.order_fields(("reason", "text"))
        dress(self.fields.values())


class _AcceptForm(KithForm):
    """A yes: with which record it goes on, and in which programme."""

    def __init__(
        self,
        *args: Any,
        programmes: Sequence[Programme],
        twins: Sequence[tuple[str, str]],
        programme_needed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if twins:
            self.fields["same"] = forms.ChoiceField(
                label=_now("Is this someone who is here already?"),
                choices=[("new", _now("No, a new person")), *twins],
                widget=Choices,
            )
        empty = [] if programme_needed else [(NO_PROGRAMME, _now("Not on a list yet"))]
        self.fields["programme"] = forms.ChoiceField(
            label=_now("Programme"),
            choices=[*[(str(one.pk), one.name) for one in programmes], *empty],
            widget=Choices,
            required=programme_needed,
        )
        self.order_fields(("same", "programme", *self.base_fields))
        dress(self.fields.values())

    text = text_field(
        _("A few words to the person"),
        rows=2,
        help_text=_("They read them with the receipt code."),
    )


class AcceptMentorForm(_AcceptForm):
    """A yes to a mentor."""

    interview_on = forms.DateField(
        label=_("The talk took place on"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Then it counts as the interview of the programme. Leave open if not."),
    )


class TalkForm(KithForm):
    """A welcome talk that was held."""

    on = forms.DateField(label=_("Day of the welcome talk"), widget=forms.DateInput)
    interpreter = line_field(
        _("Who interpreted"), required=False, help_text=_("Leave empty when nobody did.")
    )
    wishes = text_field(
        _("What the person wishes for, in their words"),
        help_text=_("The person may read this. Nothing about others."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        self.fields["language"] = forms.ChoiceField(
            label=_now("Language of the talk"), choices=labels.languages()
        )
        self.fields["explained"] = forms.MultipleChoiceField(
            label=_now("What was explained"),
            choices=[(one.key, one.title.say(language)) for one in talk_guide().explained],
            widget=ManyChoices,
            required=False,
        )
        self.order_fields(("on", "language", "interpreter", "explained", "wishes"))
        dress(self.fields.values())


class AcceptParticipantForm(_AcceptForm):
    """A yes to someone who would like a mentor."""


class FrontForm(KithForm):
    """The public address of the organisation."""

    slug = forms.SlugField(
        label=_("Address of your page"),
        max_length=40,
        help_text=_("Small letters, figures and dashes, such as your name or town."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    contact = line_field(
        _("Whom people can ask"),
        help_text=_("A telephone number or e-mail address of your office. Everyone can read it."),
    )
    is_open = forms.BooleanField(label=_("The page is open to everyone"), required=False)

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()


class DoorForm(KithForm):
    """For whom a programme is open on the public page."""

    for_mentors = forms.BooleanField(label=_("People can apply to be mentors here"), required=False)
    for_participants = forms.BooleanField(
        label=_("People can ask for a mentor here"), required=False
    )
    least_age = forms.IntegerField(
        label=_("Mentors are at least"), min_value=LEAST_AGE, max_value=99, initial=LEAST_AGE
    )
    slug = forms.SlugField(
        label=_("Address of this programme"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[f"words_{code}"] = text_field(
                _now("Your own words to mentors: %(language)s")
                % {"language": labels.language_name(code)},
                rows=3,
            )
        dress(self.fields.values())

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def words(self) -> dict[str, str]:
        """The organisation's own words by language."""
        return {code: self.cleaned_data[f"words_{code}"] for code, _name in settings.LANGUAGES}
