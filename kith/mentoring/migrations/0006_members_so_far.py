"""The two of each match become its members, since the day both said yes."""

from django.db import migrations

MEMBERS = """
INSERT INTO mentoring_matchmember
  (id, created_at, organisation_id, match_id, person_id, side, roles, since, leave_reason)
SELECT gen_random_uuid(), match.created_at, match.organisation_id, match.id, place.person_id,
  place.side, '{}', match.agreed_on, ''
FROM mentoring_match AS match
CROSS JOIN LATERAL (
  VALUES (match.participant_id, 'participant'), (match.mentor_id, 'mentor')
) AS place (person_id, side)
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0005_members")]

    operations = [migrations.RunSQL(MEMBERS, migrations.RunSQL.noop)]
