"""The CV: written by the person, as a file, with nothing of ours on it."""

import pytest
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.tests.factories import PersonFactory
from kith.web.tests import reading
from kith.work import commands
from kith.work.models import Cv
from kith.work.tests.factories import (
    MONDAY,
    CvFactory,
    JobFactory,
    QualificationFactory,
    SharingFactory,
)

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"work:{name}", args=args)


@pytest.fixture
def own(client, me, amal):
    return sign_in(client, me)


@pytest.fixture
def cv(ewa, amal):
    with scope.entered(ewa.organisation_id):
        JobFactory(person=amal, title="Nurse", employer="Clinic", what="I looked after people.")
        QualificationFactory(person=amal, title="Diploma in nursing", state="recognised")
        return CvFactory(person=amal)


def test_a_person_writes_it_in_one_language_and_others_stay_open(own, ewa, amal) -> None:
    own.post(url("write_cv", amal.pk, "pl"), {"about": "Lubię pracę w zespole.", "shows": ["jobs"]})

    with scope.entered(ewa.organisation_id):
        rows = [(one.language, one.about, one.shows) for one in Cv.objects.all()]
    page = own.get(url("cvs", amal.pk))
    assert rows == [("pl", "Lubię pracę w zespole.", ["jobs"])]
    assert [bool(line["changed_on"]) for line in page.context["lines"]] == [False, True, False]


def test_the_file_holds_what_was_written_and_the_name_as_its_heading(own, amal, cv) -> None:
    answer = own.get(url("cv_pdf", amal.pk, "en"))

    said = reading.text_of(answer.content)
    for words in ("Amal Haddad", "I like to work in a team.", "First aid", "2014–2021", "Nurse"):
        assert words in said
    assert "recognised here" in said
    assert reading.promises_ua(reading.read(answer.content))


def test_nothing_of_ours_stands_on_it(own, ewa, amal, cv) -> None:
    reader = reading.read(own.get(url("cv_pdf", amal.pk, "en")).content)

    said = reading.text_of(reader)
    assert ewa.organisation.name not in said
    assert reader.metadata.author is None
    assert reader.metadata.title == "CV"


def test_what_was_left_out_does_not_stand_on_it(own, ewa, amal) -> None:
    with scope.entered(ewa.organisation_id):
        JobFactory(person=amal, title="Seamstress")
        CvFactory(person=amal, shows=[])

    assert "Seamstress" not in reading.text_of(own.get(url("cv_pdf", amal.pk, "en")).content)


@pytest.mark.parametrize(("language", "heading"), [("pl", "Kilka słów o mnie"), ("ar", "نبذة عني")])
def test_headings_are_in_the_language_of_the_cv(own, ewa, amal, language, heading) -> None:
    with scope.entered(ewa.organisation_id):
        CvFactory(person=amal, language=language)

    content = own.get(url("cv_pdf", amal.pk, language)).content

    assert reading.language_of(content) == language
    if language == "pl":
        assert heading in reading.text_of(content)


def test_no_file_before_it_is_written_and_none_in_other_languages(own, amal) -> None:
    assert own.get(url("cv_pdf", amal.pk, "en")).status_code == 404
    assert own.get(url("write_cv", amal.pk, "de")).status_code == 404


def test_a_mentor_saves_it_only_with_permission(client, ewa, amal, jan, cv) -> None:
    with scope.entered(ewa.organisation_id):
        sharing = SharingFactory(person=amal, parts=["jobs"])
    mentor = sign_in(client, jan)

    before = mentor.get(url("cv_pdf", amal.pk, "en")).status_code
    with scope.entered(ewa.organisation_id), permit.lifted():
        sharing.delete()
        SharingFactory(person=amal, parts=["cv"])
    after = mentor.get(url("cv_pdf", amal.pk, "en")).status_code

    assert (before in {403, 404}, after) == (True, 200)


def test_a_coordinator_writes_it_only_for_someone_without_a_sign_in(ewa, amal, cv) -> None:
    with scope.entered(ewa.organisation_id), pytest.raises(Denied):
        commands.remove_cv(actor_of(ewa), person=amal, language="en")


@pytest.mark.parametrize("role", ["volunteer_matcher", "supervisor", "mentor"])
def test_nobody_else_reads_it(client, ewa, amal, cv, role) -> None:
    member = MembershipFactory(organisation=ewa.organisation, roles=[role])

    assert sign_in(client, member).get(url("cvs", amal.pk)).status_code in {403, 404}


def test_the_form_begins_with_what_is_known_and_asks_for_nothing_about_origin(own, amal) -> None:
    page = own.get(url("write_cv", amal.pk, "en"))

    assert sorted(page.context["form"].fields) == ["about", "contact", "shows", "skills"]


def test_it_is_removed_for_good(own, ewa, amal, cv) -> None:
    own.post(url("remove_cv", amal.pk, "en"))

    with scope.entered(ewa.organisation_id):
        assert Cv.objects.count() == 0


def test_somebody_elses_is_not_found(own, ewa) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)
    with scope.entered(ewa.organisation_id):
        CvFactory(person=other, changed_on=MONDAY)

    assert own.get(url("cvs", other.pk)).status_code == 404
