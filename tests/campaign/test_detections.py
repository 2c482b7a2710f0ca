from __future__ import annotations

import json

from facelabel.geometry import Box
from facelabel.store import faces, images
from tests.campaign.bench import Bench, fake_result


def test_found_faces_are_added_once_and_beside_those_that_are_there(bench: Bench) -> None:
    (known,) = bench.add_faces(1)
    job_id, folder, spec = bench.campaign.prepare("detect")
    assert [image.id for image in spec.images] == [1]
    fake_result(folder, spec, failures=[{"image": "7.jpg", "why": "cut short"}])
    points = [[1.0, 2.0]] * 5
    found = [
        {"box": [12, 12, 80, 80], "score": 0.9, "points": points},
        {"box": [400, 300, 60, 70], "score": 0.8, "points": points},
    ]
    gone = {"image": 99, "detector": "mtcnn", "faces": []}
    (folder / "detections.json").write_text(json.dumps([{"image": 1, "detector": "mtcnn", "faces": found}, gone]))
    taken = bench.campaign.ingest(job_id)
    assert (taken.version, taken.faces, taken.failures) == (None, 1, ["7.jpg: cut short"])
    with bench.project.reading() as s:
        first, second = faces.of_image(s, 1)
        assert first.id == known
        assert faces.box_of(second) == Box(400, 300, 60, 70)
        assert (second.box_source, second.box_score, second.points) == ("detector", 0.8, points)
        assert images.not_searched(s) == []
        assert images.get(s, 1).detected_with == "mtcnn"
