"""What checks and files say, in the language of the page: by reason, with its parameters."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kith.methods.learning.archives import PackageRefused
from kith.methods.learning.banks.notes import Note, UnreadableBank
from kith.methods.learning.courses.findings import Finding
from kith.people.rules.labels import language_name
from kith.web.words import Text, comma_list, isolated

FINDING_WORDS: dict[str, Text] = {
    "file_unreadable": _("This file cannot be read: %(said)s"),
    "key_missing": _("It is missing."),
    "key_unknown": _("Nothing reads this key."),
    "key_wrong": _("It needs %(needs)s."),
    "key_twice": _("Another question has this key already."),
    "kind_unknown": _("“%(kind)s” is no kind of question."),
    "language_missing": _("There is no text in the language %(language)s."),
    "gaps_differ": _("The text in %(language)s needs %(gaps)s exactly once each."),
    "nothing_right": _("No answer is right."),
    "points_missing": _("The right options together give less than all points."),
    "too_many_right": _("Only one option may be right."),
    "number_of_parts": _("There are %(found)s; there should be %(least)s to %(most)s."),
    "file_missing": _("This file is missing."),
    "file_too_large": _("This file is larger than %(most)s kB."),
    "folder_too_large": _("There are more than %(most)s files."),
    "folder_without_digits": _("A module's folder begins with two digits and a hyphen: 01-name."),
    "modules_missing": _("There is no folder of a module, such as 01-name."),
    "part_twice": _("Another module or vignette has the key “%(key)s” already."),
    "number_outside": _("It is %(found)s; it should be %(least)s to %(most)s."),
    "text_before_screens": _("There is text before the first heading (## Heading {#name})."),
    "screen_without_name": _("This heading has no name: ## Heading {#name}."),
    "screen_twice": _("Another screen has the name “%(name)s” already."),
    "screen_unknown": _("The English text has no screen “%(name)s”."),
    "screens_in_other_order": _("The screens stand in another order than in English."),
    "screen_empty": _("The screen “%(name)s” has no text."),
    "box_open": _(
        "The box “%(kind)s” is not closed; an outer box needs more colons than an inner one."
    ),
    "box_unknown": _("“%(kind)s” is no box; there are example, note, activity and answer."),
    "box_without_end": _("This line closes no box."),
    "activity_without_minutes": _("An activity says its minutes: :::: activity 5 Title."),
    "answer_outside": _("An answer stands inside an activity."),
    "link_refused": _("Links lead to http, https or mailto addresses: %(address)s"),
    "source_unknown": _("The source “%(key)s” is not in the list of sources."),
    "source_never_cited": _("The source “%(key)s” is never cited."),
    "claim_without_source": _(
        "This seems to state a fact (%(sign)s) and names no source: “%(start)s…”"
    ),
    "picture_missing": _("There is no picture “%(name)s”."),
    "picture_unused": _("No text shows the picture “%(name)s”."),
    "picture_too_large": _("It has %(found)s kB; up to %(most)s are allowed."),
    "picture_unreadable": _("It is no SVG that can be read: %(said)s"),
    "picture_without_viewbox": _("The svg element has no viewBox."),
    "picture_active": _("It has a part that is not allowed in a picture: %(part)s"),
    "picture_without_words": _("The picture has no alternative text of %(least)s letters or more."),
    "pictures_needed": _("There is no picture."),
    "words_needed": _("There are %(found)s English words; %(least)s are needed."),
    "screen_short": _(
        "The screen “%(name)s” has %(found)s words; fewer than %(least)s say little."
    ),
    "screen_long": _(
        "The screen “%(name)s” has %(found)s words; more than %(most)s are too many at once."
    ),
    "examples_needed": _("Boxes “example”: %(found)s; %(least)s are needed."),
    "activities_needed": _("Boxes “activity”: %(found)s; %(least)s are needed."),
    "questions_needed": _("There are %(found)s questions; %(least)s are needed."),
    "minutes_differ": _("It says %(said)s minutes; by counting, %(least)s to %(most)s are honest."),
    "sentence_not_found": _("The English text has no such sentence: “%(start)s…”"),
    "sentence_twice": _("%(other)s tests the same sentence."),
    "stems_alike": _("It asks much the same as %(other)s (%(percent)s %% of the words)."),
    "right_is_longest": _("In %(found)s of %(count)s questions the right option is the longest."),
    "translation_missing": _("There is no text in the language %(language)s."),
    "translation_stale": _("The English text has changed since the text in %(language)s was made."),
    "translation_unstamped": _(
        "Nothing notes from which English wording %(count)s texts in %(language)s were made."
    ),
    "stamp_unknown": _("The course has no “%(place)s”."),
    "taught_missing": _('It does not say where it is taught: taught = "module/screen".'),
    "taught_unknown": _("The course has no screen “%(taught)s”."),
    "criteria_missing": _("It has no criteria."),
}

NOTE_WORDS: dict[str, Text] = {
    "encoding": _("It was read as %(encoding)s."),
    "encoding_declared_wrong": _("It is not %(declared)s, as it says. Read as %(encoding)s."),
    "signs_lost": _("%(count)s bytes are no letters. They are shown as �."),
    "test_left_out": _("“%(what)s” is a test: its order and rules are not taken."),
    "resource_left_out": _("“%(what)s” is no question (%(kind)s). It is not taken."),
    "kind_not_taken": _("Questions of the kind “%(kind)s” are not taken."),
    "description_left_out": _("This is only a text, no question: “%(text)s”"),
    "brace_missing": _("An answer begins with { and never ends."),
    "brace_too_many": _("There is a second answer in braces. One question has one."),
    "no_answers": _("There are no answers."),
    "no_text": _("There is no question."),
    "pair_without_arrow": _("“%(text)s” is no pair: -> is missing."),
    "text_too_long": _("A text has more than %(limit)s signs."),
    "number_unreadable": _("“%(text)s” is no number."),
    "weight_unreadable": _("“%(text)s” is no share of the points."),
    "nothing_right": _("No answer is worth all points."),
    "gaps_differ": _("The gaps of the text and their answers do not fit together."),
    "answer_line_missing": _("There is no line “ANSWER:” after the options."),
    "answer_not_there": _("The right answer “%(text)s” is none of the options."),
    "line_unexpected": _("“%(text)s” is no option: A. or A) is missing."),
    "too_few_options": _("There are fewer than two options."),
    "item_unreadable": _("This file cannot be read: %(said)s"),
    "several_tasks": _("Several tasks in one question are only taken as gaps in a text."),
    "gap_kind_not_taken": _("A gap of the kind “%(kind)s” is not taken."),
    "format_cannot": _("%(format)s has no questions of the kind “%(kind)s” like this one."),
    "written_unreadable": _("%(format)s cannot hold this question."),
    "points_scaled": _("The right options gave %(percent)s %%, now 100 %%."),
    "weight_capped": _("A weight of %(percent)s %% became %(became)s %%."),
    "penalty_not_used": _("Points taken off for more than one attempt are not used here."),
    "grade_not_used": _("It counted %(points)s points; here all questions count the same."),
    "hints_left_out": _("%(count)s hints for further attempts are not taken."),
    "units_left_out": _("Units are not marked. Left out: %(units)s"),
    "pieces_left_out": _("Only some items were asked at a time. Now all are."),
    "grading_changed": _("Not marked by “%(grading)s”: each place counts."),
    "attachments_left_out": _("Files cannot be handed in with an answer."),
    "picture_left_out": _("The picture “%(what)s” is not taken."),
    "file_left_out": _("The embedded file “%(what)s” is not taken."),
    "part_of_page_left_out": _("What is not text was left out: %(what)s."),
    "link_left_out": _("The link to “%(what)s” was left out; its words stay."),
    "feedback_left_out": _("The feedback “%(what)s” belongs to no answer. It is not taken."),
    "processing_not_read": _(
        "How it is marked is written as a programme. The right answer counts all points."
    ),
    "case_mixed": _("Capitals matter in some answers only. Now they matter in none."),
    "pattern_widened": _("“%(text)s” was looked for anywhere in the answer."),
    "text_differs": _("A place like {1} in the text was written with round brackets."),
    "other_languages": _("Only texts in %(language)s are written, not: %(languages)s"),
    "language_fallen_back": _("Some texts in another language, for want of %(language)s."),
    "not_carried": _("%(format)s cannot hold: %(keys)s"),
}

UNREADABLE_WORDS: dict[str, Text] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)s MiB."),
    "unknown_format": _("It is none of GIFT, Moodle XML, Aiken, QTI or Common Cartridge."),
    "xml_broken": _("This is no XML: %(said)s"),
    "xml_doctype": _("It declares a document type or entities. Such files are not opened."),
    "xml_too_deep": _("It has more than %(limit)s elements in each other."),
    "xml_too_many": _("It has more than %(limit)s elements."),
    "manifest_missing": _("There is no imsmanifest.xml in the package."),
    "no_questions_there": _("There are no questions in it."),
}

PACKAGE_WORDS: dict[str, Text] = {
    "no_zip": _("It is no zip package, or it is damaged."),
    "too_large": _("It is larger than %(limit)s MiB."),
    "too_many_files": _("It holds more than %(limit)s files."),
    "unfolds_too_far": _("“%(name)s” unfolds to far more than a package needs."),
    "path_leads_out": _("“%(name)s” leads out of the package."),
    "link": _("“%(name)s” is a link to another place."),
    "nested": _("“%(name)s” is a package within the package."),
    "locked": _("“%(name)s” is locked with a password."),
    "name_twice": _("“%(name)s” is in the package twice."),
    "missing": _("“%(name)s” is not in the package."),
}


def finding_words(one: Finding) -> str:
    """The sentence of a finding in a course."""
    return _filled(FINDING_WORDS[one.reason], one.params)


def note_words(one: Note) -> str:
    """The sentence of what a reader or writer of banks has to say."""
    return _filled(NOTE_WORDS[one.code], one.params)


def unreadable_words(fault: UnreadableBank) -> str:
    """Why a file cannot be read."""
    words = UNREADABLE_WORDS.get(fault.reason)
    return str(fault) if words is None else _filled(words, fault.params)


def package_words(fault: PackageRefused) -> str:
    """Why a package is not opened."""
    return _filled(PACKAGE_WORDS[fault.reason], fault.params)


def _filled(words: Text, params: Mapping[str, str | int]) -> str:
    shown = {key: _shown(key, value) for key, value in params.items()}
    return str(words) % shown


def _shown(key: str, value: str | int) -> str | int:
    if key == "language":
        return language_name(str(value))
    if key == "languages":
        return comma_list([language_name(code) for code in str(value).split(", ")])
    return value if isinstance(value, int) else isolated(value)
