"""The command in this process, as the tests of bad input have it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from facelabel.formats import pts
from tests.bad_input.conftest import Command, facelabel, quick_worker
from tests.evaluation.publicsets import face

__all__ = ["facelabel", "quick_worker"]


@pytest.fixture
def place(tmp_path: Path, facelabel: Command) -> Path:
    """A folder with a project ``p`` and the ``photos`` of six labelled faces in two folders."""
    for number in range(6):
        pixels, shape = face("300w-68", number)
        photo = tmp_path / "photos" / ("one" if number < 4 else "two") / f"face {number}.png"
        photo.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(photo)
        photo.with_suffix(".pts").write_text(pts.dumps(shape))
    assert facelabel("new", tmp_path / "p", "--scheme", "300w-68").code == 0
    return tmp_path


def predict(place: Path, name: str, shift: np.ndarray | float) -> Path:
    """A folder of predictions that are ``shift`` pixels, (68, 2) or one number for x, off the labels."""
    moved = np.zeros((68, 2))
    moved += [shift, 0.0] if np.isscalar(shift) else shift
    for number in range(6):
        file = place / name / ("one" if number < 4 else "two") / f"face {number}.pts"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(pts.dumps(face("300w-68", number)[1] + moved))
    return place / name
