"""XML and encodings from elsewhere."""

import pytest

from kith.methods.learning.banks import trees
from kith.methods.learning.banks.encoding import decoded, decoded_xml
from kith.methods.learning.banks.notes import Notes, UnreadableBank
from kith.methods.learning.banks.trees import Node, parsed, read_xml, written_xml

POLISH = "Które miasto jest stolicą? { =Warszawa ~Łódź } Żółć, gęślą jaźń."


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (POLISH, "utf-8", "utf-8"),
        (POLISH, "utf-8-sig", "utf-8"),
        (POLISH, "utf-16", "utf-16"),
        (POLISH, "utf-16-le", "utf-16"),
        ("Plain words only", "utf-16-be", "utf-16"),
        (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso-8859-2"),
        ("Яке місто? {=Київ ~Львів}", "cp1251", "windows-1251"),
        ("Où est la forêt? {=à côté}", "cp1252", "windows-1252"),
        ("Große Straße – „schön“", "cp1252", "windows-1252"),
        ("¿Dónde está el niño?", "cp1252", "windows-1252"),
        ("Příliš žluťoučký kůň", "cp1250", "windows-1250"),
    ],
)
def test_the_encoding_is_found_and_told(text, encoding, name) -> None:
    notes = Notes()

    found = decoded(text.encode(encoding), notes)

    assert (found.text, found.encoding) == (text, name)
    assert [one.params for one in notes.found] == ([{"encoding": name}] if name != "utf-8" else [])


def test_bytes_that_are_no_letters_are_counted() -> None:
    notes = Notes()

    found = decoded(b"\xff\xfea\x00\x00\xd8", notes)

    assert found.text == "a\ufffd"
    assert notes.found[0].params == {"count": 1}


def test_xml_says_itself_what_it_is_in() -> None:
    text = "<?xml version='1.0' encoding='ISO-8859-2'?>\n<a>ąę</a>"

    found = decoded_xml(text.encode("iso8859-2"), Notes())

    assert (found.text, found.encoding) == ("\n<a>ąę</a>", "iso-8859-2")


@pytest.mark.parametrize("said", ["utf-8", "klingon"])
def test_xml_that_says_it_wrongly_is_read_and_told(said) -> None:
    notes = Notes()
    text = f"<?xml version='1.0' encoding='{said}'?><a>Łódź, ćma, żółw</a>"

    found = decoded_xml(text.encode("cp1250"), notes)

    assert found.text == "<a>Łódź, ćma, żółw</a>"
    assert notes.found[0].params == {"declared": said, "encoding": "windows-1250"}


def test_a_mark_at_the_beginning_counts_more_than_what_xml_says() -> None:
    text = "<?xml version='1.0' encoding='utf-8'?><a>ż</a>"

    assert decoded_xml(text.encode("utf-16"), Notes()).text == "<a>ż</a>"


def test_a_tree_has_lines_and_no_prefixes() -> None:
    root = parsed("<q:a xmlns:q='u' q:x='1'>\n <q:b>te<i>x</i>t</q:b><c/></q:a>")

    assert (root.tag, root.get("x"), root.get("y", "-")) == ("a", "1", "-")
    assert root.find("b").line == 2
    assert root.said("b") == "text"
    assert root.said("b", "i") == "x"
    assert root.said("z", "i", usual="none") == "none"
    assert root.find("b").inner == "te<i>x</i>t"
    assert [one.tag for one in root.walk()] == ["a", "b", "i", "c"]
    assert [one.tag for one in root.all("c")] == ["c"]


def test_what_is_written_is_read_back() -> None:
    root = Node("a", {"x": '"<&'}, ["t<&\x01\ud800", Node("br"), Node("b", children=["ż"])])

    back, found = read_xml(written_xml(root), Notes())

    assert (back.get("x"), back.children[0], found.encoding) == ('"<&', "t<&", "utf-8")
    assert back.inner == "t&lt;&amp;<br/><b>ż</b>"


def unreadable(text) -> UnreadableBank:
    with pytest.raises(UnreadableBank) as refused:
        read_xml(text.encode(), Notes("item.xml"))
    assert str(refused.value)
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a>\n<a/>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'>\n<a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a>&x;</a>",
    ],
)
def test_document_types_and_entities_are_refused(text) -> None:
    assert unreadable(text).reason == "xml_doctype"


def test_broken_xml_is_refused_with_its_line() -> None:
    fault = unreadable("<a>\n<b></a>")

    assert (fault.reason, fault.line, fault.where) == ("xml_broken", 2, "item.xml")
    assert unreadable("<a>&nbsp;</a>").reason == "xml_broken"


def test_trees_have_limits(monkeypatch) -> None:
    assert unreadable("<a>" * 300).reason == "xml_too_deep"
    monkeypatch.setattr(trees, "MOST_NODES", 3)
    assert unreadable("<a><b/><b/><b/></a>").reason == "xml_too_many"
    monkeypatch.setattr(trees, "MOST_BYTES", 3)
    assert unreadable("<a/>").reason == "too_large"
