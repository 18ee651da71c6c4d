"""Items of QTI as other systems write them, and packages made of them."""

import io
import zipfile

HEAD_22 = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{key}" '
    'title="{key}" adaptive="false" timeDependent="false">'
)
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
MATCH = f'<responseProcessing template="{TEMPLATES}match_correct"/>'
MAP = f'<responseProcessing template="{TEMPLATES}map_response"/>'


def declared(
    correct: str, *, cardinality: str = "single", base: str = "identifier", mapping: str = ""
) -> str:
    values = "".join(f"<value>{one}</value>" for one in correct.split("|") if one)
    right = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"{right}{mapping}</responseDeclaration>"
    )


def entries(bounds: str = "", **points: str) -> str:
    rows = "".join(
        f'<mapEntry mapKey="{key.replace("_", " ")}" mappedValue="{value}"/>'
        for key, value in points.items()
    )
    return f"<mapping {bounds}>{rows}</mapping>"


def item(key: str, declarations: str, body: str, after: str = MATCH) -> bytes:
    head = HEAD_22.format(key=key)
    return f"{head}{declarations}<itemBody>{body}</itemBody>{after}</assessmentItem>".encode()


def zipped(files: dict[str, bytes | str]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return found.getvalue()


def manifest(*resources: tuple[str, str]) -> str:
    rows = "".join(
        f'<resource identifier="r{at}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for at, (kind, href) in enumerate(resources)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<resources>{rows}</resources></manifest>"
    )
