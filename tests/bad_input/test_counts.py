"""Every count of landmarks and of labels goes through the whole loop, or says in one line why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from facelabel.desk.desk import Desk
from facelabel.formats import pts
from facelabel.store import faces, images, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from tests.bad_input.conftest import SIDE, Command, boxes_for, face, scheme_text

Shape = npt.NDArray[np.float64]


def record(shape: Shape) -> LabelRecord:
    absent = np.isnan(shape[:, 0])
    count = len(shape)
    visibility = tuple("absent" if gone else "visible" for gone in absent)
    return LabelRecord(shape, visibility, ("placed",) * count, np.zeros(count), {})


def open_faces(project: Project) -> list[int]:
    with project.reading() as s:
        return faces.open_ids(s)


@pytest.mark.usefixtures("quick_worker")
@pytest.mark.parametrize("landmarks", [1, 2, 200])
def test_every_count_of_landmarks_goes_through_the_loop(tmp_path: Path, facelabel: Command, landmarks: int) -> None:
    own, project, photos = tmp_path / "own.toml", tmp_path / "p", tmp_path / "photos"
    own.write_text(scheme_text(landmarks))
    assert facelabel("new", project, "--scheme", own, "--json").document["landmarks"] == landmarks
    made = [face(number, photos, labelled=False) for number in range(6)]
    boxes = boxes_for(made, tmp_path / "boxes.csv")
    assert facelabel("import", project, photos, "--boxes", boxes, "--json").document["faces"] == 6
    assert facelabel("campaign", project, "steps=2", "batch=2", "first_batch=2", "holdout=0").code == 0
    assert len(facelabel("next", project, "--json").document["faces"]) == 2

    with Project.open(project) as opened:
        desk = Desk(opened, "somebody")
        for face_id in open_faces(opened)[:4]:
            session = desk.open(face_id).session
            shape = session.record().shape
            assert shape.shape == (landmarks, 2)
            assert ((shape >= SIDE / 4 - 1e-6) & (shape <= 3 * SIDE / 4 + 1e-6)).all(), "the cold start is in the box"
            desk.accept(face_id, record(shape + face_id / 8), version_id=None, seconds=1.0)

    assert facelabel("train", project, "--json").document["labels"] == 4
    assert facelabel("score", project, "--json").document["faces"] == 6
    assert facelabel("next", project, "--json").code == 0
    assert facelabel("export", project, tmp_path / "out", "--format", "300w", "--photos").code == 0
    with Project.open(project, read_only=True) as opened, opened.reading() as s:
        for face_id, (_, label) in labels.newest_of(s, None).items():
            name = Path(images.get(s, faces.get(s, face_id).image_id).path).stem
            read = pts.read(tmp_path / "out" / f"{name}.pts", points=landmarks)
            np.testing.assert_allclose(read, label.shape, atol=0.0005)
    boxes = boxes_for(made[:4], tmp_path / "labelled.csv")
    told = facelabel("evaluate", project, "--against", tmp_path / "out", "--norm", "box", "--boxes", boxes, "--json")
    assert told.code == 0, told
    assert told.document["faces"] == 4
    assert told.document["nme"] > 0
    measure = ("evaluate", project, "--against", tmp_path / "out")
    if landmarks == 1:
        facelabel(*measure, "--norm", "box").refused("no face to measure on", "--boxes")
    else:
        assert facelabel(*measure, "--norm", "box", "--json").document["faces"] == 4
        facelabel(*measure, "--norm", "inter-ocular").refused("no inter-ocular distance", "normalise by box")
    told = facelabel("import", project, tmp_path / "out", "--labels", "pts", "--json")
    assert (told.code, told.document["labels"], told.document["faces"]) == (0, 0, 0)


def test_labels_of_a_single_point_go_to_the_faces_that_are_there(tmp_path: Path, facelabel: Command) -> None:
    own, project, photos = tmp_path / "own.toml", tmp_path / "p", tmp_path / "photos"
    own.write_text(scheme_text(1))
    made = [face(number, photos, labelled=False) for number in range(2)]
    for photo in made:
        photo.with_suffix(".pts").write_text(pts.dumps(np.array([[50.0, 40.0]])))
    assert facelabel("new", project, "--scheme", own).code == 0
    told = facelabel("import", project, photos, "--labels", "pts")
    assert told.code == 0
    assert all("--boxes" in line for line in told.err.strip().splitlines())
    assert facelabel("import", project, photos, "--boxes", boxes_for(made, tmp_path / "b.csv")).code == 0
    told = facelabel("import", project, photos, "--labels", "pts", "--json")
    assert (told.document["labels"], told.document["faces"], told.document["refused"]) == (2, 0, [])


def label(project: Path, shapes: list[Shape]) -> None:
    with Project.open(project) as opened, opened.writing() as s:
        for face_id, shape in zip(faces.open_ids(s), shapes, strict=False):
            labels.add(s, face_id, record(shape), author="somebody", origin="desk")


@pytest.fixture
def sparse(tmp_path: Path, facelabel: Command) -> Path:
    """A project of five points, any of which may be absent, with six open faces and no hold-out."""
    project = tmp_path / "p"
    own = tmp_path / "own.toml"
    own.write_text(scheme_text(5))
    made = [face(number, tmp_path / "photos", labelled=False) for number in range(6)]
    boxes = boxes_for(made, tmp_path / "b.csv")
    for words in (
        ["new", project, "--scheme", own],
        ["import", project, tmp_path / "photos", "--boxes", boxes],
        ["campaign", project, "steps=2", "batch=2", "holdout=0", "start_from=scratch"],
    ):
        assert facelabel(*words).code == 0
    return project


def test_no_label_and_one_label_are_too_few(sparse: Path, facelabel: Command) -> None:
    facelabel("train", sparse).refused("0 labelled faces are too few", "label more")
    facelabel("score", sparse).refused("no model", "train")
    facelabel("evaluate", sparse, "--against", sparse.parent / "photos").refused("no model", "train")
    facelabel("export", sparse, sparse.parent / "out").refused("no face is labelled")
    label(sparse, [np.full((5, 2), 40.0)])
    facelabel("train", sparse).refused("1 labelled face is too few")
    assert facelabel("export", sparse, sparse.parent / "out").code == 0


@pytest.mark.usefixtures("quick_worker")
def test_labels_with_absent_points_only(sparse: Path, facelabel: Command) -> None:
    nothing = np.full((5, 2), np.nan)
    label(sparse, [nothing, nothing])
    facelabel("export", sparse, sparse.parent / "out").refused("all 2 faces are left out", "5 landmarks are absent")
    told = facelabel("train", sparse)
    assert told.code == 2
    assert "too few" in told.err.strip().splitlines()[-1]
    assert facelabel("status", sparse, "--json").document["labels"] == 2

    some = np.array([[30.0, 30], [60, 30], [np.nan, np.nan], [40, 60], [55, 62]])
    label(sparse, [some, some + 1])
    assert facelabel("train", sparse, "--json").document["version"] == 1
    assert facelabel("score", sparse, "--json").document["faces"] == 6
    assert facelabel("status", sparse, "--json").code == 0
    assert facelabel("next", sparse, "--json").code == 0
