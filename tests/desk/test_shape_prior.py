"""Where the desk's suggestions come from: a prior from the labels, made anew as they grow; none when blind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from facelabel import schemes
from facelabel.campaign.expecting import BLUR, blur_of
from facelabel.desk.desk import Desk, draft_content
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.store import faces, images, predictions, versions
from facelabel.store.project import Project
from facelabel.store.tables import Face

SCHEME = schemes.load("300w-68")
BOX = Box(10, 20, 100, 120)
CHIN = 8


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Eight faces that a model has seen, nothing labelled."""
    with Project.create(tmp_path / "p", scheme=SCHEME) as made:
        with made.writing() as s:
            for number in range(8):
                info = ImageInfo(width=200, height=200, sha256=f"{number:064x}", bytes=9, mtime_ns=1, kind="jpeg")
                image = images.add(s, info, tmp_path / f"{number}.jpg", made)
                faces.add(s, image.id, BOX, source="human")
            version = versions.add(
                s, preset="scaf-tiny", seed=0, labels=2, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
            )
            shapes = np.tile(SCHEME.template_shape * [100, 120] + [10, 20], (8, 1, 1)).astype(np.float32)
            sure = np.full((8, SCHEME.size), 0.5, dtype=np.float32)
            predictions.save(s, version.id, list(range(1, 9)), shapes, sure)
        yield made


def follows(desk: Desk, face_id: int) -> float:
    """How far the end of the jaw moves when the chin is put 20 pixels lower."""
    session = desk.open(face_id).session
    before = session.shape
    session.move(CHIN, (float(before[CHIN, 0]), float(before[CHIN, 1]) + 20))
    return float(np.hypot(*(session.shape - before)[5]))


def test_a_prediction_comes_with_suggestions_before_any_label(project: Project) -> None:
    assert follows(Desk(project, "anna"), 1) > 1


def test_the_prior_learns_from_labels_once_there_are_enough_new_ones(project: Project) -> None:
    desk = Desk(project, "anna")
    first = follows(desk, 8)
    for face_id in range(1, 6):
        session = desk.open(face_id).session
        session.suggesting = False
        session.move(CHIN, (float(session.shape[CHIN, 0]), float(session.shape[CHIN, 1]) + 8 * face_id))
        desk.accept(face_id, session.record(), version_id=1, seconds=1.0)
        if face_id < 5:
            assert follows(desk, 8) == first
    assert follows(desk, 8) < first, "in these faces the chin moves alone"
    assert follows(desk, 8) == follows(Desk(project, "ben"), 8)


def test_audit_faces_and_labels_have_none_and_a_draft_what_it_had(project: Project) -> None:
    desk = Desk(project, "anna")
    with project.writing() as s:
        s.execute(update(Face).where(Face.id == 1).values(holdout=True))
    blind = desk.open(1)
    assert blind.session.expectation is None
    blind.session.move(CHIN, (0.0, 0.0))
    desk.save_draft(1, draft_content(blind.session, None, 1.0))
    assert desk.open(1).from_draft
    assert desk.open(1).session.expectation is None

    seen = desk.open(2)
    seen.session.move(CHIN, (50.0, 150.0))
    desk.save_draft(2, draft_content(seen.session, 1, 1.0))
    again = desk.open(2)
    assert again.from_draft
    assert again.session.expectation is not None
    assert again.session.expectation.touched == {CHIN: (50.0, 150.0)}

    desk.accept(2, again.session.record(), version_id=1, seconds=2.0)
    assert desk.open(2).session.expectation is None


@pytest.mark.parametrize(
    ("card", "wanted"),
    [
        ({"preset": {"margin": 1.3, "sigma": 7.0, "network": {"input_size": 256}}}, 1.3 * 7 / 128),
        ({"preset": {"margin": 1.2, "sigma": 2.0, "network": {"input_size": 128}}}, BLUR),
        ({"preset": "scaf-tiny"}, BLUR),
        ([], BLUR),
    ],
)
def test_how_blurred_a_model_saw_its_labels_is_on_its_card(tmp_path: Path, card: object, wanted: float) -> None:
    (tmp_path / "model.json").write_text(json.dumps(card), encoding="utf-8")
    assert blur_of(tmp_path / "model.json") == pytest.approx(wanted)
    assert blur_of(tmp_path / "nothing.json") == BLUR


def test_a_model_that_saw_more_blur_is_believed_less_at_the_same_confidence(project: Project) -> None:
    desk = Desk(project, "anna")
    sharp = desk.open(1).session.expectation
    folder = project.models_folder / "v0001"
    folder.mkdir(parents=True)
    preset = {"margin": 1.3, "sigma": 7.0, "network": {"input_size": 256}}
    (folder / "model.json").write_text(json.dumps({"preset": preset}), encoding="utf-8")
    blurred = Desk(project, "anna").open(1).session.expectation
    assert sharp is not None
    assert blurred is not None
    assert (blurred.belief.expected_errors > sharp.belief.expected_errors).all()
