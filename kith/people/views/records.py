"""A person's record, and its sections one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import Permission, allows, has
from kith.people import commands, forms, queries
from kith.people.models import Person
from kith.people.permissions import (
    CONTACT,
    EDIT_PERSON,
    EDIT_WISHES,
    ERASE_PERSON,
    HOPES,
    LANGUAGES,
    NAME,
    OFFER,
    PLACE,
    RECORD_CHECK,
    SEE_LIST,
    TIMES,
    WRITE_NOTES,
)
from kith.people.queries.notes import NEWEST_SHOWN
from kith.people.rules import Side, labels
from kith.people.views import shown
from kith.people.views.access import sign_in_links
from kith.people.views.shared import person_or_404
from kith.web.acts import actor_of, done, typed
from kith.web.words import Text, comma_list, near

Save = Callable[[Actor, Person, dict[str, Any], datetime], object]


@dataclass(frozen=True)
class Section:
    """One section of a record that can be changed on its own page."""

    title: Text
    needed: Permission
    form: Any
    save: Save


SECTIONS: dict[str, Section] = {
    NAME: Section(
        gettext_lazy("Name"),
        EDIT_PERSON,
        forms.NameForm,
        lambda actor, person, typed, now: commands.change_identity(
            actor, person=person, now=now, **typed
        ),
    ),
    CONTACT: Section(
        gettext_lazy("Ways of contact"),
        EDIT_WISHES,
        forms.ContactForm,
        lambda actor, person, typed, now: commands.change_contact(
            actor, person=person, now=now, **typed
        ),
    ),
    LANGUAGES: Section(
        gettext_lazy("Languages"),
        EDIT_WISHES,
        forms.LanguagesForm,
        lambda actor, person, typed, now: commands.set_languages(
            actor, person=person, now=now, **typed
        ),
    ),
    TIMES: Section(
        gettext_lazy("Times"),
        EDIT_WISHES,
        forms.TimesForm,
        lambda actor, person, typed, now: commands.set_availability(
            actor, person=person, now=now, **typed
        ),
    ),
    PLACE: Section(
        gettext_lazy("Place"),
        EDIT_WISHES,
        forms.PlaceForm,
        lambda actor, person, typed, now: commands.set_place(
            actor, person=person, now=now, **typed
        ),
    ),
    HOPES: Section(
        gettext_lazy("Hopes"),
        EDIT_PERSON,
        forms.HopesForm,
        lambda actor, person, typed, now: commands.set_hopes(
            actor, person=person, now=now, **typed
        ),
    ),
    OFFER: Section(
        gettext_lazy("Offer"),
        EDIT_PERSON,
        forms.OfferForm,
        lambda actor, person, typed, now: commands.set_offer(
            actor, person=person, now=now, **typed
        ),
    ),
}
SIDE_OF_SECTION = {HOPES: "is_participant", OFFER: "is_mentor"}


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """One's own record."""
    row = get_object_or_404(queries.own_record(actor_of(request)))
    return redirect("people:person", pk=row.pk)


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Someone's record."""
    actor, today = actor_of(request), clock.today()
    row = person_or_404(request, pk)
    record = queries.record(actor, person=row)
    page = {
        "record": record,
        "person": row,
        "shows": dict.fromkeys(record.shown, True),
        "head": shown.head_of(actor, record, today),
        "languages": shown.languages_in_words(record),
        "times": shown.times_in_words(row.availability),
        "checks": shown.checks_in_words(record, today),
        "words": _words(record),
        **_notes(actor, record, today),
        "change": _links(actor, row),
        "sign_in": sign_in_links(actor, row),
        "may_edit": allows(actor, EDIT_PERSON, row),
        "may_check": allows(actor, RECORD_CHECK, row),
        "may_erase": allows(actor, ERASE_PERSON, row),
        "may_list": has(actor, SEE_LIST),
        "is_mine": actor.membership is not None and row.responsible == actor.membership,
        "unsafe": _("no, call instead"),
        **_pause(record, today),
    }
    return render(request, "people/person.html", page)


def _notes(actor: Actor, record: queries.Record, today: date) -> dict[str, Any]:
    found = record.notes or []
    return {
        "notes": shown.notes_in_words(actor, found[:NEWEST_SHOWN], today),
        "has_older_notes": len(found) > NEWEST_SHOWN,
    }


def _pause(record: queries.Record, today: date) -> dict[str, Any]:
    until = record.offer.paused_until if record.offer else None
    if until is None or until <= today:
        return {"is_paused": False}
    return {
        "is_paused": True,
        "pause_words": _("pausing, back %(when)s") % {"when": near(until, today)},
    }


def _links(actor: Actor, row: Person) -> dict[str, str]:
    """Where each section is changed; empty for those who may not."""
    needed = {key: section.needed for key, section in SECTIONS.items()}
    may = {one: allows(actor, one, row) for one in (EDIT_PERSON, EDIT_WISHES)}
    links = {
        key: reverse("people:section", args=[row.pk, key]) if may[needed[key]] else ""
        for key in SECTIONS
    }
    links["family"] = reverse("people:family", args=[row.pk]) if may[EDIT_PERSON] else ""
    may_check = allows(actor, RECORD_CHECK, row)
    may_write = allows(actor, WRITE_NOTES, row)
    links["notes"] = reverse("people:new_note", args=[row.pk]) if may_write else ""
    links["checks"] = reverse("people:new_check", args=[row.pk]) if may_check else ""
    return links


def _words(record: queries.Record) -> dict[str, Any]:
    row, hopes, offer = record.person, record.hopes, record.offer
    said: dict[str, Any] = {"channel": labels.CHANNELS.get(row.channel, row.channel)}
    said["age"] = labels.AGE_BANDS.get(row.age_band, "")
    if hopes:
        said["needs"] = labels.in_words(hopes.needs, labels.NEEDS)
        said["needs_said"] = comma_list(said["needs"])
        said["hobbies"] = comma_list(labels.in_words(hopes.interests, labels.INTERESTS))
        said["gender_wish"] = labels.GENDER_WISHES[hopes.gender_wish]
    if offer:
        said["topics"] = labels.in_words(offer.topics, labels.NEEDS)
        said["topics_said"] = comma_list(said["topics"])
        said["offer_hobbies"] = comma_list(labels.in_words(offer.interests, labels.INTERESTS))
    if record.family:
        said["children"] = labels.children_in_words(record.family.children)
    return said


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Change one section of a record."""
    actor, chosen = actor_of(request), SECTIONS.get(key)
    row = person_or_404(request, pk)
    if chosen is None or not getattr(row, SIDE_OF_SECTION.get(key, "adult")):
        raise Http404
    check(actor, chosen.needed, row)
    record = queries.record(actor, person=row)
    form = chosen.form(typed(request), initial=chosen.form.initial_of(record))
    if request.method == "POST" and done(
        form, lambda: chosen.save(actor, row, form.cleaned_data, clock.now())
    ):
        return redirect("people:person", pk=pk)
    page = {"form": form, "person": row, "title": chosen.title, "key": key}
    if key == PLACE:
        page["places"] = queries.place_names(actor)
    return render(request, "people/section.html", page)


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a mentor rest until a day."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, EDIT_PERSON, row)
    if not row.is_mentor:
        raise Http404
    record = queries.record(actor, person=row)
    form = forms.PauseForm(typed(request), initial=forms.PauseForm.initial_of(record))
    if request.method == "POST" and done(
        form,
        lambda: commands.pause_mentor(
            actor,
            person=row,
            until=form.cleaned_data["until"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        return redirect("people:person", pk=pk)
    page = {"form": form, "person": row, "title": _("Pause"), "key": "pause"}
    return render(request, "people/section.html", page)


@require_POST
def end_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The mentor is there again."""
    row = person_or_404(request, pk)
    commands.end_pause(actor_of(request), person=row, now=clock.now())
    return redirect("people:person", pk=pk)


@require_POST
def take_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make someone one's own caseload, or give them back."""
    actor, row = actor_of(request), person_or_404(request, pk)
    mine = actor.membership if request.POST.get("mine") == "yes" else None
    commands.take_on(actor, person=row, responsible=mine, now=clock.now())
    return redirect("people:person", pk=pk)


@require_POST
def take_side(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let someone be on the other side as well."""
    row = person_or_404(request, pk)
    side = Side.MENTOR if row.is_participant else Side.PARTICIPANT
    commands.take_side(actor_of(request), person=row, side=side, today=clock.today())
    return redirect("people:person", pk=pk)


@require_POST
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take someone out of the lists, or bring them back."""
    actor, row = actor_of(request), person_or_404(request, pk)
    if row.archived_at:
        commands.restore_person(actor, person=row)
    else:
        commands.archive_person(actor, person=row, now=clock.now())
    return redirect("people:person", pk=pk)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase someone for good, after a clear yes."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, ERASE_PERSON, row)
    form = forms.EraseForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.erase_person(actor, person=row, today=clock.today(), now=clock.now()),
    ):
        messages.success(request, _("The person was erased."))
        return redirect("people:participants" if row.is_participant else "people:mentors")
    return render(request, "people/erase.html", {"form": form, "person": row})
