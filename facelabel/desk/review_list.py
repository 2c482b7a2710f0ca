"""The labels that a reviewer sees, and which of them pass a filter: columns, so that 100,000 take less than a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from facelabel.desk.review import ReviewRow, Verdict
from facelabel.quality.findings import KINDS

_VERDICTS: dict[str, int] = {"to review": 0, "accepted": 1, "sent back": 2}
_FINDINGS: dict[str, int] = {kind: 1 << place for place, kind in enumerate(KINDS)}
"""A bit for each kind."""


class ReviewList:
    """Labels in the order of ``rows``. Making it takes a while with very many; everything else is quick."""

    def __init__(self, rows: Sequence[ReviewRow]) -> None:
        self.rows = {row.face_id: row for row in rows}
        self.authors = sorted({row.author for row in rows})
        numbers = {name: number for number, name in enumerate(self.authors)}
        self._ids = np.array([row.face_id for row in rows], dtype=np.int64)
        self._places = {row.face_id: place for place, row in enumerate(rows)}
        self._author = np.array([numbers[row.author] for row in rows], dtype=np.int32)
        self._findings = np.array(
            [sum({_FINDINGS[finding.kind] for finding in row.findings}) for row in rows], dtype=np.uint32
        )
        self._verdict = np.array([_VERDICTS[row.verdict] for row in rows], dtype=np.uint8)
        self._is = {
            "twice": np.array([bool(row.second) for row in rows], dtype=bool),
            "gold": np.array([row.gold for row in rows], dtype=bool),
            "audit": np.array([row.audit for row in rows], dtype=bool),
        }

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def suspected(self) -> int:
        """Labels with a finding."""
        return int(np.count_nonzero(self._findings))

    @property
    def accepted(self) -> int:
        return int(np.count_nonzero(self._verdict == _VERDICTS["accepted"]))

    def passing(self, state: str | None, finding: str | None, author: str | None) -> npt.NDArray[np.int64]:
        """Ids of the labels of an ``author`` with a ``finding`` (a kind, or "any") in a ``state`` (a verdict, "twice",
        "gold" or "audit"); None lets all pass."""
        passes = np.ones(len(self), dtype=bool)
        if author is not None:
            passes &= self._author == (self.authors.index(author) if author in self.authors else -1)
        if finding is not None:
            asked = sum(_FINDINGS.values()) if finding == "any" else _FINDINGS[finding]
            passes &= (self._findings & np.uint32(asked)) > 0
        if state in self._is:
            passes &= self._is[state]
        elif state is not None:
            passes &= self._verdict == _VERDICTS[state]
        return self._ids[passes]

    def note(self, face_id: int, *, verdict: Verdict | None = None, gold: bool | None = None) -> bool:
        """Take down what became of a label; whether it is listed."""
        row = self.rows.get(face_id)
        if row is None:
            return False
        row = replace(row, verdict=verdict or row.verdict, gold=row.gold if gold is None else gold)
        place = self._places[face_id]
        self.rows[face_id] = row
        self._verdict[place] = _VERDICTS[row.verdict]
        self._is["gold"][place] = row.gold
        return True
