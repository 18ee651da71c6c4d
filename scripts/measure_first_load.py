"""Weigh the first load of a page: HTML, styles and scripts as a browser gets them, without fonts.

    python scripts/measure_first_load.py http://localhost:8000/sign-in/ [--cookie "kith=..."]

Exits with 1 above the budget of 100 kB.
"""

from __future__ import annotations

import argparse
import sys
from html.parser import HTMLParser
from urllib.error import URLError
from urllib.parse import urljoin, urlparse
from urllib.request import Request, urlopen

import brotli

BUDGET_BYTES = 100_000


class Assets(HTMLParser):
    """Collects what a page loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and values.get("src"):
            self.addresses.append(str(values["src"]))
        if tag == "link" and values.get("rel") == "stylesheet":
            self.addresses.append(str(values["href"]))


def fetch(address: str, cookie: str) -> tuple[int, bytes]:
    """The number of bytes on the wire, and the content."""
    request = Request(address, headers={"Accept-Encoding": "br", "Cookie": cookie})  # noqa: S310
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - the address is given by hand
        body: bytes = answer.read()
        if answer.headers.get("Content-Encoding") == "br":
            return len(body), brotli.decompress(body)
        return len(brotli.compress(body)), body


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--cookie", default="")
    options = parser.parse_args()
    size, page = fetch(options.address, options.cookie)
    sizes = {options.address: size}
    assets = Assets()
    assets.feed(page.decode())
    for address in assets.addresses:
        full = urljoin(options.address, address)
        if urlparse(full).netloc != urlparse(options.address).netloc:
            sys.exit(f"{full} is on another server.")
        sizes[full] = fetch(full, options.cookie)[0]
    for address, weight in sizes.items():
        print(f"{weight:>8,}  {urlparse(address).path}")
    total = sum(sizes.values())
    print(f"{total:>8,}  of {BUDGET_BYTES:,} bytes, brotli, without fonts")
    return int(total > BUDGET_BYTES)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except URLError as error:
        sys.exit(f"The page could not be fetched: {error}")
