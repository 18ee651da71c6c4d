"""Packages for tests, written by hand as other systems write them."""

import io
import zipfile

PAGE = "<!doctype html><html><head><title>A page</title></head><body>Words</body></html>"
SCHEMA_12 = "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
SCHEMA_2004 = (
    "<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>"
)


def packed(files: dict[str, str | bytes]) -> bytes:
    """A zip of files by name."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return found.getvalue()


def manifest(
    items: str,
    resources: str,
    *,
    schema: str = SCHEMA_12,
    title: str = "Safe at work",
    before: str = "",
    attrs: str = "",
) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{before}
<manifest identifier="m" version="1.1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss" {attrs}>
  {schema}
  <organizations default="o"><organization identifier="o"><title>{title}</title>{items}
  </organization></organizations>
  <resources>{resources}</resources>
</manifest>"""


def item(
    key: str = "one", title: str = "First", *, ref: str = "r", more: str = "", attrs=""
) -> str:
    """An item of a table of contents."""
    start = f'<item identifier="{key}" identifierref="{ref}" {attrs}>'
    return f"{start}<title>{title}</title>{more}</item>"


def resource(
    href: str = "index.html", *, key: str = "r", kind: str = "sco", attrs: str = ""
) -> str:
    return (
        f'<resource identifier="{key}" type="webcontent" adlcp:scormtype="{kind}" href="{href}" '
        f"{attrs}/>"
    )


def scorm(files: dict[str, str | bytes] | None = None, **changes: str) -> bytes:
    """A small package of SCORM 1.2: one part, one page."""
    said = {"items": item(), "resources": resource(), **changes}
    return packed({"imsmanifest.xml": manifest(**said), "index.html": PAGE, **(files or {})})


def structure(units: str, *, title: str = "Safe at work") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://example.org/safe">
  <title><langstring lang="pl">Bezpiecznie w pracy</langstring>
  <langstring lang="en-US">{title}</langstring></title></course>
  {units}
</courseStructure>"""


def unit(
    key: str = "https://example.org/safe/1", *, url: str = "index.html", attrs="", more=""
) -> str:
    return (
        f'<au id="{key}" {attrs}><title><langstring lang="en">First</langstring></title>'
        "<description><langstring>What it is.</langstring></description>"
        f"<url>{url}</url>{more}</au>"
    )


def cmi5(files: dict[str, str | bytes] | None = None, *, units: str | None = None) -> bytes:
    """A small package of cmi5: one unit, one page."""
    said = structure(unit() if units is None else units)
    return packed({"cmi5.xml": said, "index.html": PAGE, **(files or {})})
