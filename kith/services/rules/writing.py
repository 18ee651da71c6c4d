"""An entry as people write it on a page, laid into its HSDS document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from kith.services.rules.facts import STATUS_OF, ServiceState, language_code
from kith.services.rules.hours import DAYS, Opening, clock, openings_of
from kith.services.rules.hsds import Document
from kith.services.rules.needs import attribute, is_ours


@dataclass(frozen=True)
class Written:
    """What a page asks of an entry."""

    name: str
    provider: str
    description: str = ""
    needs: Sequence[str] = ()
    languages: Sequence[str] = ()
    is_free: bool = False
    cost: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hours: Sequence[tuple[int, int, int]] = ()
    state: ServiceState = ServiceState.OPEN


def rewritten(before: Document | None, written: Written, *, today: date) -> Document:
    """The document with these fields; everything else it says stays as it is."""
    document = dict(before or {"id": str(uuid4())})
    document |= {
        "name": written.name,
        "status": STATUS_OF[written.state],
        "assured_date": today.isoformat(),
    }
    _lay(document, "description", written.description)
    _lay(document, "email", written.email)
    _lay(document, "url", written.url)
    _lay_provider(document, written)
    _lay_needs(document, written.needs)
    _lay_languages(document, written.languages)
    _lay_cost(document, written)
    _lay_first(document, "phones", {"number": written.phone} if written.phone else None)
    _lay_place(document, written)
    _lay_hours(document, written.hours)
    return document


def _lay(document: Document, name: str, text: str) -> None:
    """A field is there when it says something."""
    if text:
        document[name] = text
    else:
        document.pop(name, None)


def _lay_provider(document: Document, written: Written) -> None:
    known = dict(document.get("organization") or {})
    if known.get("name") != written.provider:
        # Another organisation is another organisation; the old one is not renamed everywhere.
        known = {"id": str(uuid4()), "description": written.provider}
    document["organization"] = {**known, "name": written.provider}
    document["organization_id"] = known["id"]


def _lay_needs(document: Document, needs: Sequence[str]) -> None:
    others = [one for one in document.get("attributes") or [] if not is_ours(one)]
    own = [attribute(document["id"], need) for need in needs]
    _lay_list(document, "attributes", [*others, *own])


def _lay_list(document: Document, name: str, rows: list[Document]) -> None:
    if rows:
        document[name] = rows
    else:
        document.pop(name, None)


def _lay_languages(document: Document, codes: Sequence[str]) -> None:
    known = {language_code(one): one for one in document.get("languages") or []}
    rows = [known.get(code) or {"id": str(uuid4()), "code": code} for code in codes]
    _lay_list(document, "languages", rows)


def _lay_cost(document: Document, written: Written) -> None:
    _lay(document, "fees_description", written.cost)
    priced = [one for one in document.get("cost_options") or [] if one.get("amount") != 0]
    free = [{"id": str(uuid4()), "amount": 0, "option": "free"}]
    _lay_list(document, "cost_options", free if written.is_free else priced)


def _lay_first(row: Document, name: str, change: Document | None) -> None:
    """The first of a list is what the page shows; the others stay."""
    rows = list(row.get(name) or [])
    if change:
        first = rows[0] if rows else {"id": str(uuid4())}
        rows[:1] = [{**first, **change}]
    else:
        rows = rows[1:]
    _lay_list(row, name, rows)


def _lay_place(document: Document, written: Written) -> None:
    places = list(document.get("service_at_locations") or [])
    if not (written.street or written.city or written.latitude is not None or places):
        return
    place = dict(places[0]) if places else {"id": str(uuid4())}
    location = dict(place.get("location") or {"id": str(uuid4()), "location_type": "physical"})
    _lay_first(location, "addresses", _address(written) if written.city else None)
    for name, value in (("latitude", written.latitude), ("longitude", written.longitude)):
        if value is None:
            location.pop(name, None)
        else:
            location[name] = value
    places[:1] = [{**place, "location": location, "location_id": location["id"]}]
    document["service_at_locations"] = places


def _address(written: Written) -> Document:
    return {
        "address_1": written.street,
        "city": written.city,
        "state_province": written.region,
        "postal_code": written.postal_code,
        "country": written.country,
        "address_type": "physical",
    }


def _lay_hours(document: Document, hours: Sequence[tuple[int, int, int]]) -> None:
    """Hours that the page left as they were keep their schedules, with all they say beside."""
    before = {(one.weekday, one.opens, one.closes) for one in openings_of(document)}
    if before == set(hours):
        return
    _lay_list(document, "schedules", _schedules(hours))


def _schedules(hours: Sequence[tuple[int, int, int]]) -> list[Document]:
    """One schedule for all days with the same hours."""
    days: dict[tuple[int, int], list[int]] = {}
    for weekday, opens, closes in hours:
        days.setdefault((opens, closes), []).append(weekday)
    return [
        {
            "id": str(uuid4()),
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[one] for one in sorted(weekdays)),
            "opens_at": clock(opens),
            "closes_at": clock(closes),
        }
        for (opens, closes), weekdays in days.items()
    ]


def hours_of(openings: Sequence[Opening]) -> list[tuple[int, int, int]]:
    """The hours of an entry as the page writes them."""
    return [(one.weekday, one.opens, one.closes) for one in openings]
