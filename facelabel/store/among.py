"""``WHERE id IN (…)`` for any number of ids, in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import SelectBase, func, select


def among(ids: Iterable[int]) -> SelectBase:
    """A subquery of the ids, passed as one JSON parameter: SQLite takes at most 32766 parameters a statement."""
    listed = func.json_each(json.dumps([int(i) for i in ids])).table_valued("value")
    return select(listed.c.value)
