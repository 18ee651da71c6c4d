"""A content package: a zip with a manifest. The same items give the same bytes."""

import io
import zipfile
from collections.abc import Sequence

from kith.methods.learning.banks.trees import Node, written_xml

MANIFEST = "imsmanifest.xml"
NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pack(files: Sequence[tuple[str, bytes]], kind: str) -> bytes:
    """The package of files, each with its name and content."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [name for name, _content in files]
        for name, content in [(MANIFEST, _manifest(names, kind)), *files]:
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return found.getvalue()


def _manifest(names: Sequence[str], kind: str) -> bytes:
    resources = [
        Node(
            "resource",
            {"identifier": f"R{place:04}", "type": kind, "href": name},
            [Node("file", {"href": name})],
        )
        for place, name in enumerate(names, start=1)
    ]
    schema = [Node("schema", children=["QTI Package"]), Node("schemaversion", children=["1.0.0"])]
    root = Node(
        "manifest",
        {"xmlns": NAMESPACE, "identifier": "MANIFEST"},
        [
            Node("metadata", children=list(schema)),
            Node("organizations"),
            Node("resources", children=list(resources)),
        ],
    )
    return written_xml(root)
