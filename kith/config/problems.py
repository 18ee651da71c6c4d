"""What stops a command, in one sentence; every class of problem the command line knows."""

from kith.base.errors import KithError
from kith.base.keyring import KeysMissing
from kith.config.home import HomeFault
from kith.config.options import OptionFault
from kith.config.server import ServerProblem
from kith.config.server.grants import GrantsIncomplete


class CommandFailed(Exception):
    """A command could not do its work; the text says why and what to do."""


KNOWN: tuple[type[Exception], ...] = (
    CommandFailed,
    GrantsIncomplete,
    HomeFault,
    KeysMissing,
    KithError,
    OptionFault,
    ServerProblem,
)
