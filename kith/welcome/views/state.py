"""How far an application is: opened with the receipt code, answered and taken back there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kith.accounts.rules import grouped
from kith.base import clock
from kith.base.errors import Refused
from kith.people.rules import Side
from kith.web import visitors
from kith.web.acts import typed
from kith.web.components import Event
from kith.web.forms import KithForm
from kith.welcome import commands, forms
from kith.welcome.models import Application, Step
from kith.welcome.queries import door as queries
from kith.welcome.rules import words
from kith.welcome.rules.codes import typed_code
from kith.welcome.rules.states import KEEP_WITHDRAWN, OPEN, Deed, State
from kith.welcome.views import public
from kith.welcome.views.letters import letter_of, newest_words
from kith.welcome.views.public import Visit, page


@public.public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The code is sent and never stands in an address; acts carry it along in their forms."""
    form = forms.CodeForm(typed(request))
    if request.method == "GET" or not form.is_valid():
        return page(request, visit, "code.html", {"form": form})
    if visitors.is_too_fast(request, public.TRIED):
        return public.too_many(request, visit)
    code = typed_code(form.cleaned_data["code"])
    found = queries.application_of_code(visit.visitor, code)
    if found is None:
        form.add_error("code", _not_known())
        return page(request, visit, "code.html", {"form": form})
    return _opened(request, visit, found, code)


def _not_known() -> str:
    return _("No application has this code. It may be mistyped, or everything was erased.")


def _opened(request: HttpRequest, visit: Visit, row: Application, code: str) -> HttpResponse:
    answer = _form(request, row)
    said = ""
    if request.POST.get("act") and (answer is None or not answer.is_bound or answer.is_valid()):
        said = _act(request, visit, row, answer)
        row = queries.application_of_code(visit.visitor, code) or row
        answer = _form_of(row, None)
    values = _page(row, code, answer, said)
    return page(request, visit, "state.html", values)


def _form(request: HttpRequest, row: Application) -> KithForm | None:
    """What may be written now, filled in where it was sent."""
    wants_words = request.POST.get("act") in {"answer", "other_time"}
    return _form_of(row, request.POST if wants_words else None)


def _form_of(row: Application, data: Any) -> KithForm | None:
    if row.state == State.ASKED:
        return forms.AnswerForm(data)
    if row.state == State.PLANNED:
        return forms.TalkAnswerForm(data)
    return None


def _act(request: HttpRequest, visit: Visit, row: Application, form: KithForm | None) -> str:
    """Run the one command that was asked for; gives what to say on the page."""
    act, today = request.POST["act"], clock.today()
    text = form.cleaned_data.get("text", "") if form and form.is_bound else ""
    try:
        if act == "answer":
            commands.answer_question(visit.visitor, application=row, text=text, today=today)
            return _("Thank you. We have your answer.")
        if act in {"coming", "other_time"}:
            is_coming = act == "coming"
            commands.answer_talk(
                visit.visitor, application=row, is_coming=is_coming, text=text, today=today
            )
            if is_coming:
                return _("Thank you. We look forward to it.")
            return _("Thank you. We look for another time.")
        if act == "withdraw":
            commands.withdraw(visit.visitor, application=row, today=today)
            return _("Taken back. Everything is erased within %(days)d days.") % {
                "days": KEEP_WITHDRAWN.days
            }
    except Refused as refusal:
        return str(refusal.sentence)
    return ""


def _page(row: Application, code: str, form: KithForm | None, said: str) -> dict[str, Any]:
    today, stands, side = clock.today(), State(row.state), Side(row.side)
    steps = queries.steps_told(row)
    question = queries.question_of(row) if stands is State.ASKED else None
    invited = next((step for step in steps if step.deed == Deed.INVITED), None)
    return {
        "receipt_code": code,
        "receipt_shown": grouped(code),
        "said": said,
        "form": form,
        "state": stands.value,
        "is_open": stands in OPEN,
        "headline": words.own_state(stands, side),
        "promise": words.own_promise(
            stands, side, due_on=row.due_on, talk_at=row.talk_at, today=today
        ),
        "programme": row.programme.name if row.programme else "",
        "question": str(question.text) if question else "",
        "where": str(row.talk_where),
        "invitation": _own_words(invited) if stands is State.PLANNED else "",
        "is_coming": row.is_coming,
        "letter": letter_of(row, steps) if stands is State.DECLINED else [],
        "welcome_words": newest_words(steps, Deed.ACCEPTED),
        "events": [_event(step) for step in steps],
        "today": today,
        "is_mentor": side is Side.MENTOR,
    }


def _own_words(step: Step | None) -> str:
    """What was written beside the place of a talk."""
    return str(step.text).partition("\n")[2] if step else ""


def _event(step: Step) -> Event:
    deed = Deed(step.deed)
    text = str(step.text)
    if deed is Deed.INVITED and step.at:
        text = " · ".join([words.talk_words(step.at, clock.today()), *text.splitlines()])
    if deed is Deed.DECLINED:
        text = ""
    return Event(on=step.on, what=words.OWN_DEEDS[deed], text=text, icon=words.ICONS[deed])
