"""What a model version said of many faces, as one array: read in blocks, and on disk where it is large."""

from __future__ import annotations

from collections.abc import Collection
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from facelabel.store.tables import Embedding, Prediction, Score

Floats = npt.NDArray[np.floating[Any]]
Ids = npt.NDArray[np.int64]

IN_MEMORY = 2**28
"""Bytes of an array above which it lies in a temporary file."""
_BLOCK = 4096


def scores(s: Session, version_id: int, ids: Ids, wanted: Collection[str]) -> dict[str, npt.NDArray[np.float64]]:
    """Those of the ``wanted`` scores that the version has, by their functions: (N,) of the faces ``ids`` (N,), which
    ascend; NaN where it has not seen a face."""
    names = s.scalars(select(Score.function).where(Score.model_version_id == version_id).distinct()).all()
    found = {}
    for name in sorted(set(names) & set(wanted)):
        values = np.full(len(ids), np.nan)
        rows = select(Score.face_id, Score.value).where(Score.model_version_id == version_id, Score.function == name)
        for block in s.execute(rows).partitions(_BLOCK):
            faces, given = zip(*block, strict=True)
            at, known = _places(ids, np.array(faces, dtype=np.int64))
            values[at] = np.array(given)[known]
        found[name] = values
    return found


def embeddings(s: Session, version_id: int, ids: Ids) -> Floats | None:
    """(N, D) of the faces ``ids`` (N,), which ascend: float32, or a half-precision memory map where that is large; NaN
    for a face without. None where the version has left none."""
    return _blobs(s, Embedding.vector, version_id, ids, np.float16)


def shapes(s: Session, version_id: int, ids: Ids) -> Floats | None:
    """(N, L, 2) predicted landmarks, image pixels, as ``embeddings`` gives its vectors, always float32."""
    found = _blobs(s, Prediction.shape, version_id, ids, np.float32)
    return None if found is None else found.reshape(len(ids), -1, 2)


def confidence(s: Session, version_id: int, ids: Ids) -> Floats | None:
    """(N, L) heatmap maxima, as ``shapes``."""
    return _blobs(s, Prediction.confidence, version_id, ids, np.float32)


def scored_by(s: Session) -> int | None:
    """The id of the newest version that has left scores or embeddings; None before any."""
    newest = (s.scalar(select(func.max(column))) for column in (Score.model_version_id, Embedding.model_version_id))
    return max((one for one in newest if one is not None), default=None)


def embedded_by(s: Session) -> int | None:
    """The id of the newest version that has left embeddings."""
    return s.scalar(select(func.max(Embedding.model_version_id)))


def _blobs(
    s: Session, column: InstrumentedAttribute[bytes], version_id: int, ids: Ids, on_disk: type[np.floating[Any]]
) -> Floats | None:
    table = column.class_
    rows: Select[tuple[int, bytes]] = select(table.face_id, column).where(table.model_version_id == version_id)
    made: Floats | None = None
    for block in s.execute(rows).partitions(_BLOCK):
        faces, vectors = zip(*block, strict=True)
        read = np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(faces), -1)
        if made is None:
            made = _room(len(ids), read.shape[1], on_disk)
        at, known = _places(ids, np.array(faces, dtype=np.int64))
        made[at] = read[known]
    return made


def _room(n: int, width: int, on_disk: type[np.floating[Any]]) -> Floats:
    """(n, width) of NaN."""
    if 4 * n * width <= IN_MEMORY:
        return np.full((n, width), np.nan, dtype=np.float32)
    with TemporaryFile() as file:  # Closed and without a name, it lives as long as the map.
        made: Floats = np.memmap(file, dtype=on_disk, shape=(n, width))
    for start in range(0, n, _BLOCK):
        made[start : start + _BLOCK] = np.nan
    return made


def _places(ids: Ids, faces: Ids) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Rows of ``ids`` at which those of ``faces`` stand that are among them, and which these are."""
    at = np.searchsorted(ids, faces)
    known = np.zeros(len(faces), dtype=bool)
    inside = at < len(ids)
    known[inside] = ids[at[inside]] == faces[inside]
    return at[known], known
