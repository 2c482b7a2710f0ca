"""Exporting: exact to the printed digits, nothing half, nothing filled in silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from facelabel.errors import FacelabelError
from facelabel.exchange.export_faces import ExportOptions
from facelabel.exchange.exporting import export, questions
from facelabel.exchange.importing import import_folder
from facelabel.formats import pts, wflw
from facelabel.geometry import Box
from facelabel.store import faces, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from tests.exchange.samples import Shape, shape_in

ATTRIBUTES = ("pose", "expression", "illumination", "make-up", "occlusion", "blur")
BOXES = (Box(5, 30, 60, 60), Box(80, 30, 60, 60))


def label(project: Project, face_id: int, shape: Shape, attributes: dict[str, bool] | None = None) -> None:
    absent = np.isnan(shape).any(axis=1)
    record = LabelRecord(
        shape=shape,
        visibility=tuple("absent" if gone else "visible" for gone in absent),
        sources=("moved",) * len(shape),
        moved=np.zeros(len(shape)),
        attributes=attributes or {},
    )
    with project.writing() as session:
        labels.add(session, face_id, record, author="tester", origin="desk")


def test_pts_round_trip_is_exact_to_the_printed_digits(project: Project, labelled_folder: Path, tmp_path: Path) -> None:
    import_folder(project, labelled_folder, labels="pts")
    report = export(project, tmp_path / "out", ExportOptions("300w"))
    assert report.faces == 5
    for file in sorted(labelled_folder.glob("*.pts")):
        assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["scheme"], manifest["origin"], manifest["counts"]) == ("300w-68", "one-based", {"imported": 5})


def test_menpo_reads_what_we_write(project: Project, labelled_folder: Path, tmp_path: Path) -> None:
    menpo_io = pytest.importorskip("menpo.io")
    import_folder(project, labelled_folder, labels="pts")
    export(project, tmp_path / "out", ExportOptions("300w"))
    for file in sorted((tmp_path / "out").glob("*.pts")):
        theirs = menpo_io.import_landmark_file(file)
        cloud = theirs["PTS"] if hasattr(theirs, "keys") else theirs
        np.testing.assert_allclose(cloud.points[:, ::-1], pts.read(file, points=68), atol=1e-9)


def test_faces_of_one_photo_get_numbers_and_photos_travel_with_them(
    project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    photo(tmp_path / "in" / "group photo.png", 3)
    import_folder(project, tmp_path / "in")
    with project.writing() as session:
        made = [faces.add(session, 1, box, source="human").id for box in BOXES]
    for face_id, left in zip(made, (5.0, 80.0), strict=True):
        label(project, face_id, shape_in("300w-68", left, 30, 60))
    export(project, tmp_path / "out", ExportOptions("300w", photos=True))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "group photo_1.png",
        "group photo_1.pts",
        "group photo_2.png",
        "group photo_2.pts",
        "manifest.json",
    ]


def test_absent_landmarks_are_left_out_with_the_reason(project: Project, labelled_folder: Path, tmp_path: Path) -> None:
    import_folder(project, labelled_folder, labels="pts")
    holed = shape_in("300w-68", 30, 20, 70)
    holed[4] = np.nan
    label(project, 1, holed)
    report = export(project, tmp_path / "out", ExportOptions("300w"))
    assert report.faces == 4
    [gone] = report.left_out
    assert gone.face == 1
    assert "absent" in gone.why
    assert not (tmp_path / "out" / "face_0.pts").exists()


def test_unset_attributes_are_asked_about_never_silently_zero(
    wflw_project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    for number in range(2):
        photo(tmp_path / "in" / f"{number}.png", number)
    import_folder(wflw_project, tmp_path / "in")
    with wflw_project.writing() as session:
        ids = [faces.add(session, number, BOXES[0], source="human").id for number in (1, 2)]
    shape = np.round(shape_in("wflw-98", 20, 20, 70), 6)
    label(wflw_project, ids[0], shape, dict.fromkeys(ATTRIBUTES, True))
    label(wflw_project, ids[1], shape + 1, {"pose": True})
    with pytest.raises(FacelabelError, match="1 of 2 faces with attributes that nobody set"):
        export(wflw_project, tmp_path / "out", ExportOptions("wflw"))
    assert not (tmp_path / "out").exists()
    assert len(questions(wflw_project, "wflw")) == 1

    kept = export(wflw_project, tmp_path / "kept", ExportOptions("wflw", unset="leave-out"))
    assert (kept.faces, len(kept.left_out)) == (1, 1)
    export(wflw_project, tmp_path / "zero", ExportOptions("wflw", unset="zero"))
    back = wflw.read(tmp_path / "zero" / "list_98pt_rect_attr.txt")
    assert [face.attributes for face in back] == [
        dict.fromkeys(ATTRIBUTES, True),
        {name: name == "pose" for name in ATTRIBUTES},
    ]
    np.testing.assert_array_equal(back[0].shape, shape)


def test_blanks_in_a_wflw_name_are_refused_or_renamed(
    wflw_project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    photo(tmp_path / "in" / "image_092 _01.png", 1)
    import_folder(wflw_project, tmp_path / "in")
    with wflw_project.writing() as session:
        face = faces.add(session, 1, BOXES[0], source="human").id
    label(wflw_project, face, shape_in("wflw-98", 20, 20, 70), dict.fromkeys(ATTRIBUTES, False))
    with pytest.raises(FacelabelError, match="blanks"):
        export(wflw_project, tmp_path / "out", ExportOptions("wflw"))
    export(wflw_project, tmp_path / "out", ExportOptions("wflw", photos=True))
    [face_back] = wflw.read(tmp_path / "out" / "list_98pt_rect_attr.txt")
    assert (tmp_path / "out" / "WFLW_images" / face_back.image).is_file()


def test_conversion_to_68_is_asked_for_and_marked(
    wflw_project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    photo(tmp_path / "in" / "a.png", 1)
    import_folder(wflw_project, tmp_path / "in")
    with wflw_project.writing() as session:
        face = faces.add(session, 1, BOXES[0], source="human").id
    shape = np.round(shape_in("wflw-98", 20, 20, 70), 3)
    label(wflw_project, face, shape)
    export(wflw_project, tmp_path / "out", ExportOptions("300w", convert=True))
    back = pts.read(tmp_path / "out" / "a.pts", points=68)
    np.testing.assert_array_equal(back[[36, 45, 30]], shape[[60, 72, 54]])
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["converted_from"] == "wflw-98"


def test_an_earlier_export_is_replaced_only_when_asked_and_other_files_never(
    project: Project, labelled_folder: Path, tmp_path: Path
) -> None:
    import_folder(project, labelled_folder, labels="pts")
    export(project, tmp_path / "out", ExportOptions("300w"))
    with pytest.raises(FacelabelError, match="not empty"):
        export(project, tmp_path / "out", ExportOptions("300w"))
    export(project, tmp_path / "out", ExportOptions("300w", overwrite=True))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    with pytest.raises(FacelabelError, match="no export wrote"):
        export(project, tmp_path / "mine", ExportOptions("300w", overwrite=True))
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


def test_a_project_without_labels_says_so(project: Project, tmp_path: Path) -> None:
    with pytest.raises(FacelabelError, match="no face is labelled yet"):
        export(project, tmp_path / "out", ExportOptions("300w"))
