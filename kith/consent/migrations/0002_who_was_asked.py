"""Notes with everyone who is here already whether they have answered about mentoring."""

from django.db import migrations

NOTE = """
UPDATE people_person SET consent_asked = true
WHERE id IN (SELECT person_id FROM consent_consent WHERE purpose = 'mentoring' AND latest)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_what_rooms_above_note"),
        ("consent", "0001_initial"),
    ]

    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]
