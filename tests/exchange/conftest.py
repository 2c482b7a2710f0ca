"""Projects and small photo folders for the tests of import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from facelabel import schemes
from facelabel.formats import pts
from facelabel.store.project import Project
from tests.exchange.samples import shape_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "project", scheme=schemes.load("300w-68")) as made:
        yield made


@pytest.fixture
def wflw_project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "wflw", scheme=schemes.load("wflw-98")) as made:
        yield made


@pytest.fixture
def photo() -> Callable[[Path, int], Path]:
    """Writes a noise picture whose content depends on the seed."""

    def write(path: Path, seed: int) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(seed).integers(0, 256, (120, 160, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(path)
        return path

    return write


@pytest.fixture
def labelled_folder(tmp_path: Path, photo: Callable[[Path, int], Path]) -> Path:
    """Five photos with a ``.pts`` each."""
    folder = tmp_path / "photos"
    for number in range(5):
        path = photo(folder / f"face_{number}.png", number)
        path.with_suffix(".pts").write_text(pts.dumps(shape_in("300w-68", 30 + number, 20, 70)))
    return folder
