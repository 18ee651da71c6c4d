"""kith run: start everything, print the address, stop everything on Ctrl-C."""

import argparse
import os
import webbrowser
from collections.abc import Iterator

from kith.config import options as settings
from kith.config.home import Home
from kith.config.launch import choice
from kith.config.launch.choice import Place
from kith.config.launch.house import House, choice_file
from kith.config.launch.listening import listen
from kith.config.launch.supervisor import StopRequested, Supervisor
from kith.config.options import is_loopback
from kith.config.problems import CommandFailed
from kith.config.terminal import Terminal

DONE = 0


class DemoOnNetwork(CommandFailed):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"The demo lets anyone in, so it works on this machine only: KITH_BIND is {address}; "
            "use 127.0.0.1."
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, help="port of the web server; default KITH_PORT or 8000"
    )
    parser.add_argument(
        "--demo", action="store_true", help="open the demo instead of your own data"
    )
    parser.add_argument("--open", action="store_true", help="open the address in the web browser")


def run(options: argparse.Namespace) -> int:
    address = settings.text("KITH_BIND")
    port = options.port or settings.number("KITH_PORT")
    if options.demo and not is_loopback(address):
        raise DemoOnNetwork(address)
    settings.clock_file()
    # The address in letters is made by the worker, which has to know the port as well.
    os.environ["KITH_PORT"] = str(port)
    root = Home(settings.home_folder())
    sockets = listen(address, port)
    try:
        root.ensure()
        if options.demo:
            choice.choose(choice_file(root), Place.DEMO)
        terminal = Terminal()
        supervisor = Supervisor(root, sockets, terminal=terminal, demo_allowed=is_loopback(address))
        supervisor.run(announce=_Welcome(terminal, open_browser=options.open))
    except StopRequested:
        return DONE
    finally:
        for listener in sockets:
            listener.close()
    return DONE


class _Welcome:
    """Prints where to go and how to come in."""

    def __init__(self, terminal: Terminal, *, open_browser: bool) -> None:
        self.terminal = terminal
        self.open_browser = open_browser

    def __call__(self, house: House) -> None:
        address = settings.public_address()
        self.terminal.line()
        self.terminal.line(f"Kith is ready: {address}")
        for line in _sign_in(house, address):
            self.terminal.line(line)
        self.terminal.line("Stop it with Ctrl-C.")
        if self.open_browser:
            webbrowser.open(address)


def _sign_in(house: House, address: str) -> Iterator[str]:
    if house.place == Place.DEMO:
        yield "This is the demo: choose on the page as whom you want to look round."
    elif not house.is_empty():
        yield "Sign in with your own e-mail address and password."
    else:
        yield "Nobody is in it yet: the page lets you begin your own Kith or look at the demo."
        if not is_loopback(settings.text("KITH_BIND")) or settings.flag("KITH_HTTPS"):
            yield f"From another machine, begin here: {address}start/?key={house.start_key()}"
