"""Forms of the directory and of referrals, one file per matter."""

from kith.services.forms.entries import AgreementForm, EntryForm, UploadForm, first_values
from kith.services.forms.finding import ReportForm, SearchForm
from kith.services.forms.referrals import (
    FeedbackForm,
    FollowForm,
    OfferForm,
    SendForm,
    SharingForm,
)

__all__ = [
    "AgreementForm",
    "EntryForm",
    "FeedbackForm",
    "FollowForm",
    "OfferForm",
    "ReportForm",
    "SearchForm",
    "SendForm",
    "SharingForm",
    "UploadForm",
    "first_values",
]
