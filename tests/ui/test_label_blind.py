"""Audit faces on the label screen: nothing of the model is in sight, and the annotator is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from facelabel.campaign import audit
from facelabel.store import labels, predictions
from facelabel.store.tables import BatchItem, Face
from tests.ui.labelling import face_id, make_project, next_face, predict, screen_on, settle


def test_an_audit_face_is_labelled_blind(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, count=3)
    predict(project, [1, 2, 3], shift=7.0)
    with project.writing() as s:
        s.execute(update(Face).where(Face.id == 1).values(holdout=True))
        s.execute(update(BatchItem).where(BatchItem.face_id == 1).values(why=audit.WHY, score=None, rank=0))
    with screen_on(qtbot, project) as screen:
        assert face_id(screen) == 1
        face = screen.bench.face
        assert face is not None
        assert face.blind
        assert (face.session.start.origin, face.session.confidence, face.version) == ("template", None, None)
        with project.reading() as s:
            predicted = predictions.get(s, 1)
        assert predicted is not None
        assert not np.allclose(face.session.shape, predicted[1], atol=0.5)
        assert not face.session.suggesting, "a suggestion would tell of other faces' labels"
        assert "without the model's guess" in screen.status.why.text()
        assert "predicted by" not in screen.status.why.text()
        assert "score" not in screen.status.why.text()

        screen.bench.accept()
        other = next_face(qtbot, screen, after=1)
        settle(qtbot, screen)
        assert screen.bench.face is not None
        assert screen.bench.face.id == other
        assert screen.bench.face.session.start.origin == "prediction"
        assert screen.bench.face.session.suggesting
    with project.reading() as s:
        found = labels.newest(s, 1)
    assert found is not None
    assert found[0].model_version_id is None
    project.close()
