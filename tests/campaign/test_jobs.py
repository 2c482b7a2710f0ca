"""What a job is given and what is taken from it: labels, weights, predictions, measures."""

from __future__ import annotations

import json

import numpy as np
import pytest
import safetensors.numpy
from sqlalchemy import func, select

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.store import faces, predictions, versions
from facelabel.store.tables import Face, ModelVersion, Round
from tests.campaign.bench import SCHEME, Bench, fake_result, truth_of


def holdout(bench: Bench) -> set[int]:
    with bench.project.reading() as s:
        return set(s.scalars(select(Face.id).where(Face.holdout)))


def test_a_version_is_measured_on_all_holdout_labels(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(holdout=0.15)
    bench.campaign.draw()
    bench.label_batch()
    bench.work(shift=4.0)
    bench.label_batch()
    bench.work(shift=2.0)
    first, second = bench.campaign.status().measured
    eyes = SCHEME.normalising.inter_ocular or SCHEME.normalising.inter_pupil
    assert eyes is not None
    shape = truth_of(0).shape
    distance = np.linalg.norm(shape[list(eyes[0])].mean(axis=0) - shape[list(eyes[1])].mean(axis=0))
    assert (first.faces, second.faces) == (6, 6)  # version 1 is measured on the second batch's too
    assert first.nme == pytest.approx(100 * 4.0 / distance, rel=1e-4)
    assert second.nme == pytest.approx(100 * 2.0 / distance, rel=1e-4)
    assert first.low <= first.nme <= first.high
    assert (first.labels, second.labels) == (7, 14)
    with bench.project.reading() as s:
        metrics = versions.all(s)[1].metrics
    assert metrics["nme"] == pytest.approx(second.nme)
    assert (metrics["nme_faces"], metrics["loss"]) == (6, 0.25)


def test_measuring_sees_a_corrected_label(bench: Bench) -> None:
    bench.add_faces(30)
    bench.change(holdout=0.1, audit_at_most=1)
    bench.campaign.draw()
    bench.label_batch()
    bench.work(shift=3.0)
    before = bench.campaign.status().measured[0].nme
    (face_id,) = holdout(bench) - set(bench.batch())
    bench.set_state(face_id, "rejected")
    assert bench.campaign.status().measured[0].nme is None
    bench.label(face_id)
    assert bench.campaign.status().measured[0].nme == pytest.approx(before)


def test_the_data_hash_is_that_of_the_labels(bench: Bench) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    bench.work("train")
    bench.work("train")
    bench.label(bench.campaign.draw().id + 20)
    bench.work("train")
    with bench.project.reading() as s:
        hashes = [version.data_hash for version in versions.all(s)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_training_starts_from_the_last_version_of_the_same_preset(bench: Bench) -> None:
    bench.add_faces(60)
    bench.campaign.draw()
    bench.label_batch()
    job_id, _, spec = bench.campaign.prepare("train")
    assert spec.train is not None
    assert spec.train.start_from is None
    bench.campaign.abandon(job_id, "failed", "no reason")
    bench.work("round")
    bench.label_batch()
    starts = []
    for values in (
        {},
        {"start_from": "scratch"},
        {"start_from": "pretrained"},
        {"start_from": "last", "preset": "scaf"},
    ):
        bench.change(**values)
        job_id, _, spec = bench.campaign.prepare("round")
        assert spec.train is not None
        starts.append((spec.train.start_from, spec.train.pretrained))
        bench.campaign.abandon(job_id, "cancelled", None)
    first = str(bench.project.models_folder / "v0001")
    assert starts == [(first, "shipped"), (None, None), (None, "shipped"), (None, "shipped")]
    bench.change(preset="scaf-tiny")
    bench.work("round")
    with bench.project.reading() as s:
        assert versions.all(s)[1].parent_id == versions.all(s)[0].id


def test_weights_of_the_labs_own(bench: Bench) -> None:
    bench.add_faces(30)
    bench.campaign.draw()
    bench.label_batch()
    folder = bench.project.folder / "weights" / "ours"
    with pytest.raises(FacelabelError, match="there are no pretrained weights here"):
        bench.change(pretrained=str(folder))
    assert bench.campaign.settings.pretrained == "shipped"
    folder.mkdir(parents=True)
    facts = {"seed": 0, "steps": 1, "batch": 1, "seconds": 1, "device": "CPU", "command": "", "data_hash": "a"}
    card = {"facelabel": "1", "preset": "scaf-tiny", "objective": "landmarks", "data": []} | facts
    (folder / "pretrained.json").write_text(json.dumps(card))
    (folder / "weights.safetensors").write_bytes(safetensors.numpy.save({}))
    bench.change(pretrained=str(folder))
    assert bench.campaign.settings.pretrained == "weights/ours"
    _, _, spec = bench.campaign.prepare("train")
    assert spec.train is not None
    assert spec.train.pretrained == str(folder)


def test_one_job_at_a_time_and_failures_are_told(bench: Bench) -> None:
    bench.add_faces(30)
    bench.campaign.draw()
    bench.label_batch()
    job_id, _, _ = bench.campaign.prepare("round")
    with pytest.raises(FacelabelError, match="is running"):
        bench.campaign.prepare("round")
    with pytest.raises(FacelabelError, match="cannot be read"):
        bench.campaign.ingest(job_id)
    bench.campaign.abandon(job_id, "failed", "no memory")
    assert bench.campaign.status().notice == "The last training failed: no memory"
    with pytest.raises(FacelabelError, match="already failed"):
        bench.campaign.abandon(job_id, "failed", "again")
    taken = bench.work(failures=[{"face": 3, "image": "3.jpg", "why": "cut short"}])
    assert taken.failures == ["3.jpg: cut short"]
    assert bench.campaign.status().notice is None


def test_predictions_of_a_face_that_was_deleted_are_left_out(bench: Bench) -> None:
    ids = bench.add_faces(30)
    bench.change(holdout=0.0)
    bench.campaign.draw()
    gone = next(i for i in ids if i not in bench.batch())
    bench.label_batch()
    bench.campaign.queue()
    job_id, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    with bench.project.writing() as s:
        s.delete(faces.get(s, gone))
    assert bench.campaign.ingest(job_id).faces == 29
    with bench.project.reading() as s:
        assert predictions.get(s, gone) is None
        assert s.get(Round, 1).state == "done"


def test_predictions_of_another_number_of_landmarks_are_refused_whole(bench: Bench) -> None:
    bench.add_faces(30)
    bench.campaign.draw()
    bench.label_batch()
    job_id, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec.model_copy(update={"scheme": schemes.load("300w-68").model_dump(mode="json")}))
    with pytest.raises(FacelabelError, match=r"not \(N, 5, 2\)"):
        bench.campaign.ingest(job_id)
    with bench.project.reading() as s:
        assert predictions.get(s, 1) is None
        assert s.scalar(select(func.count()).select_from(ModelVersion)) == 0


def test_the_final_model_is_trained_anew_by_the_long_schedule(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(steps=7)
    bench.campaign.draw()
    bench.label_batch()
    bench.work("round")
    bench.label_batch()
    _, _, spec = bench.campaign.prepare("finish")
    assert spec.kind == "train"
    assert spec.train is not None
    assert (spec.train.finish, spec.train.start_from, spec.train.steps) == (True, None, None)
