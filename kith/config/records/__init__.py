"""The pages that come from the code: `make records` writes them, `make check` compares them."""

from collections.abc import Callable

from kith.config.records.configuration import configuration
from kith.config.records.house import addresses, floors, jobs, retention
from kith.config.records.people import permissions, personal_data
from kith.config.records.questionnaires import questionnaires

RECORDS: dict[str, Callable[[], str]] = {
    "docs/generated/addresses.md": addresses,
    "docs/generated/floors.md": floors,
    "docs/generated/jobs.md": jobs,
    "docs/generated/permissions.md": permissions,
    "docs/generated/personal-data.md": personal_data,
    "docs/generated/questionnaires.md": questionnaires,
    "docs/generated/retention.md": retention,
    "docs/guides/configuration.md": configuration,
}
