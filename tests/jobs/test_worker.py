"""The real worker on small drawn faces: every kind of job, and what it says when it cannot do one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from facelabel import schemes
from facelabel.images import heatmaps
from facelabel.jobs.messages import (
    Done,
    FaceInput,
    Failed,
    ImageInput,
    JobSpec,
    LabelInput,
    Log,
    Message,
    Progress,
    Result,
    Started,
    TrainSpec,
    points_of,
)
from facelabel.jobs.supervisor import Outcome, Supervisor

SCHEME = schemes.load("face-5")


def drawn(folder: Path, number: int) -> tuple[str, tuple[float, float, float, float], np.ndarray]:
    """A picture with a disc at each landmark of one face; its path, box and shape."""
    rng = np.random.default_rng(number)
    left, top, size = rng.uniform(30, 50), rng.uniform(30, 50), rng.uniform(60, 80)
    shape = np.array(SCHEME.template_shape) * size + [left, top] + rng.normal(0, 2, (SCHEME.size, 2))
    picture = rng.integers(90, 130, (160, 160, 3), dtype=np.uint8)
    for index, point in enumerate(shape.round().astype(int)):
        cv2.circle(picture, tuple(map(int, point)), 4, (40 * index, 250 - 40 * index, 255), -1)
    path = folder / f"{number}.png"
    assert cv2.imwrite(str(path), picture)
    low, high = shape.min(axis=0), shape.max(axis=0)
    return str(path), (*low.tolist(), *(high - low).tolist()), shape


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> list[LabelInput]:
    folder = tmp_path_factory.mktemp("pictures")
    made = []
    for number in range(1, 7):
        image, box, shape = drawn(folder, number)
        made.append(LabelInput(id=number, image=image, box=box, shape=points_of(shape)))
    return made


def run(folder: Path, spec: JobSpec) -> tuple[Outcome, list[Message]]:
    said: list[Message] = []
    return Supervisor(folder, spec, said.append).run(), said


def result_of(folder: Path) -> Result:
    return Result.model_validate_json((folder / "result.json").read_text())


def face(label: LabelInput, **changed: object) -> FaceInput:
    return FaceInput(**{"id": label.id, "image": label.image, "box": label.box} | changed)  # type: ignore[arg-type]


def test_a_round_trains_then_scores_with_the_new_model_and_the_model_scores_alike(
    tmp_path: Path, labels: list[LabelInput]
) -> None:
    (tmp_path / "cut.png").write_bytes(Path(labels[0].image).read_bytes()[:200])
    pool = [face(label) for label in labels] + [face(labels[0], id=99, image=str(tmp_path / "cut.png"))]
    spec = JobSpec(
        kind="round",
        scheme=SCHEME.model_dump(mode="json"),
        train=TrainSpec(preset="scaf-tiny", seed=1, steps=4, batch=4),
        labels=labels,
        pool=pool,
        functions=["nnm", "entropy", "mirror"],
    )
    folder = tmp_path / "round"
    outcome, said = run(folder, spec)
    assert (outcome.state, outcome.message) == ("done", None)
    assert isinstance(said[0], Started)
    assert isinstance(said[-1], Done)
    steps = [m for m in said if isinstance(m, Progress)]
    assert {m.stage for m in steps} == {"load", "train", "score"}
    assert [m for m in steps if m.stage == "train"][-1].done == 4
    assert [m for m in steps if m.stage == "train"][-1].loss is not None

    [told] = [m.text for m in said if isinstance(m, Log)]
    assert told.startswith("starts from ")
    assert told in (folder / "log.txt").read_text()
    result = result_of(folder)
    assert (result.kind, result.steps, result.labels) == ("round", 4, 6)
    assert result.seconds >= result.train_seconds > 0
    failures = json.loads((folder / "failures.json").read_text())
    assert [(f["face"], f["image"]) for f in failures] == [(99, str(tmp_path / "cut.png"))]
    for label in labels:
        kept = heatmaps.read(folder / "heatmaps", label.id)
        assert kept is not None
        assert kept.maps.shape[0] == SCHEME.size
    with np.load(folder / "scores.npz") as scores:
        found = dict(scores)
    assert found["face_ids"].tolist() == [1, 2, 3, 4, 5, 6]
    assert found["shapes"].shape == (6, 5, 2)
    assert found["confidence"].shape == (6, 5)
    assert found["embeddings"].shape[0] == 6
    assert all(np.isfinite(found[name]).all() for name in ("shapes", "embeddings", "score_nnm", "score_mirror"))

    spec = JobSpec(
        kind="score",
        scheme=SCHEME.model_dump(mode="json"),
        pool=pool[:6],
        weights=str(folder / "model"),
        functions=["nnm"],
    )
    assert run(tmp_path / "score", spec)[0].state == "done"
    with np.load(tmp_path / "score" / "scores.npz") as again:
        assert "score_entropy" not in again
        np.testing.assert_allclose(again["shapes"], found["shapes"], atol=1e-3)

    model = folder / "model" / "weights.safetensors"
    model.write_bytes(model.read_bytes()[:1000])
    outcome, said = run(tmp_path / "broken", spec)
    assert outcome.state == "failed"
    assert outcome.message is not None
    assert "damaged or cut short" in outcome.message
    assert said[-1] == Failed(reason="user", text=outcome.message)
    assert not (tmp_path / "broken" / "result.json").exists()


def test_detection_streams_and_leaves_a_broken_photo_out(tmp_path: Path, labels: list[LabelInput]) -> None:
    (tmp_path / "cut.png").write_bytes(Path(labels[0].image).read_bytes()[:200])
    spec = JobSpec(
        kind="detect",
        scheme=SCHEME.model_dump(mode="json"),
        images=[ImageInput(id=1, path=str(tmp_path / "cut.png")), ImageInput(id=2, path=labels[0].image)],
        min_face=20.0,
    )
    outcome, said = run(tmp_path / "detect", spec)
    assert outcome.state == "done"
    assert [m.stage for m in said if isinstance(m, Progress)][-1] == "detect"
    found = json.loads((tmp_path / "detect" / "detections.json").read_text())
    assert [entry["image"] for entry in found] == [2]
    failures = json.loads((tmp_path / "detect" / "failures.json").read_text())
    assert [f["image"] for f in failures] == [str(tmp_path / "cut.png")]


def test_a_second_try_has_the_same_recipe(tmp_path: Path, labels: list[LabelInput]) -> None:
    train = TrainSpec(preset="scaf-tiny", seed=1, steps=1, batch=4)
    spec = JobSpec(kind="train", scheme=SCHEME.model_dump(mode="json"), train=train, labels=labels, portions=2)
    outcome, _ = run(tmp_path / "job", spec)
    assert outcome.state == "done"
    result = result_of(tmp_path / "job")
    assert (result.batch, result.steps) == (4, 1)


def test_a_cancelled_training_leaves_no_result(tmp_path: Path, labels: list[LabelInput]) -> None:
    spec = JobSpec(
        kind="train",
        scheme=SCHEME.model_dump(mode="json"),
        train=TrainSpec(preset="scaf-tiny", seed=1, steps=100_000),
        labels=labels,
    )
    said: list[Message] = []

    def listen(message: Message) -> None:
        said.append(message)
        if isinstance(message, Progress) and message.stage == "train" and message.done > 0:
            job.cancel()

    job = Supervisor(tmp_path / "job", spec, listen)
    assert job.run().state == "cancelled"
    assert said[-1] == Failed(reason="cancelled", text="cancelled")
    assert not (tmp_path / "job" / "result.json").exists()


def test_memory_that_runs_out_is_tried_with_fewer_faces_and_a_bug_is_one_line_with_its_traceback_in_the_log(
    tmp_path: Path,
) -> None:
    worker = """
import sys
from pathlib import Path
from facelabel.jobs import worker
def boom(job):
    if job._spec.portions == 1:
        raise RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes")
    raise ZeroDivisionError("division\\nby zero")
worker.Job.run = boom
sys.exit(worker.main(Path(sys.argv[1])))
"""
    said: list[Message] = []
    spec = JobSpec(kind="info", scheme={})
    outcome = Supervisor(tmp_path / "job", spec, said.append, command=[sys.executable, "-c", worker]).run()
    assert (outcome.state, outcome.message) == ("failed", "ZeroDivisionError: division by zero")
    assert [type(m) for m in said] == [Log, Failed]
    assert isinstance(said[0], Log)
    assert "the memory was not enough" in said[0].text
    log = (tmp_path / "job" / "log.txt").read_text()
    assert "Traceback" in log
    assert "in boom" in log
