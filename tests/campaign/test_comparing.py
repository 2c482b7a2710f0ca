"""Model versions side by side, from a project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from facelabel.campaign import comparing
from tests.campaign.bench import Bench


def rounds(bench: Bench, *shifts: float) -> None:
    """A round for each shift, in pixels, of what its model predicts."""
    bench.change(first_batch=6, batch=4, holdout=0.5, budget=20)
    bench.add_faces(24)
    for shift in shifts:
        bench.campaign.draw()
        bench.label_batch()
        bench.work(shift=shift)


def test_a_better_version_is_told_from_a_worse_one_on_the_same_faces(bench: Bench) -> None:
    rounds(bench, 2.0, 0.5)
    found = comparing.read(bench.project)
    assert [side.version for side in found.sides] == [1, 2]
    assert found.suggested() == (0, 1)
    one, other = found.sides
    assert one.nme is not None
    assert other.nme is not None
    assert one.nme == pytest.approx(4 * other.nme, rel=0.01)
    assert one.scoring is not None
    difference = found.difference(0, 1)
    assert difference is not None
    assert difference.shown
    assert difference.faces == one.faces == found.errors.shape[1]
    assert difference.points == pytest.approx(one.nme - other.nme, rel=0.01)
    assert difference.interval[0] <= difference.points <= difference.interval[1]
    same = found.difference(0, 0)
    assert same is not None
    assert not same.shown


def test_one_version_is_compared_with_none(bench: Bench) -> None:
    assert comparing.read(bench.project).suggested() is None
    rounds(bench, 1.0)
    assert comparing.read(bench.project).suggested() is None


def test_the_size_is_read_from_the_head_of_the_file(tmp_path: Path) -> None:
    tensors = {"a": np.zeros((3, 4), np.float32), "b": np.zeros(5, np.float16), "count": np.zeros((), np.int64)}
    save_file(tensors, tmp_path / comparing.WEIGHTS)
    size = comparing.size_of(tmp_path, "scaf-tiny")
    assert size.parameters == 17
    assert size.training_bytes is not None
    for damage in (b"", b"short", b"weights" * 100):
        (tmp_path / comparing.WEIGHTS).write_bytes(damage)
        assert comparing.size_of(tmp_path, "a preset of other days") == comparing.Size(
            "a preset of other days", None, None
        )
