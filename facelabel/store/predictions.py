"""What the model versions said of the faces: shapes, scores and embeddings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from facelabel.geometry import FloatArray
from facelabel.store.among import among
from facelabel.store.tables import Embedding, Prediction, Score, Table

_BLOB = np.dtype("<f4")


def save(s: Session, version_id: int, face_ids: Sequence[int], shapes: FloatArray, confidence: FloatArray) -> None:
    """``shapes`` (N, L, 2) image pixels and ``confidence`` (N, L), as float32; replaces the version's earlier ones."""
    _upsert(
        s,
        Prediction,
        ("shape", "confidence"),
        (
            {"face_id": face_id, "model_version_id": version_id, "shape": shape.tobytes(), "confidence": sure.tobytes()}
            for face_id, shape, sure in zip(_ids(face_ids), _blobs(shapes), _blobs(confidence), strict=True)
        ),
    )


def get(
    s: Session, face_id: int, version_id: int | None = None
) -> tuple[int, npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
    """(version id, shape (L, 2), confidence (L,)) by one version or the newest that saw the face; None if none did."""
    found = select(Prediction).where(Prediction.face_id == face_id)
    if version_id is not None:
        found = found.where(Prediction.model_version_id == version_id)
    row = s.scalars(found.order_by(Prediction.model_version_id.desc()).limit(1)).one_or_none()
    return None if row is None else (row.model_version_id, *_arrays(row.shape, row.confidence))


def of_version(
    s: Session, version_id: int, face_ids: Iterable[int]
) -> dict[int, tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
    """Face id to (shape (L, 2), confidence (L,)), for those of the faces that the version has seen."""
    columns = select(Prediction.face_id, Prediction.shape, Prediction.confidence)
    rows = s.execute(columns.where(Prediction.model_version_id == version_id, Prediction.face_id.in_(among(face_ids))))
    return {face_id: _arrays(shape, confidence) for face_id, shape, confidence in rows}


def save_scores(s: Session, version_id: int, function: str, face_ids: Sequence[int], values: FloatArray) -> None:
    """``values`` (N,), higher = ask a human first; in place of earlier ones of the version and function."""
    _upsert(
        s,
        Score,
        ("value",),
        (
            {"face_id": face_id, "model_version_id": version_id, "function": function, "value": float(value)}
            for face_id, value in zip(_ids(face_ids), values, strict=True)
        ),
    )


def scores(s: Session, version_id: int, function: str, face_ids: Iterable[int] | None = None) -> dict[int, float]:
    """Face id to score, of all faces that were scored or of those named."""
    found = select(Score.face_id, Score.value).where(Score.model_version_id == version_id, Score.function == function)
    if face_ids is not None:
        found = found.where(Score.face_id.in_(among(face_ids)))
    return dict(s.execute(found).all())


def save_embeddings(s: Session, version_id: int, face_ids: Sequence[int], vectors: FloatArray) -> None:
    """``vectors`` (N, D), kept as float32. A face keeps only the last one saved, whatever its version."""
    _upsert(
        s,
        Embedding,
        ("model_version_id", "vector"),
        (
            {"face_id": face_id, "model_version_id": version_id, "vector": vector.tobytes()}
            for face_id, vector in zip(_ids(face_ids), _blobs(vectors), strict=True)
        ),
        key=("face_id",),
    )


def embeddings(s: Session, version_id: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Face ids (N,), ascending, and their vectors (N, D); (0,) and (0, 0) when there are none."""
    found = select(Embedding.face_id, Embedding.vector).where(Embedding.model_version_id == version_id)
    rows = s.execute(found.order_by(Embedding.face_id)).all()
    ids = np.array([face_id for face_id, _ in rows], dtype=np.int64)
    if not rows:
        return ids, np.zeros((0, 0), dtype=np.float32)
    return ids, np.frombuffer(b"".join(vector for _, vector in rows), dtype=_BLOB).reshape(len(rows), -1).astype(
        np.float32
    )


def _upsert(
    s: Session,
    table: type[Table],
    changing: tuple[str, ...],
    rows: Iterator[dict[str, Any]],
    key: tuple[str, ...] | None = None,
) -> None:
    listed = list(rows)
    if not listed:
        return
    row = insert(table)
    columns = key or tuple(column.name for column in table.__table__.primary_key)
    row = row.on_conflict_do_update(index_elements=columns, set_={name: row.excluded[name] for name in changing})
    # Through the connection: the unit of work has nothing to add to rows that nobody holds as objects.
    s.connection().execute(row, listed)


def _ids(face_ids: Sequence[int]) -> list[int]:
    return [int(face_id) for face_id in face_ids]  # NumPy's integers would be stored as blobs


def _blobs(values: FloatArray) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=_BLOB)


def _arrays(shape: bytes, confidence: bytes) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return (
        np.frombuffer(shape, dtype=_BLOB).astype(np.float64).reshape(-1, 2),
        np.frombuffer(confidence, dtype=_BLOB).astype(np.float64),
    )
