"""Packages of other learning systems, and how far somebody is in them."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base import clock
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.rules.packages import Completion, Success
from kith.methods.learning.packages.schema import Standard
from kith.people.models.choices import stored_choices


class Package(Model):
    """A package of SCORM or cmi5. Its files lie beside it."""

    title = models.CharField(max_length=300)
    standard = models.CharField(max_length=10, choices=stored_choices(Standard))
    # kith.methods.learning.packages.schema: the parts, and what works otherwise than it asks.
    items = models.JSONField()
    remarks = models.JSONField(default=list)
    activity = models.CharField(max_length=300, blank=True)
    files = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        title=Kind.FACT,
        standard=Kind.FACT,
        items=Kind.FACT,
        remarks=Kind.FACT,
        activity=Kind.TECHNICAL,
        files=Kind.FACT,
        size=Kind.FACT,
        made_by=Kind.LINK,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="learning_package_newest")]

    def __str__(self) -> str:
        return self.title


class PackageFile(Model):
    """One file of a package, as it came."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=1_000)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    privacy = Privacy(
        **COMMON,
        package=Kind.LINK,
        path=Kind.FACT,
        media_type=Kind.TECHNICAL,
        size=Kind.FACT,
        content=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["package", "path"], name="package_file_once")]

    def __str__(self) -> str:
        return self.path


class PackageRun(Model):
    """Somebody's way through one part of a package. What the package keeps for them is its own."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.UUIDField()
    item = models.CharField(max_length=130)
    location = EncryptedTextField(blank=True)
    suspend_data = EncryptedTextField(blank=True)
    score_raw = models.FloatField(null=True, blank=True)
    score_min = models.FloatField(null=True, blank=True)
    score_max = models.FloatField(null=True, blank=True)
    score_scaled = models.FloatField(null=True, blank=True)
    completion = models.CharField(
        max_length=10, choices=stored_choices(Completion), default=Completion.NOT_BEGUN.value
    )
    success = models.CharField(
        max_length=10, choices=stored_choices(Success), default=Success.UNKNOWN.value
    )
    seconds = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        package=Kind.LINK,
        member=Kind.LINK,
        user=Kind.LINK,
        item=Kind.FACT,
        location=Kind.FREE_TEXT,
        suspend_data=Kind.FREE_TEXT,
        score_raw=Kind.FACT,
        score_min=Kind.FACT,
        score_max=Kind.FACT,
        score_scaled=Kind.FACT,
        completion=Kind.FACT,
        success=Kind.FACT,
        seconds=Kind.FACT,
        last_at=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["package", "member", "item"], name="package_run_once"),
            CheckConstraint(
                name="package_run_scaled",
                condition=Q(score_scaled__isnull=True) | Q(score_scaled__range=(-1, 1)),
            ),
        ]
        indexes = [models.Index(fields=["member", "-last_at"], name="package_run_of_member")]

    def __str__(self) -> str:
        return self.item


class PackageLaunch(Model):
    """One start of a unit of cmi5: its two secrets, each good once or for a while."""

    run = models.ForeignKey(PackageRun, on_delete=models.CASCADE, related_name="+")
    fetch_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, blank=True)
    ends_at = models.DateTimeField()
    is_over = models.BooleanField(default=False)

    privacy = Privacy(
        **COMMON,
        run=Kind.LINK,
        fetch_hash=Kind.SECRET,
        token_hash=Kind.SECRET,
        ends_at=Kind.FACT,
        is_over=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["run", "-id"], name="package_launch_of_run")]

    def __str__(self) -> str:
        return str(self.ends_at)


class XapiStatement(Model):
    """What a unit of cmi5 said, word for word; the verb and the thing are told beside it."""

    run = models.ForeignKey(PackageRun, on_delete=models.CASCADE, related_name="+")
    user = models.UUIDField()
    statement = models.UUIDField()
    verb = models.CharField(max_length=300)
    thing = models.CharField(max_length=500)
    content = EncryptedTextField()
    stored_at = models.DateTimeField(default=clock.now)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        run=Kind.LINK,
        user=Kind.LINK,
        statement=Kind.TECHNICAL,
        verb=Kind.FACT,
        thing=Kind.FACT,
        content=Kind.FREE_TEXT,
        stored_at=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["run", "statement"], name="xapi_statement_once")]

    def __str__(self) -> str:
        return self.verb


class XapiState(Model):
    """A document that a unit of cmi5 keeps for somebody, such as where they stopped."""

    run = models.ForeignKey(PackageRun, on_delete=models.CASCADE, related_name="+")
    user = models.UUIDField()
    name = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    content = EncryptedTextField(blank=True)
    stored_at = models.DateTimeField(default=clock.now)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        run=Kind.LINK,
        user=Kind.LINK,
        name=Kind.FACT,
        media_type=Kind.TECHNICAL,
        content=Kind.FREE_TEXT,
        stored_at=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["run", "name"], name="xapi_state_once")]

    def __str__(self) -> str:
        return self.name
