"""Working papers of a match: what was written in them, by whom and when, and who said yes."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models import Match
from kith.papers.rules.letters import LetterKind
from kith.papers.rules.shapes import SHAPES
from kith.people.models import Person
from kith.people.models.choices import stored_choices


class Paper(Model):
    """One working paper of a match. Its content is the newest writing of each section.

    version  rises with each writing; a yes counts for the version it was given to
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    document = models.CharField(max_length=20, choices=stored_choices(SHAPES))
    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        document=Kind.FACT,
        version=Kind.TECHNICAL,
        written_at=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["match", "document"], name="paper_once")]

    def __str__(self) -> str:
        return self.document


class Writing(Model):
    """A section as somebody left it. The newest one is what stands in the paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=20)
    content = EncryptedJSONField()
    written_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        paper=Kind.LINK,
        match=Kind.LINK,
        number=Kind.TECHNICAL,
        section=Kind.FACT,
        content=Kind.FREE_TEXT,
        written_by=Kind.LINK,
        written_at=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["paper", "number"], name="writing_numbered_once")]
        indexes = [
            models.Index(fields=["paper", "section", "-number"], name="writing_by_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class Yes(Model):
    """Someone's yes to a paper as it stood in one version."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    said_on = models.DateField()
    taken_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        paper=Kind.LINK,
        person=Kind.LINK,
        version=Kind.TECHNICAL,
        said_on=Kind.FACT,
        taken_by=Kind.LINK,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["paper", "person"], name="yes_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.said_on}"


class Letter(Model):
    """A letter at the end of a match: fixed sentences, and what somebody wrote or chose."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=stored_choices(LetterKind))
    language = models.CharField(max_length=8)
    words = EncryptedTextField(blank=True)
    goals = EncryptedJSONField(null=True, blank=True)
    given_on = models.DateField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        person=Kind.LINK,
        kind=Kind.FACT,
        language=Kind.FACT,
        words=Kind.FREE_TEXT,
        goals=Kind.FREE_TEXT,
        given_on=Kind.FACT,
        made_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "person", "kind"], name="letter_once"),
            CheckConstraint(name="letter_has_a_language", condition=~Q(language="")),
        ]

    def __str__(self) -> str:
        return self.kind
