"""Takes the rounds of before into the new tables.

The record of an earlier run stays unread: its text is bound to its old place, so such a run cannot
be repeated. Pairs, answers and figures stay.
"""

from django.db import migrations

PROGRAMMES = """
INSERT INTO matching_roundprogramme
  (id, created_at, organisation_id, round_id, programme_id, is_open)
SELECT gen_random_uuid(), created_at, organisation_id, id, programme_id, state = 'open'
FROM matching_round
"""
RUNS = """
INSERT INTO matching_run
  (id, created_at, organisation_id, round_id, number, state, stage, done, total, is_stop_asked,
   fault, seed, settings, counts, proof, audit, digest, acts, repeated, standing,
   asked_at, solved_at, by_id)
SELECT gen_random_uuid(), created_at, organisation_id, id, 1, 'done', '', 0, 0, false,
   '', seed, settings, counts, '{}', '{}', '', 0, '', '',
   coalesce(solved_at, created_at), solved_at, by_id
FROM matching_round WHERE solved_at IS NOT NULL
"""
PAIRS = """
UPDATE matching_proposal SET
  shelf = CASE
    WHEN matching_proposal.state IN ('proposed', 'locked') THEN 'decide'
    WHEN matching_proposal.state = 'offered' THEN 'asked'
    WHEN matching_proposal.state = 'agreed' THEN 'agreed'
    ELSE 'left_out' END,
  waiting_since = enrolment.waiting_since
FROM programmes_enrolment AS enrolment
WHERE enrolment.id = matching_proposal.participant_id
"""
LEFT = """
UPDATE matching_unmatched SET waiting_since = enrolment.waiting_since
FROM programmes_enrolment AS enrolment
WHERE enrolment.id = matching_unmatched.participant_id
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_rounds_of_several_programmes")]

    operations = [
        migrations.RunSQL(step, migrations.RunSQL.noop) for step in (PROGRAMMES, RUNS, PAIRS, LEFT)
    ]
