from django.db import migrations, models

LOOKED = """
UPDATE mentoring_match AS match SET looked_on = (
  SELECT max(made.made_on) FROM progress_domainmap AS made
  WHERE made.person_id = match.participant_id AND made.organisation_id = match.organisation_id
)
WHERE match.state <> 'closed'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0016_days_of_steps'),
        ('progress', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='match',
            name='looked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='match',
            name='no_maps_since',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(LOOKED, migrations.RunSQL.noop),
    ]
