"""The component tags as a page writes them."""

import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from kith.web.components import Event, Filter
from kith.web.forms import KithForm
from kith.web.templatetags.ui import ICONS
from kith.web.today import Kind, TodayLine

TODAY = date(2026, 11, 22)
DOMAINS = ["language", "work", "learning", "housing", "health", "people", "offices", "belonging"]


class MeetingForm(KithForm):
    place = forms.CharField(label="Place", help_text="Where you met.")
    minutes = forms.IntegerField(label="How long", max_value=600)
    note = forms.CharField(label="Note", required=False)


def render(source: str, **values: object) -> str:
    with translation.override("en"):
        page = Template("{% load ui %}" + source).render(Context(values))
    return re.sub(r"\s+", " ", page).replace("> <", "><").strip()


UNKNOWN = [
    "{% card titel='Meetings' %}{% endcard %}",
    "{% pagehead title='Olena' colour='red' %}{% endpagehead %}",
    "{% crumb 'People' target='/' %}",
    "{% alert level='info' %}{% endalert %}",
    "{% emptystate 'None' picture='x' %}",
    "{% status 'Waiting' colour='red' %}",
    "{% field form.place size=3 %}",
    "{% errorsummary form deep=True %}",
    "{% formpage submit='Save' method='get' %}{% endformpage %}",
    "{% postbutton '/' 'Yes' method='get' %}",
    "{% table title='Meetings' %}{% endtable %}",
    "{% rows title='People' %}{% endrows %}",
    "{% row url='/' title='Olena' score=5 %}{% endrow %}",
    "{% filters items title='Show' %}",
    "{% listsearch title='Search' %}",
    "{% todo line main=True %}",
    "{% timeline events today order='up' %}",
    "{% ladder 'Work' now=1 total=9 %}",
    "{% keyset_pager page=2 %}",
    "{% fact name='Phone' %}{% endfact %}",
    "{% steps labels 1 total=3 %}",
    "{% panels 'person' olena open=True %}",
    "{% ago day today short=True %}",
    "{% words names style='or' %}",
    "{% icon 'phone' size=3 %}",
]


@pytest.mark.parametrize("source", UNKNOWN)
def test_an_argument_that_a_component_does_not_know_fails_the_page(source):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        Template("{% load ui %}" + source)


@pytest.mark.parametrize(
    "source",
    [
        "{% alert tone='red' %}{% endalert %}",
        "{% status 'Waiting' tone='red' %}",
        "{% postbutton '/' 'Yes' kind='huge' %}",
        "{% icon 'dragon' %}",
        "{% card title=3 %}{% endcard %}",
        "{% field 'place' %}",
        "{% todo 'Call Olena' %}",
    ],
)
def test_a_value_of_the_wrong_kind_fails_the_page(source):
    with pytest.raises(TemplateSyntaxError):
        render(source)


@pytest.mark.parametrize("name", DOMAINS)
def test_each_domain_of_life_has_its_picture(name):
    assert ICONS.joinpath(f"{name}.svg").is_file()


def test_a_picture_is_silent_unless_it_has_a_label():
    silent, spoken = render("{% icon 'phone' %}"), render("{% icon 'phone' label='a & b' %}")

    assert 'aria-hidden="true"' in silent
    assert 'role="img" aria-label="a &amp; b"' in spoken


def test_text_is_escaped_in_every_part_of_a_row():
    html = render(
        "{% row url=evil title=evil context=evil when=evil %}{{ evil }}{% endrow %}",
        evil="<script>",
    )

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 5


def test_a_card_holds_its_title_and_content():
    html = render("{% card title='Meetings' %}<p>No meeting yet.</p>{% endcard %}")

    assert html == (
        '<section class="card"><div class="card-top"><div><h2 class="card-title">Meetings</h2>'
        '</div></div><div class="card-body"><p>No meeting yet.</p></div></section>'
    )


def test_help_and_error_of_a_field_are_tied_to_it():
    html = render("{% field form.place %}", form=MeetingForm({"place": ""}))

    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<div class="form-hint" id="id_place_helptext">Where you met.</div>' in html
    assert re.search(
        r'<ul class="field-error" id="id_place_error">.*Fill this in\.</li></ul>', html
    )


def test_a_required_field_says_so_in_words():
    form = MeetingForm()

    assert "required" in re.sub("<[^>]+>", " ", render("{% field form.place %}", form=form))
    assert "required" not in re.sub("<[^>]+>", " ", render("{% field form.note %}", form=form))


def test_the_unit_stands_in_the_field():
    html = render("{% field form.minutes unit='minutes' %}", form=MeetingForm())

    assert '<span class="input-group-text">minutes</span>' in html


def test_the_summary_of_errors_leads_to_the_fields_and_takes_the_focus():
    form = MeetingForm({"place": "", "minutes": "900"})

    html = render("{% errorsummary form %}", form=form)

    assert re.findall(r'<a href="(.*?)">(.*?)</a>', html) == [
        ("#id_place", "Place: Fill this in."),
        ("#id_minutes", "How long: Write 600 or less."),
    ]
    assert "2 things need another look" in html
    assert 'tabindex="-1"' in html
    assert "data-takes-focus" in html


def test_a_form_without_errors_has_no_summary():
    assert render("{% errorsummary form %}", form=MeetingForm()) == ""


def test_a_form_page_carries_the_token_and_its_button():
    html = render(
        "{% formpage form=form submit='Save meeting' %}{% endformpage %}",
        form=MeetingForm(),
        csrf_token="abc",
    )

    assert '<input type="hidden" name="csrfmiddlewaretoken" value="abc">' in html
    assert '<button class="btn btn-primary" type="submit">Save meeting</button>' in html


def test_a_line_of_today_says_what_why_and_offers_one_act():
    line = TodayLine(
        kind=Kind.CALL,
        what="Call Olena and Marta",
        why="No meeting for 23 days.",
        action_label="Open match",
        url="/matches/17/",
    )

    html = render("{% todo line is_main=True %}", line=line)

    assert '<h2 class="todo-what">Call Olena and Marta</h2>' in html
    assert '<p class="todo-why">No meeting for 23 days.</p>' in html
    assert re.findall(r'<a class="(.*?)" href="(.*?)">(.*?)<', html) == [
        ("btn btn-primary", "/matches/17/", "Open match")
    ]


def test_a_ladder_says_in_words_what_its_steps_show():
    html = render("{% ladder 'Work' now=3 before=2 word='has work' word_before='looks for work' %}")

    assert re.findall(r"rung-(\w+)", html) == ["filled", "filled", "gained", "open", "open"]
    spoken = " ".join(re.sub("<[^>]+>", " ", html).split())
    assert spoken == "Work has work At the start: looks for work"


def test_a_domain_nobody_chose_yet_says_so():
    assert "Not chosen yet" in render("{% ladder 'Work' now=None %}")


def test_a_history_tells_dates_near_today():
    events = [Event(on=date(2026, 10, 30), what="Goal set")]

    html = render("{% timeline events today %}", events=events, today=TODAY)

    assert (
        '<time class="timeline-when" datetime="2026-10-30">23 days ago, on 30 October</time>'
        in html
    )


def test_the_present_filter_is_marked():
    items = [
        Filter(label="All", url="?", count=57, is_current=True),
        Filter(label="Waiting", url="?s=1"),
    ]

    html = render("{% filters items label='Show' %}", items=items)

    assert re.findall(r"<a [^>]*>", html) == [
        '<a href="?" aria-current="true">',
        '<a href="?s=1">',
    ]


def test_a_list_of_one_page_has_no_pager():
    assert render("{% keyset_pager shown=12 %}") == ""


def test_panels_are_empty_for_a_visitor():
    request = RequestFactory().get("/")

    assert render("{% panels 'person' %}", request=request) == ""


def test_a_missing_date_prints_nothing():
    assert render("{% ago day today %}{{ day|longdate }}", day=None, today=TODAY) == ""
