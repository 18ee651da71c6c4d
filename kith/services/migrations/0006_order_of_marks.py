from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0005_openings_by_hour")]

    operations = [
        migrations.AddField("mark", "sort_key", models.BigIntegerField(null=True)),
    ]
