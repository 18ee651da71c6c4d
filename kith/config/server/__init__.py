"""The embedded PostgreSQL: its own folder, its own passwords, stopped by the last who uses it."""

from kith.config.server.errors import ServerProblem
from kith.config.server.grants import prepare_database
from kith.config.server.process import Server, start

__all__ = ["Server", "ServerProblem", "prepare_database", "start"]
