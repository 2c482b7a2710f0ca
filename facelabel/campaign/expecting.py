"""What a project expects of a face before anybody has touched it: its shape prior, and how far off a prediction is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.geometry import Box
from facelabel.schemes import Scheme
from facelabel.shapes import fusion
from facelabel.shapes.fusion import Belief
from facelabel.shapes.prior import ShapePrior
from facelabel.store import labels
from facelabel.store.project import Project
from facelabel.store.tables import ModelVersion

BLUR = 0.0375
"""Spread of the target heatmaps of the smaller presets, in sides of the face box."""
PRIOR_LABELS = 300
"""Faces, the last labelled, that the shape prior learns from: more tell it little, and reading them takes time."""


def shape_prior(s: Session, scheme: Scheme, limit: int = PRIOR_LABELS) -> tuple[ShapePrior | None, int]:
    """What shapes look like by the scheme's template and the newest ``limit`` labels, audit faces left out, and how
    many labels there were. None where a shape is but a place."""
    shapes = labels.newest_shapes(s, limit)
    template = scheme.template_shape * [scheme.template_aspect, 1.0]
    if not np.ptp(template, axis=0).any():
        return None, 0
    return ShapePrior(template, scheme.flip_index, shapes if len(shapes) else None), len(shapes)


def belief(
    prior: ShapePrior, box: Box, shape: npt.NDArray[np.float64], confidence: npt.NDArray[np.float64], blur: float
) -> Belief | None:
    """What a prediction lets expect: ``shape`` (L, 2) image pixels, ``confidence`` (L,), ``blur`` as ``blur_of``. None
    where the shape is no face (all in one point)."""
    try:
        return fusion.predicted(prior, shape, confidence, blur * max(box.width, box.height))
    except ValueError:
        return None


def size_of(shape: npt.NDArray[np.float64]) -> float:
    """The size of a face by its landmarks (L, 2): their root-mean-square distance from their middle, absent ones left
    out; the unit of the shape prior."""
    present = shape[~np.isnan(shape).any(axis=1)]
    return float(np.sqrt(((present - present.mean(axis=0)) ** 2).sum(axis=1).mean())) if len(present) else 0.0


def version_blur(s: Session, project: Project, version_id: int) -> float:
    """``blur_of`` a version of the project; reads its card."""
    number = s.scalars(select(ModelVersion.number).where(ModelVersion.id == version_id)).one()
    return blur_of(project.models_folder / f"v{number:04d}" / "model.json")


def blur_of(card: Path) -> float:
    """Spread of the target heatmaps that a model was trained on, in sides of the face box (its longer one), by the
    model's card; that of the smaller presets where there is no card that says so."""
    try:
        preset = json.loads(card.read_text(encoding="utf-8"))["preset"]
        # Heatmaps have half the resolution of the crop.
        return float(preset["margin"] * preset["sigma"] / (preset["network"]["input_size"] / 2))
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        return BLUR
