"""Needs and help topics: one short list for both sides, each in one of eight domains of settling.

Codes are stored and compared; the words people see are the business of the pages.
"""

DOMAINS = (
    "language",  # language and communication
    "work",  # work and income
    "learning",  # learning and recognition
    "housing",  # housing and neighbourhood
    "health",  # health and wellbeing
    "connections",  # social connections
    "rights",  # rights, offices, digital
    "belonging",  # safety, belonging, participation
)

TOPICS: dict[str, str] = {
    "language": "language",
    "work": "work",
    "money": "work",
    "recognition": "learning",
    "learning": "learning",
    "school": "learning",
    "housing": "housing",
    "health": "health",
    "social": "connections",
    "family": "connections",
    "offices": "rights",
    "digital": "rights",
    "belonging": "belonging",
}

TOPIC_NAMES: dict[str, str] = {
    "language": "learning the language",
    "work": "finding work, rights at work",
    "money": "money and household budget",
    "recognition": "recognition of qualifications",
    "learning": "courses and studies",
    "school": "school and childcare for children",
    "housing": "housing",
    "health": "health and doctors",
    "social": "friends and free time",
    "family": "family and parenting",
    "offices": "offices, papers, legal matters",
    "digital": "phone, computer, online services",
    "belonging": "feeling safe, taking part",
}
