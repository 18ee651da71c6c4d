"""Notes about someone: reading them, writing one, removing one's own."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.people import commands, forms, queries
from kith.people.permissions import WRITE_NOTES
from kith.people.views.shared import person_or_404
from kith.people.views.shown import notes_in_words
from kith.web.acts import actor_of, done, typed
from kith.web.words import near


@require_GET
def notes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All notes about someone, the newest first."""
    actor, row = actor_of(request), person_or_404(request, pk)
    after = request.GET.get("after", "")
    part = queries.part_of_notes(actor, person=row, after=after)
    here = reverse("people:notes", args=[pk])
    page = {
        "person": row,
        "notes": notes_in_words(actor, part.notes, clock.today()),
        "may_write": allows(actor, WRITE_NOTES, row),
        "next_url": f"{here}?{urlencode({'after': part.after})}" if part.after else "",
        "first_url": here if after else "",
    }
    return render(request, "people/notes.html", page)


@require_http_methods(["GET", "POST"])
def new_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a note about someone."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, WRITE_NOTES, row)
    form = forms.NoteForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.add_note(
            actor, person=row, today=clock.today(), now=clock.now(), **form.cleaned_data
        ),
    ):
        return redirect("people:person", pk=pk)
    return render(request, "people/note.html", {"form": form, "person": row})


@require_http_methods(["GET", "POST"])
def remove_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a note, after a clear yes."""
    actor = actor_of(request)
    row = get_object_or_404(queries.removable_notes(actor), pk=pk)
    if request.method == "POST":
        commands.remove_note(actor, note=row)
        return redirect("people:person", pk=row.person_id)
    when = near(row.written_on, clock.today())
    page = {"note": row, "person": row.person, "when": when}
    return render(request, "people/remove_note.html", page)
