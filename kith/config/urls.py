"""The table of addresses: each room brings its own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path


def _room(name: str, prefix: str) -> list[URLPattern | URLResolver]:
    # Rooms arrive one after the other; an address exists as soon as its room has a table.
    if name not in settings.INSTALLED_APPS or find_spec(f"{name}.urls") is None:
        return []
    return [path(prefix, include(f"{name}.urls"))]


urlpatterns = [
    *_room("kith.web", ""),
    *_room("kith.accounts", ""),
    *_room("kith.people", "people/"),
    *_room("kith.consent", "consent/"),
    *_room("kith.programmes", "programmes/"),
    *_room("kith.progress", "progress/"),
    *_room("kith.matching", "matching/"),
    *_room("kith.mentoring", "matches/"),
    *_room("kith.services", "services/"),
    *_room("kith.interpreters", "interpreters/"),
    *_room("kith.activities", "activities/"),
    *_room("kith.papers", "papers/"),
    *_room("kith.reminders", "reminders/"),
    *_room("kith.welcome", ""),
    *_room("kith.questionnaires", "questionnaires/"),
    *_room("kith.work", "working-life/"),
    *_room("kith.calendars", "calendars/"),
    *_room("kith.messaging", "messages/"),
    *_room("kith.mentors", "mentors/"),
    *_room("kith.rota", "rota/"),
    *_room("kith.expenses", "expenses/"),
    *_room("kith.learning", "learning/"),
]
handler400 = "kith.web.views.bad_request"
handler403 = "kith.web.views.forbidden"
handler404 = "kith.web.views.not_found"
handler500 = "kith.web.views.server_error"
