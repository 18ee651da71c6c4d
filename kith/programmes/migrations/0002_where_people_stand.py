"""Notes with everyone who is here already where they stand in all programmes."""

from django.db import migrations

NOTE = """
UPDATE people_person SET
  as_participant = CASE
    WHEN held.participant_waits THEN 'waiting' WHEN held.participant THEN 'held' ELSE 'nowhere'
  END,
  as_mentor = CASE
    WHEN held.mentor_waits THEN 'waiting' WHEN held.mentor THEN 'held' ELSE 'nowhere'
  END
FROM (
  SELECT person_id,
    bool_or(side = 'participant') AS participant,
    bool_or(side = 'participant' AND state = 'waiting') AS participant_waits,
    bool_or(side = 'mentor') AS mentor,
    bool_or(side = 'mentor' AND state = 'waiting') AS mentor_waits
  FROM programmes_enrolment WHERE state <> 'ended' GROUP BY person_id
) AS held
WHERE people_person.id = held.person_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_what_rooms_above_note"),
        ("programmes", "0001_initial"),
    ]

    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]
