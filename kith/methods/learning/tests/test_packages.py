"""Packages of SCORM and cmi5: what they say of themselves, and which are refused."""

import io
import stat
import zipfile
from fractions import Fraction

import pytest

from kith.methods.learning.archives import Limits
from kith.methods.learning.packages.launching import with_parameters
from kith.methods.learning.packages.reading import LIMITS, RESERVED, read_package
from kith.methods.learning.packages.reasons import REASONS, BadPackage
from kith.methods.learning.packages.schema import MoveOn, Standard
from kith.methods.learning.tests.package_files import (
    PAGE,
    SCHEMA_2004,
    cmi5,
    item,
    manifest,
    packed,
    resource,
    scorm,
    unit,
)


def refusal(content: bytes, limits: Limits = LIMITS) -> BadPackage:
    with pytest.raises(BadPackage) as refused:
        read_package(content, limits)
    assert str(refused.value)
    return refused.value


def codes(content: bytes) -> list[str]:
    return [one.code for one in read_package(content).manifest.remarks]


def test_a_package_of_scorm_1_2_gives_its_parts() -> None:
    items = (
        '<item identifier="h"><title>Part one</title>'
        + item("one", "Before  you\n start", attrs='parameters="?from=here"')
        + item("two", "Words", ref="s", more="<adlcp:masteryscore>80</adlcp:masteryscore>")
        + "</item>"
        + item("three", "A leaflet", ref="t", more="<adlcp:datafromlms>slow</adlcp:datafromlms>")
    )
    resources = (
        resource("start.html?lang=en#top")
        + resource("two.html", key="s", attrs='xml:base="deep/"')
        + resource("a%20leaflet.pdf", key="t", kind="asset")
    )
    files = {"start.html": PAGE, "deep/two.html": PAGE, "a leaflet.pdf": b"%PDF-"}

    found = read_package(scorm(files, items=items, resources=resources)).manifest

    assert (found.standard, found.title) == (Standard.SCORM_12, "Safe at work")
    assert [(one.key, one.title, one.path, one.query, one.headings) for one in found.items] == [
        ("one", "Before you start", "start.html", "?lang=en&from=here#top", ("Part one",)),
        ("two", "Words", "deep/two.html", "", ("Part one",)),
        ("three", "A leaflet", "a leaflet.pdf", "", ()),
    ]
    assert [one.mastery for one in found.items] == [None, Fraction(4, 5), None]
    assert [one.tells for one in found.items] == [True, True, False]
    assert found.items[2].launch == "slow"
    assert found.remarks == ()


def test_a_package_of_scorm_2004_gives_its_parts_and_what_is_not_followed() -> None:
    rules = (
        '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/><imsss:objectives>'
        '<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7'
        "</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
        "</imsss:sequencing>"
    )
    package = scorm(
        items=item(more=rules),
        resources=resource().replace("scormtype", "scormType"),
        schema=SCHEMA_2004,
    )

    found = read_package(package).manifest

    assert found.standard is Standard.SCORM_2004
    assert found.items[0].mastery == Fraction(7, 10)
    assert [(one.code, one.item) for one in found.remarks] == [("sequencing", "First")]


def test_what_works_otherwise_here_is_said() -> None:
    more = "<adlcp:prerequisites type='aicc_script'>two</adlcp:prerequisites>"
    limit = "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
    framed = PAGE.replace("Words", '<iframe src="x.html"></iframe>')

    assert codes(scorm(items=item(more=more))) == ["prerequisites"]
    assert codes(scorm(items=item(more=limit))) == ["time_limit"]
    assert codes(scorm(items=item() + item("x", attrs='isvisible="false"'))) == ["hidden"]
    assert codes(scorm({"index.html": framed})) == ["frames"]
    assert codes(cmi5(units=unit(more="<entitlementKey>k</entitlementKey>"))) == ["entitlement"]


def test_a_package_without_a_word_on_its_version_is_told_by_its_resources() -> None:
    old = read_package(scorm(schema="")).manifest
    new = read_package(scorm(schema="", resources=resource().replace("scormtype", "scormType")))

    assert old.standard is Standard.SCORM_12
    assert new.manifest.standard is Standard.SCORM_2004


def test_two_parts_with_one_key_stay_apart() -> None:
    found = read_package(scorm(items=item("x") + item("x") + item("x-2"))).manifest

    assert [one.key for one in found.items] == ["x", "x-2", "x-2-2"]


def test_a_package_of_cmi5_gives_its_units() -> None:
    units = (
        '<block id="https://example.org/b"><title><langstring lang="en">Part one</langstring>'
        "</title>"
        + unit(
            url="start.html?pace=slow",
            attrs='moveOn="CompletedAndPassed" masteryScore="0.8" launchMethod="OwnWindow"',
            more="<launchParameters>{&quot;a&quot;: 1}</launchParameters>",
        )
        + "</block>"
        + unit("https://example.org/safe/2")
    )

    found = read_package(cmi5({"start.html": PAGE}, units=units)).manifest

    first, second = found.items
    assert (found.standard, found.title) == (Standard.CMI5, "Safe at work")
    assert found.activity == "https://example.org/safe"
    assert (first.path, first.query, first.headings) == ("start.html", "?pace=slow", ("Part one",))
    assert (first.move_on, first.mastery) == (MoveOn.COMPLETED_AND_PASSED, Fraction(4, 5))
    assert (first.own_window, first.launch) == (True, '{"a": 1}')
    assert first.activity == "https://example.org/safe/1"
    assert (second.move_on, second.own_window) == (MoveOn.NOT_APPLICABLE, False)


def linked() -> bytes:
    """A package in which a file is a symbolic link."""
    content = io.BytesIO(scorm())
    with zipfile.ZipFile(content, "a") as archive:
        link = zipfile.ZipInfo("secret.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


NOISE = "".join(f"<n{number}/>" for number in range(900_000))
DTD = '<!DOCTYPE manifest [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "no_zip": b"no package at all",
    "path_leads_out": scorm({"../../etc/cron.d/x": "x"}),
    "link": linked(),
    "unfolds_too_far": scorm({"zeros.bin": b"\0" * 30_000_000}),
    "case_twice": scorm({"INDEX.html": PAGE}),
    "reserved": scorm({f"{RESERVED}/bridge.js": ""}),
    "manifest_missing": packed({"index.html": PAGE}),
    "manifest_in_folder": packed({"course/imsmanifest.xml": manifest(item(), resource())}),
    "manifest_broken": packed({"imsmanifest.xml": "<manifest>", "index.html": PAGE}),
    "manifest_entities": scorm(before=DTD),
    "manifest_too_large": packed({"imsmanifest.xml": "<manifest>" + NOISE}),
    "not_scorm": scorm(
        schema="<metadata><schema>IMS Common Cartridge</schema>"
        "<schemaversion>1.2.0</schemaversion></metadata>",
        resources=resource().replace("adlcp:scormtype", "kind"),
    ),
    "not_cmi5": packed({"cmi5.xml": "<courses/>", "index.html": PAGE}),
    "nothing_to_start": scorm(items="", resources=resource(kind="asset")),
    "too_many_items": scorm(items="".join(item(f"i{n}") for n in range(501))),
    "launch_missing": scorm(resources=resource("gone.html")),
    "launch_leads_out": scorm(resources=resource("../index.html")),
    "launch_external": scorm(resources=resource("https://example.org/course/")),
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_broken_or_hostile_package_is_refused_with_its_reason(reason) -> None:
    assert refusal(HOSTILE[reason]).reason == reason


@pytest.mark.parametrize(
    ("reason", "package"),
    [
        ("path_leads_out", scorm({"/etc/passwd": "x"})),
        ("path_leads_out", scorm({"a\\..\\..\\x": "x"})),
        ("path_leads_out", scorm({"c:/x": "x"})),
        ("launch_leads_out", scorm(resources=resource("/index.html"))),
        ("launch_leads_out", scorm(resources=resource("%2e%2e/index.html"))),
        ("launch_external", scorm(resources=resource("//example.org/x.html"))),
        ("launch_external", scorm(resources=resource("javascript:alert(1)"))),
        ("launch_external", scorm(resources=resource(attrs='xml:base="https://example.org/"'))),
        ("launch_external", scorm(attrs='xml:base="https://example.org/"')),
        ("launch_external", cmi5(units=unit(url="https://example.org/x"))),
        ("launch_missing", cmi5(units=unit(url="gone.html"))),
        ("nothing_to_start", cmi5(units="")),
    ],
)
def test_other_ways_out_are_refused_too(reason, package) -> None:
    assert refusal(package).reason == reason


@pytest.mark.parametrize(
    ("reason", "limits"),
    [
        ("too_large", Limits(bytes=100)),
        ("too_many_files", Limits(files=1)),
        ("unfolds_too_far", Limits(unfolded_bytes=100)),
    ],
)
def test_too_much_of_anything_is_refused(reason, limits) -> None:
    assert refusal(scorm(), limits).reason == reason


def test_a_file_that_says_the_wrong_size_is_refused_when_it_is_read() -> None:
    content = bytearray(scorm())
    size = content.index(b"PK\x01\x02") + 24
    content[size : size + 4] = (100).to_bytes(4, "little")

    assert refusal(bytes(content)).reason == "no_zip"


def test_a_zip_within_is_a_file_like_others() -> None:
    found = read_package(scorm({"files/more.zip": scorm()}))

    assert "files/more.zip" in found.package


def test_every_reason_is_one_that_a_package_can_be_refused_for() -> None:
    elsewhere = {"too_large", "too_many_files", "nested", "locked", "name_twice", "missing"}

    assert set(REASONS) == set(HOSTILE) | elsewhere


@pytest.mark.parametrize(
    ("query", "given", "joined"),
    [
        ("", "", ""),
        ("", "a=1", "?a=1"),
        ("", "?a=1", "?a=1"),
        ("?b=2", "&a=1", "?b=2&a=1"),
        ("?b=2#top", "a=1", "?b=2&a=1#top"),
        ("", "#top", "#top"),
        ("#first", "#top", "#first"),
    ],
)
def test_parameters_are_joined_as_scorm_says(query, given, joined) -> None:
    assert with_parameters(query, given) == joined


def test_the_files_come_with_their_bytes_and_kinds() -> None:
    found = read_package(scorm({"a.css": "a {}", "b.unknown": "b", "c.mjs": "c"}))

    assert {name: (kind, content) for name, kind, content in found.files()} == {
        "imsmanifest.xml": ("text/xml", found.package.read("imsmanifest.xml")),
        "index.html": ("text/html", PAGE.encode()),
        "a.css": ("text/css", b"a {}"),
        "b.unknown": ("application/octet-stream", b"b"),
        "c.mjs": ("text/javascript", b"c"),
    }


def test_a_damaged_file_is_found_when_the_files_are_taken() -> None:
    package = bytearray(scorm({"last.txt": "words"}))
    package[package.rindex(b"PK\x01\x02") + 16] ^= 0xFF

    with pytest.raises(BadPackage) as refused:
        list(read_package(bytes(package)).files())

    assert refused.value.reason == "no_zip"
