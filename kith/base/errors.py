"""The two ways in which Kith says no, each with a sentence for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class KithError(Exception):
    """An error that a person may read."""

    sentence: str | Promise = _("Something went wrong. Nothing was lost.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(str(self.sentence))


class Refused(KithError):
    """Not now: the state of things does not allow it. The sentence says what would."""

    sentence = _("This is not possible now.")


class Denied(KithError):
    """Not you: this person may not do it. `seen` tells whether the row itself is visible."""

    sentence = _("Your role does not include this. Ask your coordinator if you need it.")

    def __init__(
        self,
        sentence: str | Promise | None = None,
        *,
        seen: bool = False,
        refused: str = "",
        row: object = None,
    ) -> None:
        super().__init__(sentence)
        self.seen = seen
        self.refused = refused
        self.row = row


class ReasonNeeded(KithError):
    """A record outside the person's own work opens only with a reason, which is kept."""

    sentence = _("This record is not among those you work with. Say why you open it.")

    def __init__(self, row_id: object) -> None:
        super().__init__()
        self.row_id = row_id


class WriteOutsideCommand(RuntimeError):
    """A programming mistake: rows are written only inside a command of the gate."""
