"""What is kept of someone in free words."""

from django.db import models

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models.persons import Person


class Note(Model):
    """What is kept of someone in free words. What was seen, what the person said, what others said
    and what the writer makes of it stand apart, so that nobody takes one for the other.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    written_on = models.DateField()
    # Nobody where the command line brought in a list.
    written_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_list = models.BooleanField(default=False)
    observed = EncryptedTextField(blank=True)
    told_by_person = EncryptedTextField(blank=True)
    told_by_others = EncryptedTextField(blank=True)
    interpretation = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        written_on=Kind.FACT,
        written_by=Kind.LINK,
        from_list=Kind.FACT,
        observed=Kind.FREE_TEXT,
        told_by_person=Kind.FREE_TEXT,
        told_by_others=Kind.FREE_TEXT,
        interpretation=Kind.FREE_TEXT,
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-written_on", "-id"], name="note_newest")]

    def __str__(self) -> str:
        return str(self.written_on)
