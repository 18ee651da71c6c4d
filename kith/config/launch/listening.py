"""The address that Kith listens on, held by the supervisor so that it outlives each web server."""

import errno
import socket

from kith.config.options import is_loopback
from kith.config.problems import CommandFailed

BACKLOG = 512


class PortTaken(CommandFailed):
    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is used by another program: stop that one, "
            f"or choose another port with kith run --port {port + 1}."
        )


class PortForbidden(CommandFailed):
    def __init__(self, port: int) -> None:
        super().__init__(
            f"This user may not listen on port {port}: choose one above 1023 with --port."
        )


class AddressUnknown(CommandFailed):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"KITH_BIND says {address}, which is no address of this machine: "
            "use 127.0.0.1 for this machine alone or 0.0.0.0 for all networks."
        )


def listen(address: str, port: int) -> list[socket.socket]:
    """Sockets on the address; for this machine alone, both addresses that localhost may mean.

    raises  PortTaken, PortForbidden, AddressUnknown
    """
    if not is_loopback(address):
        return [_listen(address, port)]
    found = [_listen("127.0.0.1", port)]
    try:
        found.append(_listen("::1", port))
    except AddressUnknown:
        pass  # a machine without IPv6
    except PortTaken:
        found[0].close()
        raise
    return found


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = None
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError as error:
        if listener is not None:
            listener.close()
        raise _problem(error, address, port) from error
    return listener


def _problem(error: OSError, address: str, port: int) -> CommandFailed:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(port)
    if error.errno == errno.EACCES:
        return PortForbidden(port)
    return AddressUnknown(address)
