"""A neighbour's label, taken over on request: of the same person in a near-duplicate image."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Affine, Box
from facelabel.shapes import align
from facelabel.store import bursts, faces, images, labels
from facelabel.store.project import Project
from facelabel.store.tables import Face


@dataclass(frozen=True, eq=False)
class Neighbour:
    """``shape`` (L, 2): the neighbour's label where it is expected in this image, absent = NaN; ``photo`` its name."""

    face_id: int
    photo: str
    shape: npt.NDArray[np.float64]


def neighbour_of(project: Project, face_id: int, box: Box) -> Neighbour | None:
    """What the label of the most similar near-duplicate says of a face that now has this box; None where there is none.

    Mapped by the detector's five points of both faces where they have them, else by their boxes. Audit faces are asked
    and told nothing. Raises StoreError when the face is not there.
    """
    with project.reading() as s:
        face = faces.get(s, face_id)
        found = [] if face.holdout else bursts.labelled_neighbours(s, face_id)
        for other_id in found:
            labelled = labels.newest(s, other_id)
            if labelled is not None:
                other = faces.get(s, other_id)
                photo = PurePath(images.get(s, other.image_id).path).name
                return Neighbour(other_id, photo, _between(other, face, box).apply(labelled[1].confirmed))
    return None


def _between(other: Face, face: Face, box: Box) -> Affine:
    if other.points and face.points and faces.box_of(face) == box:
        try:
            return align.similarity(np.array(other.points, np.float64), np.array(face.points, np.float64))
        except ValueError:
            pass  # Five points in one place tell nothing.
    there = faces.box_of(other)
    across, down = box.width / there.width, box.height / there.height
    return Affine(across, 0.0, box.left - across * there.left, 0.0, down, box.top - down * there.top)
