"""Photos that were lost, damaged or refused, and how they come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image as Pillow

from facelabel import schemes
from facelabel.exchange import mending
from facelabel.exchange.importing import import_folder
from facelabel.exchange.mending import Mended
from facelabel.rendering.face import render_face
from facelabel.store import listing
from facelabel.store.project import Project
from facelabel.store.tables import Image


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for n in range(3):
        Pillow.fromarray(render_face(n, 64).image).save(folder / f"{n}.png")
    (folder / "bad.png").write_bytes(b"no picture")
    return folder


@pytest.fixture
def project(tmp_path: Path, album: Path) -> Project:
    made = Project.create(tmp_path / "project", scheme=schemes.load("face-5"))
    import_folder(made, album)
    return made


def problems(project: Project) -> list[str]:
    with project.reading() as s:
        return [Path(one.path).name for one in listing.problems(s)]


def test_photos_that_are_gone_are_found_by_their_content(project: Project, album: Path, tmp_path: Path) -> None:
    with project:
        (album / "1.png").rename(tmp_path / "renamed.png")
        assert mending.check_files(project) == Mended(3, 0, 1)
        assert problems(project) == ["1.png", "bad.png"]
        assert mending.relink(project, tmp_path) == Mended(1, 1, 0)
        assert problems(project) == ["bad.png"]
        with project.reading() as s:
            assert all(project.path_of(image).is_file() for image in s.query(Image))


def test_photos_that_are_back_are_no_problem_any_more(project: Project, album: Path, tmp_path: Path) -> None:
    with project:
        (album / "1.png").rename(tmp_path / "away.png")
        mending.check_files(project)
        (tmp_path / "away.png").rename(album / "1.png")
        assert mending.check_files(project) == Mended(3, 1, 0)
        assert problems(project) == ["bad.png"]


def test_trying_again_reads_what_can_be_read_and_keeps_why_the_rest_cannot(project: Project, album: Path) -> None:
    with project:
        whole = (album / "2.png").read_bytes()
        (album / "2.png").write_bytes(whole[:200])
        with project.reading() as s:
            image = s.query(Image).where(Image.path.like("%2.png")).one()
        refused = [str(album / "bad.png")]
        assert mending.retry(project, [image.id], refused) == Mended(2, 0, 2)
        assert problems(project) == ["2.png", "bad.png"]
        (album / "2.png").write_bytes(whole)
        Pillow.fromarray(render_face(9, 64).image).save(album / "bad.png")
        assert mending.retry(project, [image.id], refused) == Mended(2, 2, 0)
        assert problems(project) == []
        with project.reading() as s:
            assert s.query(Image).count() == 4


def test_refusals_can_be_forgotten(project: Project, album: Path) -> None:
    with project:
        mending.forget_refusals(project, [str(album / "bad.png")])
        assert problems(project) == []
