from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0003_what_is_to_be_deleted_elsewhere")]

    operations = [
        migrations.RenameModel("Origin", "Publisher"),
        migrations.RemoveConstraint("publisher", "origin_once"),
        migrations.AddConstraint(
            "publisher",
            models.UniqueConstraint(fields=["organisation", "name"], name="publisher_once"),
        ),
        migrations.RenameField("service", "origin", "publisher"),
        migrations.RenameField("directoryimport", "origin", "publisher"),
        migrations.RenameField("directoryimport", "origin_name", "publisher_name"),
        migrations.RenameField("importedentry", "origin_before", "publisher_before"),
    ]
