"""Forms about the agreement."""

from django.utils.translation import gettext_lazy as _

from kith.web.forms import KithForm, SignatureField


class SignForm(KithForm):
    """A signature under the agreement."""

    signature = SignatureField(label=_("Signature"))
