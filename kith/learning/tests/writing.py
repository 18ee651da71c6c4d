"""What tests of writing courses share."""

import io
import re
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kith.learning.commands import wordings
from kith.learning.models import CoursePart
from kith.learning.rules.shipped import SHIPPED
from kith.methods.learning.courses.reading import read_course


def part(version, key) -> CoursePart:
    return CoursePart.objects.select_related("version").get(version=version, key=key)


def address(name, *args):
    return reverse(f"learning:{name}", args=args)


def text_of(answer) -> str:
    words = re.sub(r"<[^>]+>|[\u2068\u2069]", " ", answer.content.decode())
    return " ".join(words.split())


def seen_in(answer) -> str:
    found = re.search(r'name="seen" value="(\w*)"', answer.content.decode())
    assert found
    return found[1]


def zipped(files) -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, one in files.items():
            archive.writestr(path, one)
    return SimpleUploadedFile("course.zip", content.getvalue())


def shipped(actor):
    """A course that passes every check, as a draft."""
    read = read_course(SHIPPED[0])
    pictures = {
        one.key: {
            name.name: read.files[f"{read.folders[one.key]}/{name.name}"] for name in one.pictures
        }
        for one in read.course.modules
    }
    return wordings.take_files(actor, written=read.course, pictures=pictures)
