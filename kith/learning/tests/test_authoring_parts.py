"""Modules of a draft: screens, sources, pictures."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.learning.models import CoursePicture, CourseVersion
from kith.learning.queries.content import part_of
from kith.learning.queries.wordings import content_of
from kith.learning.tests.factories import NOW
from kith.learning.tests.writing import address, part, seen_in, text_of
from kith.methods.learning.courses.stamps import stale_languages

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'
ACTING = SVG.replace(b"<path", b"<script>alert(1)</script><path")


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


class TestParts:
    def test_a_screen_is_changed_beside_its_preview(self, page, module) -> None:
        here = address("write_screen", module.pk, "first")
        shown = page.get(here)
        assert "One <em>idea</em>." in shown.content.decode()

        answer = page.post(
            here, {"heading": "First", "body": "Two **ideas**.", "seen": seen_in(shown)}
        )

        assert answer.url == address("write_part", module.pk)
        screen = part_of(module).screen("first")
        assert screen.body["en"] == "Two **ideas**."
        assert screen.body["pl"] == "One *idea*. (pl)"

    def test_translations_of_a_changed_screen_are_stale(self, page, module) -> None:
        here = address("write_screen", module.pk, "first")
        page.post(here, {"heading": "First", "body": "Two.", "seen": seen_in(page.get(here))})

        assert set(stale_languages(part_of(module).screen("first"))) == {"pl", "ar"}
        assert stale_languages(part_of(module).screen("second")) == ()

    def test_of_two_who_write_at_once_the_second_is_told_and_keeps_the_text(
        self, page, module
    ) -> None:
        here = address("write_screen", module.pk, "first")
        seen = seen_in(page.get(here))
        page.post(here, {"heading": "First", "body": "Theirs.", "seen": seen})

        answer = page.post(here, {"heading": "First", "body": "Mine.", "seen": seen})

        words = text_of(answer)
        assert answer.status_code == 422
        assert "Somebody else saved this text while you were writing." in words
        assert "What somebody else saved meanwhile First Theirs." in words
        assert ">\nMine.</textarea>" in answer.content.decode()
        assert part_of(module).screen("first").body["en"] == "Theirs."

        page.post(here, {"heading": "First", "body": "Both.", "seen": seen_in(answer)})
        assert part_of(module).screen("first").body["en"] == "Both."

    def test_a_text_that_would_be_two_screens_is_not_kept(self, page, module) -> None:
        here = address("write_screen", module.pk, "first")

        answer = page.post(
            here, {"heading": "First", "body": "One.\n\n## Two\n\nMore.", "seen": ""}
        )

        assert "begins a new screen" in text_of(answer)
        assert part_of(module).screen("first").body["en"] == "One *idea*."

    def test_screens_are_added_moved_and_removed(self, page, module) -> None:
        page.post(address("new_screen", module.pk), {"heading": "Żółw 2", "body": "Text."})
        page.post(address("move_screen", module.pk, "zolw-2"), {"to": "earlier"})
        page.post(address("remove_screen", module.pk, "first"))

        module.refresh_from_db()
        assert module.screens == ["zolw-2", "second"]
        assert [one.name for one in part_of(module).screens] == ["zolw-2", "second"]

    def test_the_last_screen_stays(self, page, module) -> None:
        for name in ("first", "second"):
            answer = page.post(address("remove_screen", module.pk, name), follow=True)

        assert "A part needs at least one." in text_of(answer)
        assert [one.name for one in part_of(module).screens] == ["second"]

    def test_the_preview_shows_harmless_html_and_keeps_nothing(self, page, module) -> None:
        answer = page.post(address("write_preview", module.pk), {"body": "*So* <script>x</script>"})

        assert "<em>So</em> &lt;script&gt;" in answer.content.decode()
        assert part_of(module).screen("first").body["en"] == "One *idea*."

    def test_title_and_aim_of_a_module_and_of_a_story(self, page, draft, module) -> None:
        story = part(draft, "letter")

        page.post(
            address("write_head", module.pk),
            {"title": "Uno", "aim": "Do.", "minutes": 41, "seen": ""},
        )
        page.post(address("write_head", story.pk), {"title": "Post", "minutes": 12, "seen": ""})

        module.refresh_from_db()
        assert (module.title["en"], module.title["pl"], module.minutes) == ("Uno", "One (pl)", 41)
        assert part_of(module).aim["en"] == "Do."
        assert content_of(part(draft, "letter")).minutes == 12

    def test_sources_are_kept_under_short_names(self, page, module) -> None:
        values = {
            "key": "trial",
            "title": "A trial",
            "publisher": "Us",
            "year": "2024",
            "address": "https://example.org/a",
        }
        page.post(address("new_source", module.pk), values)
        twice = page.post(address("new_source", module.pk), values)
        page.post(address("write_source", module.pk, "trial"), {**values, "title": "The trial"})

        assert "Another source has this short name already." in text_of(twice)
        assert [one.title for one in part_of(module).sources] == ["The trial"]

        page.post(address("remove_source", module.pk, "trial"))
        assert part_of(module).sources == ()

    def test_a_picture_that_only_shows_is_kept_and_shown(self, page, module) -> None:
        page.post(
            address("new_picture", module.pk), {"file": SimpleUploadedFile("bridge.svg", SVG)}
        )

        kept = CoursePicture.objects.get(part=module)
        shown = page.get(address("write_picture", module.pk, kept.pk))
        preview = page.post(
            address("write_preview", module.pk), {"body": "![A bridge](pictures/bridge.svg)"}
        )
        assert [one.name for one in part_of(module).pictures] == ["pictures/bridge.svg"]
        assert shown.content == SVG
        assert "sandbox" in shown.headers["Content-Security-Policy"]
        assert address("write_picture", module.pk, kept.pk) in preview.content.decode()

        page.post(address("remove_picture", module.pk, kept.pk))
        assert part_of(module).pictures == ()
        assert not CoursePicture.objects.filter(part=module).exists()

    def test_a_picture_that_acts_is_refused_and_the_part_is_named(self, page, module) -> None:
        answer = page.post(
            address("new_picture", module.pk), {"file": SimpleUploadedFile("bad.svg", ACTING)}
        )

        assert answer.status_code == 422
        assert "It has a part that is not allowed in a picture:" in text_of(answer)
        assert not CoursePicture.objects.filter(part=module).exists()

    def test_what_was_in_use_is_not_changed(self, page, course) -> None:
        used = part(CourseVersion.objects.get(course=course), "one")

        shown = page.get(address("write_screen", used.pk, "first"))
        answer = page.post(
            address("write_screen", used.pk, "first"), {"heading": "X", "body": "Y", "seen": ""}
        )

        assert shown.status_code == 404
        assert "This wording was in use already." in text_of(answer)
        assert part_of(used).screen("first").body["en"] == "One *idea*."
