"""Tables of this room."""

from kith.learning.models.asking import LearningPage, SeatRequest, TrainingRequest
from kith.learning.models.certificates import (
    BadgeKey,
    Certificate,
    ErasedCertificate,
    Hours,
    PublicCode,
)
from kith.learning.models.courses import Course, CoursePart, CoursePicture, CourseVersion
from kith.learning.models.editions import Announcement, Attended, Edition, LiveSession
from kith.learning.models.elsewhere import AcceptedIssuer, BroughtCertificate, Recognised
from kith.learning.models.learners import Attempt, Progress, Seat, Tally, Work
from kith.learning.models.packages import (
    Package,
    PackageFile,
    PackageLaunch,
    PackageRun,
    XapiState,
    XapiStatement,
)

__all__ = [
    "AcceptedIssuer",
    "Announcement",
    "Attempt",
    "Attended",
    "BadgeKey",
    "BroughtCertificate",
    "Certificate",
    "Course",
    "CoursePart",
    "CoursePicture",
    "CourseVersion",
    "Edition",
    "ErasedCertificate",
    "Hours",
    "LearningPage",
    "LiveSession",
    "Package",
    "PackageFile",
    "PackageLaunch",
    "PackageRun",
    "Progress",
    "PublicCode",
    "Recognised",
    "Seat",
    "SeatRequest",
    "Tally",
    "TrainingRequest",
    "Work",
    "XapiState",
    "XapiStatement",
]
