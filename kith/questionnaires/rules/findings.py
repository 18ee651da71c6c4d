"""What is wrong with a file, or worth knowing, in the language of the page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.methods.instruments.findings import Finding
from kith.web.words import Text

FINDING_WORDS: dict[str, Text] = {
    "file_unreadable": _("This file cannot be read as a questionnaire: %(said)s"),
    "file_kind": _("A questionnaire is an .xlsx, .xls, .md or .toml file, not “%(kind)s”."),
    "file_too_large": _("This file unpacks to far more than a questionnaire needs."),
    "too_many_rows": _("This sheet has more than %(limit)s rows."),
    "rows_after_gap": _("More than 60 empty rows lie before this one. Please remove them."),
    "columns_after_gap": _("More than 20 empty columns lie before this one. Remove them."),
    "value_without_heading": _("“%(text)s” stands in a column without a heading."),
    "sheet_missing": _("There is no sheet named “%(sheet)s”."),
    "sheet_unsupported": _("The sheet “%(sheet)s” is not supported: %(why)s"),
    "sheet_not_read": _("The sheet “%(sheet)s” is no part of a questionnaire. It is not read."),
    "standard_says": _("The XLSForm standard does not allow this: %(said)s"),
    "column_unsupported": _("The column “%(name)s” is not supported: %(why)s"),
    "column_not_read": _("The column “%(name)s” is not known. It is not read."),
    "column_missing": _("The column “%(name)s” is missing."),
    "column_twice": _("The columns “%(name)s” and “%(other)s” mean the same."),
    "setting_unsupported": _("The setting “%(name)s” is not supported: %(why)s"),
    "setting_not_used": _("The setting “%(name)s” is not used here."),
    "language_unknown": _(
        "“%(name)s” does not say which language it is. Write, for example, “Polski (pl)”."
    ),
    "default_language_unknown": _("No column is written in the language “%(name)s”."),
    "type_unknown": _("The type “%(name)s” is not known."),
    "type_unsupported": _("The type “%(name)s” is not supported: %(why)s"),
    "type_left_out": _("A row of the type “%(name)s” is left out: %(why)s"),
    "type_missing": _("This row has no type."),
    "row_left_out": _("This row is switched off or only a remark. It is left out."),
    "name_missing": _("This row has no name."),
    "name_unusable": _(
        "“%(name)s” cannot be a name. Use letters, digits, “_”, “-” and “.”; begin with a letter."
    ),
    "name_twice": _("The name “%(name)s” is already used in row %(row)s."),
    "appearance_unsupported": _("The appearance “%(name)s” is not supported: %(why)s"),
    "appearance_not_used": _("The appearance “%(name)s” changes nothing here."),
    "parameter_unsupported": _("The parameter “%(name)s” is not supported for this type."),
    "parameter_unreadable": _("“%(text)s” is no number for “%(name)s”."),
    "parameter_range": _("A range needs a start before its end and a step that divides it."),
    "not_for_this_type": _("The column “%(name)s” has no meaning for the type “%(kind)s”."),
    "calculation_missing": _("This row calculates, but the calculation is missing."),
    "label_missing": _("There is no text to show in %(language)s."),
    "text_not_translated": _("The %(column)s is not translated into %(language)s."),
    "group_not_closed": _("“%(name)s” begins here and never ends."),
    "group_not_open": _("This %(kind)s ends without a beginning."),
    "group_crossed": _("This ends a %(kind)s, but “%(name)s” of row %(row)s is still open."),
    "group_empty": _("“%(name)s” holds no question."),
    "repeat_in_repeat": _("A repeat within a repeat is not supported."),
    "list_missing": _("There is no list of choices named “%(name)s”."),
    "list_from_answers": _("Choices made of earlier answers are not supported."),
    "list_not_used": _("No question uses the list “%(name)s”."),
    "list_name_missing": _("This choice belongs to no list."),
    "choice_without_code": _("This choice has no name."),
    "choice_twice": _("The list has the choice “%(name)s” already in row %(row)s."),
    "choice_with_space": _("“%(name)s” holds a space, so several choices cannot be told apart."),
    "choice_not_there": _("The list has no choice “%(name)s”."),
    "or_other_filtered": _("“or_other” cannot be used with a choice filter."),
    "column_not_in_list": _("The list “%(list)s” has no column “%(name)s”."),
    "expression_unreadable": _("“%(part)s” cannot be read here."),
    "expression_ends": _("The expression ends too early."),
    "expression_too_long": _("The expression has more than %(limit)s characters."),
    "expression_too_deep": _("The expression has more than %(limit)s brackets in each other."),
    "bracket_missing": _("A closing bracket is missing."),
    "path_unsupported": _("Paths are not supported: “%(part)s”. Write ${name} instead."),
    "function_unknown": _("The function “%(name)s” is not known."),
    "function_unsupported": _("The function “%(name)s” is not supported: %(why)s."),
    "function_arity": _("The function “%(name)s” needs %(needs)s values."),
    "position_of_what": _("Only position(..) is supported."),
    "question_needed": _("The function “%(name)s” needs the name of a question: ${name}."),
    "bare_name": _("“%(name)s” stands alone. Write ${%(name)s} for the answer to a question."),
    "reference_unknown": _("There is no question named “%(name)s”."),
    "reference_to_text": _("“%(name)s” is never answered, so nothing can depend on it."),
    "reference_to_itself": _("This depends on itself: %(path)s."),
    "position_outside": _("position(..) has no meaning outside of a repeat."),
    "pattern_unsupported": _("Browsers do not read this part of the pattern alike: “%(part)s”."),
    "pattern_not_written": _("The pattern of regex() must be written out."),
    "format_unsupported": _("The sign “%(part)s” of a date is not supported."),
    "asks_origin": _(
        "“%(word)s” asks for origin, nationality, belief, dress or looks. Kith keeps nothing "
        "about these, because support must not depend on them. Please take this question out."
    ),
    "calculated_not_listed": _(
        "“%(name)s” is calculated. It helps while filling in and is never listed, sorted, "
        "filtered or exported."
    ),
    "key_missing": _("The key “%(key)s” is missing."),
    "key_unknown": _("The key “%(key)s” is not known."),
    "key_wrong": _("The key “%(key)s” needs %(needs)s."),
    "licence_incomplete": _(
        "The licence does not say “%(key)s”. Without complete licence data nobody may use a pack."
    ),
    "scale_item_missing": _("The scale “%(scale)s” names “%(name)s”, which is no item of it."),
    "scale_not_numeric": _("The choices of “%(name)s” are no numbers, so they have no mean."),
    "change_source_missing": _(
        "“%(key)s” has no source. Where a change is called clear, people must be able to look it "
        "up."
    ),
}
"""Code -> sentence; the methods have the same in English."""
REASONS: dict[str, Text] = {
    "It would tell apart whose device or account the answers came from.": _(
        "It would tell apart whose device or account the answers came from."
    ),
    "Kith keeps how to reach somebody in one place only, the person's own record.": _(
        "Kith keeps how to reach somebody in one place only, the person's own record."
    ),
    "It would record when and how long somebody works on the answers.": _(
        "It would record when and how long somebody works on the answers."
    ),
    "Kith does not record where somebody is.": _("Kith does not record where somebody is."),
    "Pictures, sound and files of people need a consent of their own.": _(
        "Pictures, sound and files of people need a consent of their own."
    ),
    "All that a questionnaire needs must lie in its own file.": _(
        "All that a questionnaire needs must lie in its own file."
    ),
    "Kith reads no codes from cards.": _("Kith reads no codes from cards."),
    "It names no list of choices.": _("It names no list of choices."),
    "Pictures and sound beside a question are not shown.": _(
        "Pictures and sound beside a question are not shown."
    ),
    "A calculation follows its questions by itself.": _(
        "A calculation follows its questions by itself."
    ),
    "It is meant for the inside of another program.": _(
        "It is meant for the inside of another program."
    ),
    "It asks another program to do something.": _("It asks another program to do something."),
    "Answers stay in Kith.": _("Answers stay in Kith."),
    "All choices must be on the sheet “choices”.": _("All choices must be on the sheet “choices”."),
    "Kith has its own lists of people and places.": _(
        "Kith has its own lists of people and places."
    ),
    "all that a questionnaire needs must lie in its own file": _(
        "all that a questionnaire needs must lie in its own file"
    ),
    "write ${name} for the answer to a question": _("write ${name} for the answer to a question"),
    "Kith does not record where somebody is": _("Kith does not record where somebody is"),
    "two looks at one page would show different things": _(
        "two looks at one page would show different things"
    ),
    "it would tell apart whose device the answers came from": _(
        "it would tell apart whose device the answers came from"
    ),
    "answers stay in Kith": _("answers stay in Kith"),
    "answers are read as people write them": _("answers are read as people write them"),
    "languages are columns of the file": _("languages are columns of the file"),
    "no questionnaire needs angles": _("no questionnaire needs angles"),
    "it needs paths within another program": _("it needs paths within another program"),
    "it is written substr(), which counts from 0": _("it is written substr(), which counts from 0"),
    "Write the questions out, or use a repeat.": _("Write the questions out, or use a repeat."),
}
"""Why something is not supported, as the methods say it in English."""
SHEETS: dict[str, Text] = {
    "survey": _("sheet “survey”"),
    "choices": _("sheet “choices”"),
    "settings": _("sheet “settings”"),
}


def finding_words(finding: Finding) -> str:
    """The sentence of a finding."""
    return words_of(finding.code, finding.params)


def words_of(code: str, params: dict[str, str | int]) -> str:
    """The sentence of a code."""
    told = dict(params)
    if "why" in told:
        told["why"] = str(REASONS.get(str(told["why"]), told["why"]))
    return str(FINDING_WORDS[code]) % told


def place_words(sheet: str, row: int, column: str) -> str:
    """Where it stands: sheet “survey”, row 4, relevant."""
    parts = [str(SHEETS.get(sheet, sheet))]
    if row:
        parts.append(gettext("row %(row)s") % {"row": row})
    return ", ".join(filter(None, [*parts, column]))
