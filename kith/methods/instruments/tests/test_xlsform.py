"""XLSForm files: every type of the standard, and refusals by sheet, row and column."""

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from kith.methods.instruments.filling import fill
from kith.methods.instruments.findings import InstrumentRefused
from kith.methods.instruments.schema import Kind, Span
from kith.methods.instruments.tests.factories import (
    AGREEMENT,
    form,
    markdown,
    noted,
    question,
    read,
    said,
    workbook,
)
from kith.methods.instruments.xlsform import read_xlsform
from kith.methods.instruments.xlsform.languages import language_code
from kith.methods.instruments.xlsform.types import LEFT_OUT, REFUSED, SUPPORTED, meaning_of

END = {"type": "end_repeat"}
CALCULATED = {"calculate", "q calculate", "add calculate prompt"}


def names_of(table) -> list[str]:
    return [" ".join(name.split()) for text in table for name in text.split(";")]


TAKEN = [(name, kind) for kind, text in SUPPORTED.items() for name in names_of([text])]
LEFT = [(name, why) for text, why in LEFT_OUT.items() for name in names_of([text])]
NOT_TAKEN = [(name, why) for text, why in REFUSED.items() for name in names_of([text])]


def test_every_type_that_pyxform_knows_is_supported_left_out_or_refused() -> None:
    tables = [set(dict(table)) for table in (TAKEN, LEFT, NOT_TAKEN)]

    assert set(QUESTION_TYPE_DICT) - set.union(*tables) == set()
    assert sum(map(len, tables)) == len(set.union(*tables))


@pytest.mark.parametrize(("name", "kind"), TAKEN)
def test_a_supported_type_is_read(name, kind) -> None:
    row = question(name, calculation="1 + 1") if name in CALCULATED else question(name)

    [item] = form(row).items

    assert (item.name, item.kind) == ("q", kind)


@pytest.mark.parametrize(("name", "why"), NOT_TAKEN)
def test_a_type_that_is_not_taken_is_refused_with_its_row_and_the_reason(name, why) -> None:
    reading = read(question(), question(name, "second"))

    [found] = reading.refusals
    assert (found.code, found.sheet, found.row, found.column) == (
        "type_unsupported", "survey", 3, "type",
    )  # fmt: skip
    assert found.params == {"name": name, "why": why}
    assert reading.instrument is None


@pytest.mark.parametrize(("name", "why"), LEFT)
def test_what_other_programs_record_behind_the_page_is_left_out_with_the_reason(name, why) -> None:
    reading = read({"type": name, "name": "audit"}, question())

    assert [one.name for one in reading.taken().items] == ["q"]
    [found] = reading.notes
    assert (found.code, found.row, found.params) == ("type_left_out", 2, {"name": name, "why": why})


def test_a_rule_that_asks_for_what_was_left_out_is_refused() -> None:
    reading = read({"type": "username", "name": "who"}, question(relevant="${who} = 'x'"))

    assert said(reading) == [("reference_unknown", "survey", 3, "relevant")]


@pytest.mark.parametrize("name", ["essay", "select one or more agree", "Integer", "begin chapter"])
def test_an_unknown_type_is_refused_by_name(name) -> None:
    [found] = read(question(), question(name, "second")).refusals

    assert (found.code, found.row, found.params) == ("type_unknown", 3, {"name": name})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one agree", Kind.SELECT_ONE),
        ("select one agree", Kind.SELECT_ONE),
        ("select1 agree", Kind.SELECT_ONE),
        ("select one from agree", Kind.SELECT_ONE),
        ("add select one prompt using agree", Kind.SELECT_ONE),
        ("select_multiple agree", Kind.SELECT_MULTIPLE),
        ("select all that apply agree", Kind.SELECT_MULTIPLE),
        ("select all that apply from agree", Kind.SELECT_MULTIPLE),
        ("add select multiple prompt using agree", Kind.SELECT_MULTIPLE),
        ("rank agree", Kind.RANK),
    ],
)
def test_choosing_is_read_under_all_its_names(written, kind) -> None:
    [item] = form(question(written), choices=AGREEMENT).items

    assert (item.kind, item.choices) == (kind, "agree")


@pytest.mark.parametrize(
    "written",
    ["select_one_from_file a.csv", "select_multiple_from_file a.csv", "select_one_external a"],
)
def test_choices_of_other_files_are_refused(written) -> None:
    assert said(read(question(written), choices=AGREEMENT))[0] == (
        "type_unsupported", "survey", 2, "type",
    )  # fmt: skip


def test_loops_and_maps_are_refused() -> None:
    assert meaning_of("begin loop over agree").refused.startswith("Write the questions out")
    assert meaning_of("osm streets").refused == meaning_of("geopoint").refused


@pytest.mark.parametrize("suffix", [".xlsx", ".md"])
def test_groups_and_repeats_hold_their_questions(suffix) -> None:
    reading = read(
        question("begin_group", "home", "Home"),
        question("text", "street", "Street"),
        question("begin_repeat", "rooms", "Rooms", repeat_count="3"),
        question("text", "room", "Room"),
        END,
        {"type": "end_group"},
        suffix=suffix,
    )

    [home] = reading.taken().items
    [street, rooms] = home.items
    assert (home.kind, street.name, rooms.kind, rooms.repeat_count) == (
        Kind.GROUP, "street", Kind.REPEAT, "3",
    )  # fmt: skip
    assert [one.name for one in rooms.items] == ["room"]


def test_old_names_of_groups_and_repeats_are_read() -> None:
    instrument = form(question("begin lgroup", "old", "Old"), question(), {"type": "end lgroup"})

    assert instrument.items[0].kind is Kind.REPEAT


def test_or_other_adds_a_choice_and_a_text_in_the_languages_of_the_form() -> None:
    instrument = form(
        {"type": "select_one agree or_other", "name": "how", "label::English (en)": "How",
         "label::Polski (pl)": "Jak"},
        choices=[{"list_name": "agree", "name": "1", "label::English (en)": "Yes",
                  "label::Polski (pl)": "Tak"}],
    )  # fmt: skip

    [how, other] = instrument.items
    assert (other.name, other.kind) == ("how_other", Kind.TEXT)
    assert other.relevant == "selected(${how}, 'other')"
    assert instrument.choices["agree"][-1].label == {"en": "Other", "pl": "Inne"}
    assert how.choices == "agree"


def test_a_range_and_the_lines_of_a_text_come_from_parameters() -> None:
    [hours, story, plain] = form(
        question("range", "hours", parameters="start=0 end=12 step=0.5"),
        question("text", "story", parameters="rows=4"),
        question("range", "plain"),
    ).items

    assert hours.span == Span("0", "12", "0.5")
    assert story.lines == 4
    assert plain.span == Span("1", "10", "1")


@pytest.mark.parametrize(
    ("kind", "parameters", "code"),
    [
        ("range", "start=5 end=1", "parameter_range"),
        ("range", "start=0 end=10 step=3", "parameter_range"),
        ("range", "start=a end=1", "parameter_unreadable"),
        ("range", "placeholder=5", "parameter_unsupported"),
        ("text", "lines=4", "parameter_unsupported"),
        ("select_one agree", "randomize=true", "parameter_unsupported"),
        ("integer", "start=1", "parameter_unsupported"),
    ],
)
def test_parameters_that_do_not_work_are_refused(kind, parameters, code) -> None:
    reading = read(question(kind, parameters=parameters), choices=AGREEMENT)

    assert said(reading) == [(code, "survey", 2, "parameters")]


def test_today_is_the_day_of_the_first_look_and_nothing_else() -> None:
    [item] = form(question("today")).items

    assert (item.kind, item.calculate) == (Kind.CALCULATE, "once(today())")


def test_old_types_keep_their_limits() -> None:
    [share, own] = form(
        question("percentage", "share"), question("percentage", "own", constraint=". > 5")
    ).items

    assert share.constraint == "0 <= . and . <= 100"
    assert own.constraint == ". > 5"


# columns, settings, sheets


@pytest.mark.parametrize(
    "column",
    ["image", "audio", "video", "media::image", "media::audio::English (en)", "big-image",
     "autoplay", "trigger", "bind::odk:length", "instance::x", "body::accuracyThreshold",
     "intent", "save_to", "sms_field", "relevant::English (en)"],
)  # fmt: skip
def test_a_column_that_is_not_supported_is_refused_where_it_holds_something(column) -> None:
    reading = read(question(), question(name="second", **{column: "x"}))

    assert said(reading) == [("column_unsupported", "survey", 3, column)]


@pytest.mark.parametrize("column", ["image", "media::audio", "sms_option"])
def test_a_column_of_choices_that_is_not_supported_is_refused(column) -> None:
    choices = [*AGREEMENT, {"list_name": "agree", "name": "4", "label": "More", column: "x"}]

    reading = read(question("select_one agree"), choices=choices)

    assert said(reading) == [("column_unsupported", "choices", 5, column)]


def test_what_is_not_read_is_named_and_does_no_harm() -> None:
    reading = read(
        question(my_notes="x", appearance="thousands-sep minimal"),
        settings=[{"form_title": "T", "style": "pages", "colour": "red"}],
        Ideas=[{"a": "b"}],
    )

    assert noted(reading) == [
        ("sheet_not_read", "Ideas", 0, ""),
        ("setting_not_used", "settings", 2, "style"),
        ("column_not_read", "settings", 2, "colour"),
        ("column_not_read", "survey", 1, "my_notes"),
        ("appearance_not_used", "survey", 2, "appearance"),
    ]
    assert reading.taken().items[0].appearance == "minimal"


@pytest.mark.parametrize(
    ("name", "code"),
    [("submission_url", "setting_unsupported"), ("public_key", "setting_unsupported")],
)
def test_answers_go_nowhere_else(name, code) -> None:
    reading = read(question(), settings=[{"form_id": "f", name: "https://elsewhere.example"}])

    assert said(reading) == [(code, "settings", 2, name)]


@pytest.mark.parametrize("sheet", ["external_choices", "entities", "osm"])
def test_sheets_for_other_programs_are_refused(sheet) -> None:
    reading = read(question(), **{sheet: [{"list_name": "a", "name": "b"}]})

    assert said(reading)[0] == ("sheet_unsupported", sheet, 0, "")


@pytest.mark.parametrize("name", ["signature", "draw", "map", "ex:org.app(x=1)", "search('a')"])
def test_appearances_that_need_more_are_refused(name) -> None:
    assert said(read(question(appearance=name))) == [
        ("appearance_unsupported", "survey", 2, "appearance")
    ]


def test_settings_give_title_key_version_and_language() -> None:
    instrument = form(
        {"type": "text", "name": "q", "label::Polski (pl)": "Pytanie", "label::English": "Q"},
        settings=[{"form_title": "Tytuł", "form_id": "welcome", "version": "7",
                   "default_language": "English"}],
    )  # fmt: skip

    assert (instrument.id, instrument.version, instrument.title) == (
        "welcome",
        "7",
        {"en": "Tytuł"},
    )
    assert instrument.languages == ("en", "pl")
    assert instrument.items[0].label == {"pl": "Pytanie", "en": "Q"}


def test_a_form_without_languages_is_in_the_language_of_the_reader() -> None:
    content = workbook(survey=[question(label="Pytanie")])

    instrument = read_xlsform(content, filename="f.xlsx", language="pl").taken()

    assert (instrument.languages, instrument.items[0].label) == (("pl",), {"pl": "Pytanie"})


@pytest.mark.parametrize(
    ("name", "code"),
    [("Polski (pl)", "pl"), ("polski", "pl"), ("Arabic", "ar"), ("العربية", "ar"), ("uk", "uk"),
     ("Dari (prs)", "prs"), ("Elvish", ""), ("Elvish (xx)", ""), ("English (en-GB)", "en-GB")],
)  # fmt: skip
def test_languages_are_known_by_code_and_name(name, code) -> None:
    assert language_code(name) == code


def test_a_language_that_nobody_knows_is_refused() -> None:
    reading = read({"type": "text", "name": "q", "label::Elvish": "Q", "label::English": "Q"})

    assert said(reading) == [("language_unknown", "survey", 1, "label::Elvish")]


def test_a_text_that_is_not_translated_is_named() -> None:
    reading = read(
        {"type": "text", "name": "q", "label::English (en)": "Q"},
        {"type": "text", "name": "r", "label::English (en)": "R", "label::Polski (pl)": "R"},
    )

    assert noted(reading) == [("text_not_translated", "survey", 2, "label")]


def test_a_default_language_that_no_column_has_is_refused() -> None:
    reading = read(
        {"type": "text", "name": "q", "label::English (en)": "Q"},
        settings=[{"default_language": "Polski (pl)"}],
    )

    assert said(reading)[0] == ("default_language_unknown", "settings", 2, "default_language")


# rows


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"type": "text", "label": "Q"}, ("name_missing", 3, "name")),
        ({"name": "b", "label": "Q"}, ("type_missing", 3, "type")),
        (question(name="1st"), ("name_unusable", 3, "name")),
        (question(name="a:b"), ("name_unusable", 3, "name")),
        (question(name="a"), ("name_twice", 3, "name")),
        (question(name="b", label=""), ("label_missing", 3, "label")),
        (question("calculate", "b"), ("calculation_missing", 3, "calculate")),
        (question("note", "b", required="yes"), ("not_for_this_type", 3, "required")),
        (question("text", "b", choice_filter="true()"), ("not_for_this_type", 3, "choice_filter")),
        (question("text", "b", repeat_count="2"), ("not_for_this_type", 3, "repeat_count")),
        (question("select_one nobody", "b"), ("list_missing", 3, "type")),
        (question("select_one ${a}", "b"), ("list_from_answers", 3, "type")),
        (question("select_one agree", "b", default="9"), ("choice_not_there", 3, "default")),
        (question("begin_group", "b"), ("group_not_closed", 3, "type")),
        ({"type": "end_group"}, ("group_not_open", 3, "type")),
    ],
)
def test_a_row_that_does_not_work_is_refused_by_row_and_column(row, found) -> None:
    code, number, column = found

    reading = read(question(name="a"), row, choices=AGREEMENT)

    assert said(reading) == [(code, "survey", number, column)]


def test_a_group_that_ends_as_a_repeat_is_refused() -> None:
    rows = question("begin_group", "g"), question(), {"type": "end_repeat"}

    assert said(read(*rows))[0] == ("group_crossed", "survey", 4, "type")


def test_an_empty_group_and_a_repeat_in_a_repeat_are_refused() -> None:
    empty = read(question("begin_group", "g"), {"type": "end_group"}, question())
    nested = read(
        question("begin_repeat", "g"), question("begin_repeat", "h"), question(), END, END
    )

    assert said(empty) == [("group_empty", "survey", 2, "type")]
    assert said(nested) == [("repeat_in_repeat", "survey", 3, "type")]


def test_rows_that_are_switched_off_or_remarks_are_named_and_left_out() -> None:
    reading = read(
        question(name="a"), question(name="b", disabled="yes"), {"hint": "only a remark"}
    )

    assert [one.name for one in reading.taken().items] == ["a"]
    assert noted(reading) == [
        ("row_left_out", "survey", 3, ""), ("row_left_out", "survey", 4, "type"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ([*AGREEMENT, {"list_name": "agree", "name": "1", "label": "Again"}],
         ("choice_twice", "choices", 5, "name")),
        ([*AGREEMENT, {"list_name": "agree", "label": "No code"}],
         ("choice_without_code", "choices", 5, "")),
        ([*AGREEMENT, {"name": "5", "label": "No list"}], ("list_name_missing", "choices", 5, "")),
        ([*AGREEMENT, {"list_name": "agree", "name": "so so", "label": "So so"}],
         ("choice_with_space", "choices", 5, "name")),
        ([*AGREEMENT, {"list_name": "agree", "name": "5"}],
         ("label_missing", "choices", 5, "label")),
    ],
)  # fmt: skip
def test_a_choice_that_does_not_work_is_refused(choices, found) -> None:
    assert said(read(question("select_multiple agree"), choices=choices)) == [found]


def test_the_same_choice_may_stand_twice_where_the_settings_allow_it() -> None:
    choices = [*AGREEMENT, {"list_name": "agree", "name": "1", "label": "Again"}]

    reading = read(
        question("select_one agree"), choices=choices, settings=[{"allow_choice_duplicates": "yes"}]
    )

    assert len(reading.taken().choices["agree"]) == 4


def test_a_list_that_nobody_uses_is_named() -> None:
    assert noted(read(question(), choices=AGREEMENT)) == [
        ("list_not_used", "choices", 2, "list_name")
    ]


# rules


@pytest.mark.parametrize(
    ("column", "rule", "code"),
    [
        ("relevant", "${nobody} = 1", "reference_unknown"),
        ("relevant", "${words} = 1", "reference_to_text"),
        ("constraint", "pulldata('a', 'b', 'c', .)", "function_unsupported"),
        ("constraint", "shout(.)", "function_unknown"),
        ("constraint", "selected(.)", "function_arity"),
        ("required", "age > 3", "bare_name"),
        ("relevant", "../age > 3", "path_unsupported"),
        ("relevant", "${a} =", "expression_ends"),
        ("relevant", "${q} = 1", "reference_to_itself"),
        ("constraint", "regex(., '\\p{L}+')", "pattern_unsupported"),
        ("constraint", "regex(., ${a})", "pattern_not_written"),
        ("default", "format-date(today(), '%B')", "format_unsupported"),
        ("relevant", "position(..) = 1", "position_outside"),
    ],
)
def test_a_rule_that_does_not_work_is_refused_by_row_and_column(column, rule, code) -> None:
    reading = read(
        question(name="a"), question("note", "words", "Words"), question(**{column: rule})
    )

    place = "name" if code == "reference_to_itself" else column
    assert said(reading) == [(code, "survey", 4, place)]


def test_rules_may_be_written_with_the_quotes_of_a_word_processor() -> None:
    [_, item] = form(question(name="a"), question(relevant="${a} = ‘yes’")).items

    assert item.relevant == "${a} = 'yes'"


def test_a_label_keeps_the_signs_it_was_written_with() -> None:
    [item] = form(question(label="Ім’я “Оля”")).items

    assert item.label == {"en": "Ім’я “Оля”"}


def test_circles_are_found_through_several_questions_and_groups() -> None:
    reading = read(
        question("calculate", "a", "", calculation="${b} + 1"),
        question("begin_group", "g", relevant="${a} > 1"),
        question("calculate", "b", "", calculation="1 + 1"),
        {"type": "end_group"},
    )

    [found] = reading.refusals
    assert (found.code, found.params) == ("reference_to_itself", {"path": "a → b → g → a"})


def test_a_text_that_names_a_question_that_is_not_there_is_refused() -> None:
    assert said(read(question(label="Hello ${nobody}"))) == [
        ("reference_unknown", "survey", 2, "label")
    ]


def test_a_choice_may_name_an_answer_and_only_one_that_is_there() -> None:
    choices = [{"list_name": "who", "name": "1", "label": "Me and ${friend}"}]

    good = read(question(name="friend"), question("select_one who"), choices=choices)
    bad = read(question("select_one who"), choices=choices)

    filled = fill(good.taken(), {"friend": "Ala"}, today="", now="")
    assert filled.cell("q").options == (("1", "Me and Ala"),)
    assert said(bad) == [("reference_unknown", "choices", 2, "label")]


def test_a_choice_filter_asks_for_columns_of_its_list() -> None:
    cities = [
        {"list_name": "city", "name": "a", "label": "A", "region": "n"},
        {"list_name": "city", "name": "b", "label": "B", "region": "s"},
    ]
    ask = {"kind": "select_one city", "name": "city"}

    good = read(question(name="r"), question(**ask, choice_filter="region = ${r}"), choices=cities)
    bad = read(question(name="r"), question(**ask, choice_filter="area = ${r}"), choices=cities)

    assert good.taken().choices["city"][0].columns == {"region": "n"}
    assert said(bad) == [("column_not_in_list", "survey", 3, "choice_filter")]


# files


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"nothing", "form.pdf", "file_kind"),
        (b"nothing", "form.xlsx", "file_unreadable"),
        (b"nothing", "form.xls", "file_unreadable"),
        (b"nothing", "form.md", "file_unreadable"),
        (b"PK\x03\x04", "form.xlsx", "file_unreadable"),
    ],
)
def test_a_file_that_is_no_form_is_refused(content, filename, code) -> None:
    reading = read_xlsform(content, filename=filename)

    assert [one.code for one in reading.findings] == [code]
    with pytest.raises(InstrumentRefused):
        reading.taken()


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch) -> None:
    monkeypatch.setattr("kith.methods.instruments.xlsform.sheets.MOST_BYTES", 1_000)

    assert said(read(question())) == [("file_too_large", "", 0, "")]


def test_no_sheet_with_questions_is_a_reason() -> None:
    content = workbook(choices=AGREEMENT, settings=[{"form_id": "x"}])

    assert said(read_xlsform(content, filename="f.xlsx"))[0] == ("sheet_missing", "", 0, "")


def test_a_sheet_without_types_is_refused() -> None:
    assert said(read({"name": "q", "label": "Q"}))[0] == ("column_missing", "survey", 1, "")


def test_nothing_behind_a_large_gap_is_lost_in_silence() -> None:
    rows = [question(name="a"), *[{} for _ in range(70)], question(name="b")]
    columns = {f"x{at}": "" for at in range(25)}

    behind_rows = read(*rows)
    unheaded = workbook(survey=[{**question(), "": "lost"}])

    assert said(behind_rows) == [("rows_after_gap", "survey", 73, "")]
    assert said(read_xlsform(unheaded, filename="f.xlsx")) == [
        ("value_without_heading", "survey", 2, "")
    ]
    assert len(columns) == 25


def test_two_columns_that_mean_the_same_are_refused() -> None:
    reading = read(question(relevance="true()", relevant="true()"))

    assert said(reading)[0] == ("column_twice", "survey", 1, "relevant")


def test_markdown_and_workbook_give_the_same_instrument() -> None:
    sheets = {
        "survey": [question("select_one agree", required="yes"), question(name="r", hint="H")],
        "choices": AGREEMENT,
        "settings": [{"form_title": "T", "form_id": "t", "version": "2"}],
    }

    tables = read_xlsform(markdown(**sheets), filename="f.md").taken()
    book = read_xlsform(workbook(**sheets), filename="f.xlsx").taken()

    assert tables == book


def test_what_the_standard_does_not_allow_is_refused_too() -> None:
    reading = read(question(name="meta"))

    assert [one.code for one in reading.refusals] == ["standard_says"]
