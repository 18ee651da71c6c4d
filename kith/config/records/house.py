"""How the house is built: floors, addresses, jobs, retention clocks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from kith.base import jobs as job_register
from kith.base import retention as clocks
from kith.config.records.page import page, table

ROOT = Path(__file__).resolve().parents[3]


def floors() -> str:
    text = (ROOT / ".importlinter").read_text("utf-8")
    layers = text.partition("layers =")[2].partition("\n[")[0]
    lines = [line.strip() for line in layers.splitlines() if line.strip()]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    rows = [(f"`{room}`", purpose.removeprefix("# ")) for purpose, room in pairs]
    return page("Floors, from the top down", table(["room", "what it is for"], rows))


def addresses() -> str:
    rows = [(f"`/{address}`", room, name) for address, room, name in _own_addresses()]
    return page("Addresses", table(["address", "room", "name"], rows))


def _own_addresses() -> Iterator[tuple[str, str, str]]:
    for address, pattern in _patterns(get_resolver(), ""):
        module = getattr(pattern.callback, "__module__", "") or ""
        if module.startswith("kith."):
            yield address, module.split(".")[1], pattern.name or ""


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _patterns(one, address)
        else:
            yield address, one


def jobs() -> str:
    rows = [
        (f"`{job.name}`", job.sentence, job.cron or "when asked for")
        for job in job_register.registered()
    ]
    return page("Jobs", table(["job", "what it does", "when (cron)"], rows))


def retention() -> str:
    rows = [
        (f"`{one.key}`", one.title, _days(one.period), _days(one.grace))
        for one in clocks.categories()
    ]
    return page("Retention clocks", table(["category", "what", "kept", "grace"], rows))


def _days(span: timedelta) -> str:
    return f"{span.days} days"
