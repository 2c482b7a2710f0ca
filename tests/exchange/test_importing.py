"""Importing: only what is new, all or nothing a file, and a report of what was refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.errors import FacelabelError, FormatError
from facelabel.exchange.importing import import_folder
from facelabel.formats import pts, wflw
from facelabel.geometry import Box
from facelabel.store import faces, images, labels, listing
from facelabel.store.project import Project
from facelabel.store.tables import Face
from tests.exchange.samples import shape_in


def test_labels_come_in_as_human_labels_with_the_tight_box_of_their_points(
    project: Project, labelled_folder: Path
) -> None:
    report = import_folder(project, labelled_folder, labels="pts")
    assert (report.images, report.faces, report.labels, report.refused) == (5, 5, 5, [])
    with project.reading() as session:
        found = labels.newest_of(session, None)
        assert len(found) == 5
        for face_id, (revision, record) in found.items():
            face = session.get_one(Face, face_id)
            truth = pts.read(labelled_folder / str(face.source), points=68)
            np.testing.assert_array_equal(record.shape, truth)
            assert faces.box_of(face) == Box.around(truth)
            assert (face.state, face.box_source, revision.origin) == ("labelled", "labels", "import")


def test_importing_again_adds_only_what_is_new(
    project: Project, labelled_folder: Path, photo: Callable[[Path, int], Path]
) -> None:
    import_folder(project, labelled_folder, labels="pts")
    again = import_folder(project, labelled_folder, labels="pts")
    assert (again.images, again.faces, again.labels, again.known) == (0, 0, 0, 5)
    photo(labelled_folder / "later.png", 99)
    third = import_folder(project, labelled_folder, labels="pts")
    assert (third.images, third.known) == (1, 5)


def test_the_same_content_twice_is_one_image(project: Project, labelled_folder: Path) -> None:
    shutil.copy(labelled_folder / "face_0.png", labelled_folder / "copy.png")
    report = import_folder(project, labelled_folder)
    assert (report.images, report.duplicates) == (5, 1)


def test_two_faces_of_one_photo_are_two_faces_of_one_image(
    project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    folder = tmp_path / "afw"
    first = photo(folder / "group_1.png", 1)
    shutil.copy(first, folder / "group_2.png")
    for number, left in ((1, 5), (2, 90)):
        (folder / f"group_{number}.pts").write_text(pts.dumps(shape_in("300w-68", left, 30, 55)))
    report = import_folder(project, folder, labels="pts")
    assert (report.images, report.faces, report.labels, report.duplicates) == (1, 2, 2, 1)


def test_a_pts_with_67_points_refuses_its_photo_and_no_other(project: Project, labelled_folder: Path) -> None:
    file = labelled_folder / "face_3.pts"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:-2], "}"]).replace("n_points: 68", "n_points: 67") + "\n")
    report = import_folder(project, labelled_folder, labels="pts")
    assert (report.images, report.labels) == (4, 4)
    [(path, why)] = report.refused
    assert path == str(file)
    assert "67" in why
    assert "68" in why
    assert "\n" not in why


def test_damaged_files_are_reported_and_skipped(project: Project, labelled_folder: Path) -> None:
    (labelled_folder / "words.jpg").write_text("this is no picture")
    whole = (labelled_folder / "face_0.png").read_bytes()
    (labelled_folder / "face_0.png").write_bytes(whole[: len(whole) // 2])
    report = import_folder(project, labelled_folder)
    assert report.images == 4
    assert {Path(path).name for path, _ in report.refused} == {"words.jpg", "face_0.png"}
    with project.reading() as session:
        assert len(listing.problems(session)) == 2


def test_an_empty_or_missing_folder_is_one_clear_error(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FacelabelError, match="no photos in this folder"):
        import_folder(project, tmp_path / "empty")
    with pytest.raises(FacelabelError, match="no such folder"):
        import_folder(project, tmp_path / "nowhere")


def test_moved_photos_are_found_by_content(project: Project, labelled_folder: Path, tmp_path: Path) -> None:
    import_folder(project, labelled_folder)
    moved = tmp_path / "elsewhere"
    labelled_folder.rename(moved)
    report = import_folder(project, moved)
    assert (report.images, report.relinked) == (0, 5)
    with project.reading() as session:
        for face in images.not_searched(session):
            assert project.path_of(face).parent == moved


def test_photos_are_copied_on_request(tmp_path: Path, labelled_folder: Path) -> None:
    with Project.create(tmp_path / "copied", scheme=schemes.load("300w-68"), copy_photos=True) as project:
        import_folder(project, labelled_folder)
        shutil.rmtree(labelled_folder)
        with project.reading() as session:
            paths = [project.path_of(image) for image in images.not_searched(session)]
        assert len(paths) == 5
        assert all(path.is_file() and project.photos_folder in path.parents for path in paths)


def test_a_cancelled_import_keeps_what_it_had_and_goes_on_later(project: Project, labelled_folder: Path) -> None:
    report = import_folder(project, labelled_folder, cancelled=lambda: True)
    assert report.cancelled
    assert report.images == 0
    assert import_folder(project, labelled_folder).images == 5


def test_a_boxes_file_gives_the_faces(project: Project, labelled_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "boxes.csv"
    file.write_text("image,left,top,width,height\nface_0.png,10,12,60,70\nface_0.png,90,12,50,60\n")
    report = import_folder(project, labelled_folder, boxes=file)
    assert (report.images, report.faces) == (5, 2)
    assert import_folder(project, labelled_folder, boxes=file).faces == 0
    file.write_text("image,left,top,width,height\nnobody.png,10,12,60,70\n")
    with pytest.raises(FormatError, match="line 2"):
        import_folder(project, labelled_folder, boxes=file)


def test_a_wflw_list_brings_faces_and_attributes(
    wflw_project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    folder = tmp_path / "WFLW"
    photo(folder / "WFLW_images" / "dir" / "a.png", 7)
    shapes = [shape_in("wflw-98", 5, 20, 60), shape_in("wflw-98", 85, 20, 60)]
    named = ("pose", "expression", "illumination", "make-up", "occlusion", "blur")
    rows = [wflw.WflwFace("dir/a.png", s, (0, 0, 9, 9), dict.fromkeys(named, i == 1)) for i, s in enumerate(shapes)]
    list_file = folder / "WFLW_annotations" / "list.txt"
    list_file.parent.mkdir()
    list_file.write_text(wflw.dumps(rows))
    report = import_folder(wflw_project, folder, labels="wflw")
    assert (report.images, report.faces, report.labels) == (1, 2, 2)
    with wflw_project.reading() as session:
        records = [record for _, record in labels.newest_of(session, None).values()]
    assert sorted(r.attributes["blur"] for r in records) == [False, True]


def test_a_wflw_list_with_a_missing_token_changes_nothing(
    wflw_project: Project, tmp_path: Path, photo: Callable[[Path, int], Path]
) -> None:
    folder = tmp_path / "WFLW"
    photo(folder / "a.png", 7)
    good = " ".join(["10.5"] * 196 + ["0"] * 10 + ["a.png"])
    (folder / "list.txt").write_text(f"{good}\n{good.replace('10.5 ', '', 1)}\n")
    with pytest.raises(FormatError, match="line 2"):
        import_folder(wflw_project, folder, labels="wflw")
    with wflw_project.reading() as session:
        assert images.count(session) == 0
