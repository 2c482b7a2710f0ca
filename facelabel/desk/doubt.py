"""What the desk knows of a project before a face is opened: its shape prior, its models' blur, and how expected errors
are calibrated. Read when they are needed, kept until the project has learned enough to read them anew."""

from __future__ import annotations

from sqlalchemy.orm import Session

from facelabel.campaign.calibration import Calibration, basis, calibrate
from facelabel.campaign.expecting import BLUR, PRIOR_LABELS, shape_prior, version_blur
from facelabel.shapes.prior import ShapePrior
from facelabel.store.project import Project

_GROWTH = 1.5
_LEAST = 5
"""The prior is made anew once there are so many times the labels, and at least so many more."""


class Knowledge:
    """For one thread at a time; the calibration may be read in another."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._prior: ShapePrior | None = None
        self._labels = 0
        self._fresh = 0
        self._blurs: dict[int, float] = {}
        self._calibration: tuple[object, Calibration] | None = None

    def label_added(self) -> None:
        self._fresh += 1

    def prior(self, s: Session) -> ShapePrior | None:
        """By the scheme's template and the labels so far; None where a shape is but a place."""
        growth = max(_LEAST, (_GROWTH - 1) * self._labels)
        if self._prior is None or (self._fresh >= growth and self._labels < PRIOR_LABELS):
            self._prior, self._labels = shape_prior(s, self._project.scheme)
            self._fresh = 0
        return self._prior

    def blur(self, s: Session, version_id: int | None) -> float:
        """Spread of the target heatmaps of a version, in sides of the face box."""
        if version_id is None:
            return BLUR
        if version_id not in self._blurs:
            self._blurs[version_id] = version_blur(s, self._project, version_id)
        return self._blurs[version_id]

    def calibration(self, s: Session) -> Calibration:
        """As the audit labels and the model versions stand; a tenth of a second when either has changed."""
        key = basis(s)
        if self._calibration is None or self._calibration[0] != key:
            self._calibration = key, calibrate(s, self._project)
        return self._calibration[1]
