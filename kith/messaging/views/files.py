"""Pictures and papers in messages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock, files
from kith.base.attachments import KINDS
from kith.messaging import commands, forms
from kith.messaging.queries import reports
from kith.messaging.views.shared import around, match_or_404, message_or_404, to_newest
from kith.web.acts import actor_of, done, typed
from kith.web.attached import attached_answer


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a picture or a paper."""
    match, actor = match_or_404(request, pk), actor_of(request)
    form = forms.FileForm(typed(request), request.FILES or None)

    def send() -> None:
        upload = form.cleaned_data["file"]
        content, kind = files.check_upload(upload, allowed=KINDS)
        commands.send_file(
            actor, match=match, content=content, kind=kind, name=upload.name, now=clock.now()
        )

    if request.method == "POST" and done(form, send):
        return to_newest(match)
    page = {**around(actor, match), "form": form}
    return render(request, "messaging/file.html", page, status=422 if form.errors else 200)


@require_GET
def file(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """The picture or paper of a message, for the people of the match."""
    return attached_answer(message_or_404(request, match_or_404(request, pk), message).file)


@require_GET
def shown_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture or paper of a message that was shown to the coordinators."""
    actor = actor_of(request)
    row = reports.opened(actor, report=get_object_or_404(reports.reports(actor), pk=pk))
    return attached_answer(row.message.file)
