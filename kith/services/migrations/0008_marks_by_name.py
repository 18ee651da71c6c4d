from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0007_fill_order_of_marks")]

    operations = [
        migrations.AlterField("mark", "sort_key", models.BigIntegerField()),
        migrations.AddIndex(
            "mark",
            models.Index(
                fields=["organisation", "mark", "sort_key", "service"], name="mark_by_name"
            ),
        ),
    ]
