"""Heatmaps come with a round's result; only those of the newest model stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel.errors import FacelabelError
from facelabel.geometry import Affine
from facelabel.images import heatmaps as files
from facelabel.images.heatmaps import SIDE
from facelabel.store import heatmaps
from tests.campaign.bench import SCHEME, Bench, fake_result


def leave(folder: Path, ids: list[int], level: float, landmarks: int = SCHEME.size) -> None:
    maps = np.full((len(ids), landmarks, SIDE, SIDE), level, dtype=np.float32)
    places = np.tile(Affine.scaling(2).matrix, (len(ids), 1, 1))
    files.write(folder / "heatmaps", np.array(ids), landmarks, places, files.pack(maps))


def run_round(bench: Bench, level: float | None) -> None:
    for face_id in [item.face_id for item in bench.campaign.queue() if item.state == "open" and not item.ahead]:
        bench.label(face_id)
    job_id, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    if level is not None:
        leave(folder, [face.id for face in spec.pool], level)
    bench.campaign.ingest(job_id)
    assert not (folder / "heatmaps").exists()


def test_a_round_brings_heatmaps_and_drops_older_ones(bench: Bench) -> None:
    ids = bench.add_faces(12)
    bench.change(first_batch=3, batch=3, holdout=0.0)
    bench.campaign.draw()
    assert heatmaps.newest(bench.project, ids[0]) is None
    for number, level in ((1, 0.2), (2, 0.6)):
        run_round(bench, level)
        open_ids = [item.face_id for item in bench.campaign.queue()]
        found = heatmaps.newest(bench.project, open_ids[0])
        assert found is not None
        assert found[0] == number
        assert found[1].maps.max() == round(255 * level)
    assert len(list(bench.project.models_folder.glob("*/heatmaps"))) == 1
    run_round(bench, None)
    left = heatmaps.newest(bench.project, open_ids[-1])
    assert left is not None
    assert left[0] == 2, "a result without heatmaps leaves the last ones"
    leave(bench.project.models_folder / "v0003", open_ids, 0.5, landmarks=3)
    with pytest.raises(FacelabelError, match="3 landmarks"):
        heatmaps.newest(bench.project, open_ids[0])
