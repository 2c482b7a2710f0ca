"""The whole loop with the real worker: files of pictures in, a trained and measured model out."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from facelabel.campaign.oracle import run_with_oracle
from facelabel.geometry import Box
from facelabel.images.decode import probe
from facelabel.store import faces, images, predictions
from facelabel.store.labels import LabelRecord
from tests.campaign.bench import SCHEME, Bench


def test_a_first_look_and_two_rounds_with_the_real_worker(bench: Bench, tmp_path: Path) -> None:
    truth: dict[int, LabelRecord] = {}
    for number in range(24):
        rng = np.random.default_rng(number)
        size = rng.uniform(50, 70)
        shape = np.array(SCHEME.template_shape) * size + rng.uniform(30, 50, 2)
        picture = rng.integers(90, 130, (140, 140, 3), dtype=np.uint8)
        for index, (x, y) in enumerate(shape.round().astype(int).tolist()):
            cv2.circle(picture, (x, y), 4, (40 * index, 250 - 40 * index, 255), -1)
        path = tmp_path / f"{number}.png"
        assert cv2.imwrite(str(path), picture)
        with bench.project.writing() as s:
            image = images.add(s, probe(path), path, bench.project)
            face = faces.add(s, image.id, Box.around(shape), source="file")
        n = SCHEME.size
        truth[face.id] = LabelRecord(shape, ("visible",) * n, ("placed",) * n, np.zeros(n))
    bench.change(first_batch=6, batch=5, steps=4, holdout=0.2, budget=11)
    done = run_with_oracle(bench.project, truth, rounds=5)
    assert [(r.round, r.version, r.labels) for r in done] == [(0, 1, 0), (1, 2, 4), (2, 3, 9)]
    assert all(r.nme is not None and np.isfinite(r.nme) for r in done[1:])
    with bench.project.reading() as s:
        assert len(predictions.scores(s, 3, "nnm")) == 24
        assert len(predictions.embeddings(s, 3)[0]) == 24
    assert bench.campaign.status().phase == "finished"
