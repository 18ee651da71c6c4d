"""Each mark takes the order of names from its service, some thousand services at a time.

Every part is kept by itself: nothing is locked for long, and what was interrupted goes on.
"""

from typing import Any

from django.db import migrations

AT_ONCE = 2000
PART = """
    SELECT id FROM services_service
    WHERE id > %s ORDER BY id LIMIT %s
"""
FILL = """
    UPDATE services_mark SET sort_key = service.sort_key
    FROM services_service AS service
    WHERE service.id = services_mark.service_id AND service.id = ANY(%s::uuid[])
      AND services_mark.sort_key IS DISTINCT FROM service.sort_key
"""


def fill(_apps: Any, editor: Any) -> None:
    last = "00000000-0000-0000-0000-000000000000"
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(PART, [last, AT_ONCE])
            keys = [key for (key,) in cursor.fetchall()]
            if not keys:
                return
            cursor.execute(FILL, [keys])
            last = keys[-1]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("services", "0006_order_of_marks")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
