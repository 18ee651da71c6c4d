"""Question banks and assessments of Common Cartridges."""

from kith.methods.learning.banks.files import read_bank
from kith.methods.learning.tests.items import manifest, zipped
from kith.methods.learning.tests.snapshots import DATA, expected, plain

ITEMS = (DATA / "cartridge_items.xml").read_text("utf-8")
BANK = """
<questestinterop><objectbank ident="B"><qtimetadata><qtimetadatafield>
<fieldlabel>bank_title</fieldlabel><fieldentry>First days</fieldentry>
</qtimetadatafield></qtimetadata>
<item ident="Q1" title="A word"><presentation><material><mattext>Who?</mattext></material>
<response_str ident="R"/></presentation></item>
</objectbank></questestinterop>"""


def test_items_of_every_profile_are_read_and_what_is_not_taken_is_told() -> None:
    bank = read_bank(ITEMS.encode())

    assert bank.kind == "cartridge"
    assert plain(bank) == expected("cartridge_items.json")


def test_true_may_stand_before_false() -> None:
    turned = ITEMS.replace('ident="false"', 'ident="x"').replace('ident="true"', 'ident="false"')
    turned = turned.replace("<mattext>False<", "<mattext>Yes<").replace('ident="x"', 'ident="true"')

    question = next(one for one in read_bank(turned.encode()).questions if one.key == "Q4")

    assert [one.weight for one in question.options] == [0, 1]


def test_a_cartridge_gives_its_assessments_and_banks() -> None:
    kind = "imsqti_xmlv1p2/imscc_xmlv1p2"
    content = zipped(
        {
            "imsmanifest.xml": manifest(
                (f"{kind}/assessment", "i1/qti.xml"), (f"{kind}/question-bank", "i2/bank.xml"),
                ("imswl_xmlv1p2", "link.xml"), ("imsqti_xmlv1p2/odd", "i3/empty.xml"),
            ),
            "i1/qti.xml": ITEMS,
            "i2/bank.xml": BANK,
            "i3/empty.xml": "<questestinterop><objectbank/></questestinterop>",
        }
    )  # fmt: skip

    bank = read_bank(content)

    assert bank.kind == "cartridge"
    assert bank.categories == ("Getting about", "First days")
    assert bank.questions[-1].title == "A word"
    assert (bank.questions[-1].key, bank.questions[-1].category) == ("a-word", "First days")
    assert len(bank.questions) == 10
    assert ("imsmanifest.xml", "resource_left_out") in [(one.where, one.code) for one in bank.notes]
    assert {one.where for one in bank.notes} == {"imsmanifest.xml", "i1/qti.xml"}
