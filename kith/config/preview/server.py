"""Pages of a preview over HTTP, on this machine only; the files are read again for each page."""

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kith.config.preview import pages
from kith.config.preview.reading import NoCourse, Written, read_written
from kith.methods.learning.courses.parts import joined
from kith.methods.learning.courses.schema import Module

HOST = "127.0.0.1"
STYLE = Path(__file__).parent / "static" / "preview.css"
PAGE, SHEET, SVG = "text/html; charset=utf-8", "text/css; charset=utf-8", "image/svg+xml"
# A picture opened by itself is a document of its own: it may neither run nor load anything.
POLICIES = {
    PAGE: "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'",
    SHEET: "default-src 'none'",
    SVG: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}

Answer = tuple[HTTPStatus, str, bytes]


class PreviewServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, *, port: int, language: str) -> None:
        super().__init__((HOST, port), partial(_Handler, folder, language))

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, folder: Path, language: str, *rest: object) -> None:
        self.folder, self.language = folder, language
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        # A page elsewhere must not read the course through a name that leads to this machine.
        name = self.headers.get("Host", "").rpartition(":")[0]
        if name in {HOST, "localhost"}:
            self._send(*self._answer())
        else:
            self._send(HTTPStatus.FORBIDDEN, PAGE, pages.failed("Only this machine may ask."))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called
        """Says nothing: pages of a preview are asked for all the time."""

    def _answer(self) -> Answer:
        address = urlsplit(self.path)
        path = [unquote(one) for one in address.path.split("/") if one]
        language = parse_qs(address.query).get("language", [self.language])[0]
        if path == [STYLE.name]:
            return HTTPStatus.OK, SHEET, STYLE.read_bytes()
        try:
            written = read_written(self.folder)
        except NoCourse as fault:
            return HTTPStatus.NOT_FOUND, PAGE, pages.failed(str(fault))
        return answer(written, path, language)

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICIES[kind])
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        # A browser that has turned to another page meanwhile is no news.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(content)


def answer(written: Written, path: list[str], language: str) -> Answer:
    """The page, part or picture at a path: nothing, KEY, or KEY/pictures/NAME."""
    if not path:
        return HTTPStatus.OK, PAGE, pages.overview(written, language)
    part = written.parts.get(path[0])
    if part and len(path) == 1:
        return HTTPStatus.OK, PAGE, pages.part_page(written, part, language)
    name = "/".join(path[1:])
    if isinstance(part, Module) and any(one.name == name for one in part.pictures):
        folder = written.reading.folders[part.key]
        return HTTPStatus.OK, SVG, written.reading.files[joined(folder, name)]
    return HTTPStatus.NOT_FOUND, PAGE, pages.failed("There is no such page.")
