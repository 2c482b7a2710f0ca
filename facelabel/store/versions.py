"""The model versions of a project. Their files lie in ``project.models_folder / f"v{number:04d}"``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store.tables import ModelVersion


def add(
    s: Session,
    *,
    preset: str,
    seed: int,
    labels: int,
    data_hash: str,
    parent_id: int | None,
    seconds: float,
    metrics: dict[str, Any],
) -> ModelVersion:
    """The next version: numbers run from 1."""
    version = ModelVersion(
        number=(s.scalars(select(func.max(ModelVersion.number))).one() or 0) + 1,
        preset=preset,
        seed=seed,
        labels=labels,
        data_hash=data_hash,
        parent_id=parent_id,
        seconds=seconds,
        metrics=metrics,
    )
    s.add(version)
    s.flush()
    return version


def latest(s: Session) -> ModelVersion | None:
    return s.scalars(select(ModelVersion).order_by(ModelVersion.number.desc()).limit(1)).one_or_none()


def get(s: Session, version_id: int) -> ModelVersion:
    """Raises StoreError when there is none of that id."""
    version = s.get(ModelVersion, version_id)
    if version is None:
        raise StoreError(f"there is no model version of id {version_id} in this project")
    return version


def all(s: Session) -> list[ModelVersion]:
    """Oldest first."""
    return list(s.scalars(select(ModelVersion).order_by(ModelVersion.number)))
