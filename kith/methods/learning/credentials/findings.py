"""What is wrong with a credential: a reason with values and one English sentence.

Pages translate by reason and fill in the same values.
"""

from dataclasses import dataclass

SENTENCES: dict[str, str] = {
    # the token
    "malformed": "It is malformed: {what}.",
    "algorithm_wrong": "It is signed with “{algorithm}”; only EdDSA is accepted.",
    "header_wrong": "Its header has “{member}”, which is not accepted.",
    "claim_wrong": "The claim “{claim}” does not say what the credential says.",
    # the credential
    "member_missing": "“{member}” is missing.",
    "member_wrong": "“{member}” should be {needs}.",
    "term_unknown": "“{member}” is defined in none of its contexts.",
    # who signed it, and whether it still holds
    "issuer_unknown": "The issuer {issuer} is not known here.",
    "key_missing": "The key it was signed with is not at hand; its address is {address}.",
    "key_elsewhere": "The key {address} lies elsewhere than the issuer {issuer}.",
    "signature_wrong": "The signature does not fit: it was changed, or another key signed it.",
    "not_yet_valid": "It is not valid before {on}.",
    "expired": "It expired on {on}.",
    "revoked": "It was revoked.",
    "suspended": "It is suspended.",
    # the list that says whether it was revoked
    "status_missing": "The status list {address} is not at hand, so it may have been revoked.",
    "status_kind": "Its status is kept in a way that is not known here ({kind}).",
    "status_list": "Its status list {address} cannot be used. {why}",
}
# What a reader can bring along; all else is a fault of the credential or of its status list.
OPEN = frozenset({"key_missing", "status_missing"})
LONGEST = 200
# Arabic and Persian words need these two, which count as not printable.
JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a credential is not taken as valid.

    given  names and texts from the credential; whoever wrote it may have meant harm
    """

    reason: str
    given: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> dict[str, str]:
        return dict(self.given)

    @property
    def sentence(self) -> str:
        """The English sentence, safe to print. Pages have their own for each reason."""
        plain = {name: printable(value) for name, value in self.values.items()}
        return SENTENCES[self.reason].format(**plain)

    @property
    def is_open(self) -> bool:
        """Something was not at hand, and may be brought along."""
        return self.reason in OPEN


def found(reason: str, **values: object) -> Finding:
    return Finding(reason, tuple((name, str(value)) for name, value in values.items()))


def printable(text: str) -> str:
    """The text in one line, without marks that a terminal or a page would act on, at most 200."""
    kept = "".join(one if one.isprintable() or one in JOINERS else "�" for one in text)
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"
