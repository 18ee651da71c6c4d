"""The nearest places first: an index of points, which Django has no field for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX spot_nearest ON services_spot USING gist (point(east, north))",
            "DROP INDEX spot_nearest",
        )
    ]
