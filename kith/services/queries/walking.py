"""Services that hold several marks, found in the order of names from holder to holder."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, QuerySet, UUIDField

from kith.services.models import Service

# Where the marks are held together so seldom that a page is not full after so many steps, reading
# one of them as a whole is no slower. A step takes about five microseconds.
MOST_STEPS = 1000
BEFORE_ALL = (-1, UUID(int=0))

# The marks are asked in turn, one a step, for their first holder from the one at hand on. When all
# of them stay with it, it holds them all, and the next step goes past it. What no mark can hold is
# leapt over: each step is one look into the index by mark and name, whatever the number of holders.
# What else is asked stands in a scalar subquery, which the planner cannot turn into a join that
# reads all services first; and nothing is ordered at the end, so that a full page ends the walk.
WALK = """
WITH RECURSIVE walk (step, sort_key, service_id, agreed) AS (
    SELECT 0, %s::bigint, %s::uuid, %s::int
  UNION ALL
    SELECT walk.step + 1, ahead.sort_key, ahead.service_id,
           CASE WHEN ahead.service_id = walk.service_id THEN walk.agreed + 1 ELSE 1 END
    FROM walk CROSS JOIN LATERAL (
        SELECT held.sort_key, held.service_id
        FROM services_mark AS held
        WHERE held.organisation_id = %s
          AND held.mark = (%s::bigint[])[walk.step %% %s::int + 1]
          AND (held.sort_key, held.service_id) >= (walk.sort_key, walk.service_id)
          AND NOT (walk.agreed = %s::int AND held.service_id = walk.service_id
                   AND held.sort_key = walk.sort_key)
        ORDER BY held.sort_key, held.service_id
        LIMIT 1
    ) AS ahead
    WHERE walk.step < %s::int
)
SELECT step, service_id FROM walk
WHERE step = %s::int OR (agreed = %s::int AND step > 0 AND ({fitting}) IS NOT NULL)
LIMIT %s::int
"""


class AtHand(Func):
    """The service at which the walk has arrived."""

    template = "walk.service_id"
    output_field = UUIDField()


def first_holders(
    organisation_id: UUID | None,
    marks: Sequence[int],
    fitting: "QuerySet[Service]",
    *,
    after: tuple[int, UUID] | None,
    limit: int,
    most: int,
) -> list[UUID] | None:
    """The next fitting services by name that hold all marks; None where the walk grows too long.

    after  the order of the name and the key of the last one that is not wanted again
    most   steps after which the walk is too long
    """
    at_hand = fitting.filter(pk=AtHand()).select_related(None).order_by().values("pk")
    try:
        statement, values = at_hand[:1].query.sql_with_params()
    except EmptyResultSet:
        return []
    size = len(marks)
    walk = [*(after or BEFORE_ALL), size, organisation_id, list(marks), size, size, most]
    with connection.cursor() as cursor:
        cursor.execute(WALK.format(fitting=statement), [*walk, most, size, *values, limit])
        found = cursor.fetchall()
    if found and found[-1][0] == most:
        return None
    return [key for _step, key in found]
