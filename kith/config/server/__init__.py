"""The database: an embedded PostgreSQL, or one of the administrator's own."""

from kith.config.server.errors import ServerProblem
from kith.config.server.external import External, attach
from kith.config.server.grants import prepare_database
from kith.config.server.process import Server, start

__all__ = ["External", "Server", "ServerProblem", "attach", "prepare_database", "start"]
