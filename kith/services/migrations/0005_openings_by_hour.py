from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0004_entries_come_from_a_publisher")]

    operations = [
        migrations.AddIndex(
            "opening",
            models.Index(
                fields=["organisation", "weekday", "opens", "closes"], name="opening_by_hour"
            ),
        )
    ]
