"""How a template or a programme runs, in words for a page."""

from dataclasses import dataclass

from kith.programmes.rules import ProgrammeTemplate, sentences
from kith.web.words import and_list


@dataclass(frozen=True)
class PhaseLine:
    """One phase as a page tells it."""

    name: str
    weeks: str
    what: str
    checklist: list[str]
    is_even: bool


def told(rules: ProgrammeTemplate) -> dict[str, object]:
    """How a programme runs, in words."""
    language = sentences.language()
    hard, soft = sentences.criteria_words(rules)
    return {
        "rules": rules,
        "name": rules.name.say(language),
        "summary": rules.summary.say(language),
        "who": sentences.who_meets(rules),
        "length": sentences.how_long(rules),
        "rhythm": sentences.how_often(rules),
        "checks": [sentences.check_sentence(one) for one in rules.checks],
        "training": sentences.training_sentences(rules.training),
        "modules": sentences.module_names(rules.training),
        "hard": hard,
        "soft": soft,
        "matcher": sentences.matcher_name(rules),
        "domains": sentences.domain_names(rules),
        "goals": sentences.goals_at_most(rules),
        "roles": sentences.role_names(rules),
        "supervision": sentences.rhythm_words(rules.supervision),
        "looking_back": sentences.weeks_list(rules.look_again_weeks),
        "ending": sentences.ending(rules),
        "contact": sentences.rhythm_words(rules.coordinator_contact),
        "paper": and_list([one.title.say(language) for one in rules.documents]),
        "sections": [
            (section.title.say(language), section.guide.say(language))
            for document in rules.documents
            for section in document.sections
        ],
        "strip": sentences.strip(rules),
        "phases": [_phase_line(rules, number) for number in range(len(rules.phases))],
    }


def _phase_line(rules: ProgrammeTemplate, number: int) -> PhaseLine:
    phase, language = rules.phases[number], sentences.language()
    return PhaseLine(
        name=phase.name.say(language),
        weeks=sentences.phase_weeks(phase, rules),
        what=phase.what_happens.say(language),
        checklist=[line.say(language) for line in phase.checklist],
        is_even=number % 2 == 0,
    )
