"""The public pages as the office keeps them: addresses, posters, for whom they are open."""

from base64 import b64encode
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.programmes.models import Programme
from kith.programmes.queries import running
from kith.web.acts import actor_of, done, typed
from kith.welcome import commands, forms
from kith.welcome.models import Door, Front
from kith.welcome.permissions import KEEP_DOORS
from kith.welcome.queries import door as queries


@require_http_methods(["GET", "POST"])
def doors(request: HttpRequest) -> HttpResponse:
    """The address of the page, and its programmes."""
    actor = actor_of(request)
    check(actor, KEEP_DOORS)
    front = queries.own_front(actor)
    form = forms.FrontForm(typed(request), initial=_initial(request, front))
    if request.method == "POST" and done(
        form, lambda: commands.set_front(actor, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. This is what everyone can read now."))
        return redirect("welcome:doors")
    known = queries.doors(actor)
    page = {
        "form": form,
        "front": front,
        "address": _address(request, front) if front else "",
        "qr": _qr(_address(request, front)) if front else "",
        "lines": [_line(one, known.get(one.pk)) for one in running(actor)],
    }
    return render(request, "welcome/doors.html", page)


def _initial(request: HttpRequest, front: Front | None) -> dict[str, Any]:
    if front is not None:
        return {"slug": front.slug, "contact": front.contact, "is_open": front.is_open}
    return {"slug": slugify(str(actor_of(request).organisation))[:40]}


def _address(request: HttpRequest, front: Front) -> str:
    return request.build_absolute_uri(reverse("welcome:any_language", args=[front.slug]))


def _qr(text: str) -> str:
    """The address as a picture for the camera of a phone."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2, scale=4)
    return f"data:image/svg+xml;base64,{b64encode(drawing.getvalue()).decode()}"


def _line(programme: Programme, door: Door | None) -> dict[str, Any]:
    open_for = []
    if door and door.for_mentors:
        open_for.append(_("open for mentors"))
    if door and door.for_participants:
        open_for.append(_("open for participants"))
    return {
        "name": programme.name,
        "url": reverse("welcome:door", args=[programme.pk]),
        "said": ", ".join(open_for) or _("closed here"),
        "is_open": bool(open_for),
    }


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whom one programme is open, and the organisation's own words."""
    actor = actor_of(request)
    check(actor, KEEP_DOORS)
    programme = get_object_or_404(running(actor), pk=pk)
    known = queries.doors(actor).get(programme.pk)
    form = forms.DoorForm(typed(request), initial=_door_initial(programme, known))
    if request.method == "POST" and done(form, lambda: _save(request, programme, form)):
        messages.success(request, _("Saved. This is what everyone can read now."))
        return redirect("welcome:doors")
    return render(request, "welcome/door.html", {"form": form, "programme": programme})


def _door_initial(programme: Programme, known: Door | None) -> dict[str, Any]:
    if known is None:
        return {"slug": slugify(programme.name)[:40] or f"programme-{clock.today().year}"}
    own = {f"words_{code}": text for code, text in known.words.items()}
    return {
        "slug": known.slug,
        "for_mentors": known.for_mentors,
        "for_participants": known.for_participants,
        "least_age": known.least_age,
        **own,
    }


def _save(request: HttpRequest, programme: Programme, form: forms.DoorForm) -> None:
    wanted = form.cleaned_data
    commands.set_door(
        actor_of(request),
        programme=programme,
        slug=wanted["slug"],
        for_mentors=wanted["for_mentors"],
        for_participants=wanted["for_participants"],
        least_age=wanted["least_age"],
        words=form.words(),
    )


@require_GET
def poster(request: HttpRequest) -> HttpResponse:
    """A page to print and hang up: who we are, the address, the code for a camera."""
    actor = actor_of(request)
    check(actor, KEEP_DOORS)
    front = get_object_or_404(queries.own_fronts(actor))
    address = _address(request, front)
    return render(
        request,
        "welcome/poster.html",
        {"name": str(actor.organisation), "address": address, "qr": _qr(address), "front": front},
    )
