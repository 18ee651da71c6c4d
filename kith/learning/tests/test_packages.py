"""Packages from elsewhere: taken, refused, played in a closed frame, removed."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, OrganisationFactory, actor_of, sign_in
from kith.learning.commands import packages as commands
from kith.learning.models import Package, PackageFile, PackageRun
from kith.learning.queries import packages as queries
from kith.learning.tests.factories import NOW
from kith.methods.learning.tests.package_files import PAGE, item, resource, scorm

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    with scope.entered(organisation.pk):
        yield organisation


@pytest.fixture
def trainer(organisation):
    return MembershipFactory(roles=[Role.TRAINER.value], organisation=organisation)


@pytest.fixture
def mentor(organisation):
    return MembershipFactory(mentor=True, organisation=organisation)


@pytest.fixture
def package(trainer):
    return commands.take_package(actor_of(trainer), content=scorm({"a.css": "a {}"}))


def begun(member, package) -> PackageRun:
    item_ = queries.items_of(package)[0]
    return commands.begin_run(actor_of(member), package=package, item=item_, now=NOW)


def told(**changes) -> dict:
    values = {
        "cmi.core.lesson_location": "screen-3",
        "cmi.core.lesson_status": "incomplete",
        "cmi.core.score.raw": "70",
        "cmi.suspend_data": "a=1",
    }
    return {**values, **{f"cmi.core.{key}": value for key, value in changes.items()}}


def save(run, values, *, seconds=60, now=NOW) -> PackageRun:
    actor = actor_of(run.member)
    return commands.save_run(actor, run=run, told=values, seconds=seconds, now=now)


def test_a_trainer_takes_a_package_with_all_its_files(package) -> None:
    rows = PackageFile.objects.filter(package=package).order_by("path")

    assert (package.title, package.standard, package.files) == ("Safe at work", "scorm12", 3)
    assert [(one.path, one.media_type) for one in rows] == [
        ("a.css", "text/css"),
        ("imsmanifest.xml", "text/xml"),
        ("index.html", "text/html"),
    ]
    assert bytes(rows[2].content) == PAGE.encode()
    assert package.size == sum(one.size for one in rows)


def test_a_learner_takes_and_removes_no_package(mentor, package) -> None:
    with pytest.raises(Denied):
        commands.take_package(actor_of(mentor), content=scorm())
    with pytest.raises(Denied):
        commands.remove_package(actor_of(mentor), package=package)

    assert list(Package.objects.all()) == [package]


def test_of_a_refused_package_nothing_is_kept(trainer) -> None:
    damaged = bytearray(scorm({"last.txt": "words"}))
    damaged[damaged.rindex(b"PK\x01\x02") + 16] ^= 0xFF

    for content, reason in ((b"x", "no_zip"), (bytes(damaged), "no_zip")):
        with pytest.raises(commands.PackageUnfit) as refusal:
            commands.take_package(actor_of(trainer), content=content)
        assert refusal.value.refused.reason == reason

    assert list(Package.objects.all()) == []
    assert list(PackageFile.objects.all()) == []


def test_removing_takes_files_and_ways_through_it_along(trainer, mentor, package) -> None:
    begun(mentor, package)

    commands.remove_package(actor_of(trainer), package=package)

    for model in (Package, PackageFile, PackageRun):
        assert list(model.objects.all()) == []


def test_what_a_package_tells_is_kept_and_given_back(mentor, package) -> None:
    run = begun(mentor, package)
    save(run, told(), seconds=100)
    save(run, told(lesson_status="passed"), seconds=10**6, now=NOW + timedelta(hours=1))

    again = begun(mentor, package)

    kept = queries.kept_of(again)
    assert (kept.location, kept.suspend_data) == ("screen-3", "a=1")
    assert (kept.score.raw, kept.score.scaled) == (70.0, 0.7)
    assert (again.completion, again.success) == ("completed", "passed")
    assert again.seconds == 100 + 1800
    assert again.last_at == NOW + timedelta(hours=1)


def test_who_passed_once_stays_passed(mentor, package) -> None:
    run = begun(mentor, package)
    save(run, told(lesson_status="passed"))

    row = save(run, told(lesson_status="incomplete"))

    assert (row.completion, row.success) == ("completed", "passed")


def test_nobody_saves_for_somebody_else(trainer, mentor, package) -> None:
    run = begun(mentor, package)

    with pytest.raises(Denied):
        commands.save_run(actor_of(trainer), run=run, told=told(), seconds=1, now=NOW)


def test_too_much_is_not_kept(mentor, package) -> None:
    run = begun(mentor, package)

    with pytest.raises(commands.TooMuchKept):
        save(run, {**told(), "cmi.suspend_data": "x" * 64_001})
    save(run, {**told(), "cmi.suspend_data": "x" * 64_000})

    assert len(PackageRun.objects.get().suspend_data) == 64_000


def test_a_leaflet_is_done_when_it_was_opened(trainer, mentor) -> None:
    content = scorm(resources=resource(kind="asset"))
    leaflet = commands.take_package(actor_of(trainer), content=content)

    assert begun(mentor, leaflet).completion == "completed"


def upload(client, content, name="course.zip"):
    file = SimpleUploadedFile(name, content, content_type="application/zip")
    return client.post(reverse("learning:package_upload"), {"file": file})


def test_the_trainers_page_says_why_a_package_is_refused(client, trainer) -> None:
    sign_in(client, trainer)

    answer = upload(client, scorm(resources=resource("gone.html")))

    assert answer.status_code == 422
    assert "“First” starts with “gone.html”, which is not in the package." in answer.text
    assert "“course.zip” is not taken" in answer.text
    assert list(Package.objects.all()) == []


def test_the_trainers_page_takes_a_package_and_says_what_works_otherwise(client, trainer) -> None:
    sign_in(client, trainer)
    more = "<adlcp:prerequisites>x</adlcp:prerequisites>"

    answer = upload(client, scorm(items=item(more=more)))
    page = client.get(answer["Location"])

    assert "Here they can be started in any order." in page.text
    assert "SCORM 1.2" in page.text


def test_a_learner_sees_packages_and_no_door_to_change_them(client, mentor, package) -> None:
    sign_in(client, mentor)

    lists = client.get(reverse("learning:packages"))
    page = client.get(reverse("learning:package", args=[package.pk]))

    assert "Safe at work" in lists.text
    for answer in (lists, page):
        assert reverse("learning:package_upload") not in answer.text
        assert reverse("learning:package_remove", args=[package.pk]) not in answer.text
    assert client.get(reverse("learning:package_upload")).status_code in {403, 404}
    assert client.post(reverse("learning:package_remove", args=[package.pk])).status_code in {
        403,
        404,
    }
    assert list(Package.objects.all()) == [package]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(
    client, trainer, rows, django_assert_max_num_queries
) -> None:
    for _ in range(rows):
        commands.take_package(actor_of(trainer), content=scorm())
    sign_in(client, trainer)
    client.get(reverse("learning:packages"))

    with django_assert_max_num_queries(16):
        client.get(reverse("learning:packages"))


def test_removing_asks_first(client, trainer, package) -> None:
    sign_in(client, trainer)
    address = reverse("learning:package_remove", args=[package.pk])

    asked = client.get(address)
    done = client.post(address)

    assert "Remove “Safe at work”?" in asked.text
    assert done["Location"] == reverse("learning:packages")
    assert list(Package.objects.all()) == []


def begin(client, package) -> str:
    """Begin over the page; gives the address of the playing page."""
    address = reverse("learning:package_begin", args=[package.pk])
    return client.post(address, {"item": "one"})["Location"]


def test_the_page_around_a_package_lets_its_frame_show_nothing_else(
    client, mentor, package
) -> None:
    sign_in(client, mentor)

    answer = client.get(begin(client, package))

    key = queries.pass_for(PackageRun.objects.get())
    start = f"http://testserver/learning/packages/{package.pk}/files/"
    policy = dict(one.split(" ", 1) for one in answer["Content-Security-Policy"].split("; "))
    assert policy["frame-src"].startswith(start)
    assert policy["frame-src"].endswith("/")
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert 'sandbox="allow-scripts allow-forms"' in answer.text
    assert f'data-src="{policy["frame-src"]}index.html"' in answer.text
    assert len(key) == len(policy["frame-src"].removeprefix(start)) - 1


def files(run, path="index.html") -> str:
    return reverse("learning:package_file", args=[run.package_id, queries.pass_for(run), path])


def test_a_file_opens_by_its_address_alone_and_is_locked_in(client, mentor, package) -> None:
    run = begun(mentor, package)
    address = files(run)

    answer = client.get(address)

    policy = dict(one.split(" ", 1) for one in answer["Content-Security-Policy"].split("; "))
    own = f"http://testserver{address.removesuffix('index.html')}"
    assert answer.status_code == 200
    assert policy["sandbox"] == "allow-scripts allow-forms"
    assert policy["connect-src"] == f"{own} data: blob:"
    assert policy["form-action"] == policy["base-uri"] == own
    assert policy["default-src"].startswith(f"{own} ")
    assert "'self'" not in answer["Content-Security-Policy"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer.cookies == {}
    assert f'<head><script src="{own}__kith__/bridge.js"></script><title>' in answer.text


def test_the_script_in_front_knows_what_was_kept_and_no_name(client, mentor, package) -> None:
    run = begun(mentor, package)
    save(run, told())

    script = client.get(files(run, "__kith__/bridge.js"))

    start = json.loads(script.text.splitlines()[0].removeprefix("self.kithStart = ")[:-1])
    assert script["Content-Type"] == "text/javascript"
    assert script["Cache-Control"] == "no-store, private"
    assert start["standard"] == "scorm12"
    assert start["origin"] == "http://testserver"
    assert start["values"]["cmi.core.lesson_location"] == "screen-3"
    assert start["values"]["cmi.core.entry"] == "resume"
    assert start["values"]["cmi.core.student_name"] == run.pk.hex
    assert mentor.name not in script.text


def test_other_addresses_open_nothing(client, mentor, trainer, package) -> None:
    run = begun(mentor, package)
    other = commands.take_package(actor_of(trainer), content=scorm())
    key = queries.pass_for(run)

    def get(package_, key_, path="index.html"):
        address = reverse("learning:package_file", args=[package_.pk, key_, path])
        return client.get(address).status_code

    assert get(package, key) == 200
    assert get(package, key, "gone.html") == 404
    assert get(package, key[:-1] + ("A" if key[-1] != "A" else "B")) == 404
    assert get(other, key) == 404
    assert get(package, "x") == 404


def test_an_address_opens_for_some_hours_only(client, mentor, package, monkeypatch) -> None:
    run = begun(mentor, package)
    address = files(run)

    monkeypatch.setattr(queries, "PASS_LASTS_SECONDS", -1)

    assert client.get(address).status_code == 404


def test_a_piece_of_a_film_is_sent_as_it_is_asked_for(client, trainer, mentor) -> None:
    film = bytes(range(256)) * 4
    package = commands.take_package(actor_of(trainer), content=scorm({"film.mp4": film}))
    address = files(begun(mentor, package), "film.mp4")

    piece = client.get(address, headers={"Range": "bytes=10-19"})
    rest = client.get(address, headers={"Range": "bytes=1000-"})
    beyond = client.get(address, headers={"Range": "bytes=1024-"})

    assert (piece.status_code, piece.content) == (206, film[10:20])
    assert piece["Content-Range"] == "bytes 10-19/1024"
    assert rest.content == film[1000:]
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */1024")
    assert client.get(address).content == film


def test_saving_needs_the_own_way_and_something_readable(client, mentor, trainer, package) -> None:
    run = begun(mentor, package)
    address = reverse("learning:package_save", args=[run.pk])
    sign_in(client, mentor)

    kept = client.post(address, {"told": json.dumps(told()), "seconds": "30"})
    broken = client.post(address, {"told": "[1]", "seconds": "x"})
    much = client.post(address, {"told": json.dumps({"cmi.suspend_data": "x" * 64_001})})
    sign_in(client, trainer)
    strange = client.post(address, {"told": json.dumps(told())})

    assert (kept.status_code, broken.status_code, much.status_code) == (200, 400, 413)
    assert strange.status_code == 404
    assert PackageRun.objects.get().seconds == 30
