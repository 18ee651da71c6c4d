"""Saving the directory as a file. That it was saved is noted, as any export is."""

import tempfile
from collections.abc import Iterable
from typing import IO

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.services.permissions import EXPORT_SERVICES
from kith.services.queries.entries import licences, rest_to_export, to_export
from kith.services.rules.hsds import Document
from kith.services.rules.packing import csv_package, json_page


@command(EXPORT_SERVICES)
def save_as_json(actor: Actor) -> IO[str]:
    """The directory in HSDS's JSON, ready to be read from its start."""
    # Written out inside the transaction: whoever reads it later needs no database.
    saved = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - the caller closes it
    for part in json_page(_documents(actor), to_export(actor).count()):
        saved.write(part)
    saved.seek(0)
    return saved


@command(EXPORT_SERVICES)
def save_as_csv(actor: Actor) -> IO[bytes]:
    """The directory as HSDS's package of CSV tables, ready to be read from its start."""
    about = {"sources": licences(actor)}
    return csv_package(lambda: _documents(actor), rest_to_export(actor), about)


def _documents(actor: Actor) -> Iterable[Document]:
    rows = to_export(actor).values_list("record", flat=True)
    return rows.iterator(chunk_size=500)
