from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

MOST_PLANS = 400
"""So many sentences of this program the database keeps planned for each connection."""


def keep_plans(connection: Any, **_more: Any) -> None:
    """The first page of a coordinator alone asks for more than psycopg keeps by itself: 100."""
    connection.connection.prepared_max = MOST_PLANS


class BaseConfig(AppConfig):
    name = "kith.base"
    label = "base"

    def ready(self) -> None:
        connection_created.connect(keep_plans, dispatch_uid="kith.base.keep_plans")
