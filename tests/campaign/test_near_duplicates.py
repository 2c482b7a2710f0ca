"""Bursts: found at import, kept out of one batch, told in the reasons."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from facelabel import schemes
from facelabel.exchange import near_duplicates
from facelabel.exchange.importing import import_folder
from facelabel.geometry import Box
from facelabel.images.similar import difference_hash
from facelabel.rendering.face import render_face
from facelabel.store import bursts, faces, images
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, ImageFailure
from tests.campaign.bench import Bench, fake_result


def in_bursts_of(bench: Bench, size: int) -> None:
    """Images in the order of their ids, so many a burst."""
    with bench.project.writing() as s:
        for place, image in enumerate(s.query(Image).order_by(Image.id)):
            image.difference_hash = place // size
            image.burst = place // size * size + 1


def trained(bench: Bench, count: int, burst: int) -> None:
    """A model has scored all faces: the higher the id, the higher the score."""
    bench.add_faces(count)
    in_bursts_of(bench, burst)
    bench.change(first_batch=2, batch=6, holdout=0.0, discard=0.0, function="nnm", budget=count, score_at_most=count)
    bench.campaign.draw()
    bench.label_batch()
    job, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    bench.campaign.ingest(job)


def burst_of(bench: Bench, face_id: int) -> int | None:
    with bench.project.reading() as s:
        return images.get(s, faces.get(s, face_id).image_id).burst


def test_a_batch_has_one_face_of_a_burst(bench: Bench) -> None:
    trained(bench, 60, burst=5)
    batch = bench.campaign.queue()
    assert len(batch) == 6
    assert len({burst_of(bench, item.face_id) for item in batch}) == 6
    assert [item.face_id for item in batch] == sorted((item.face_id for item in batch), reverse=True)
    assert "one of 5 near-duplicate images" in batch[0].why


def test_the_setting_turns_it_off(bench: Bench) -> None:
    bench.change(near_duplicates="together")
    trained(bench, 60, burst=5)
    batch = bench.campaign.queue()
    assert len({burst_of(bench, item.face_id) for item in batch}) == 2
    assert "near-duplicate" not in batch[0].why


def test_other_people_of_the_same_images_may_come_together(bench: Bench) -> None:
    bench.add_faces(30)
    in_bursts_of(bench, 30)
    with bench.project.writing() as s:
        for place, face in enumerate(s.query(Face).order_by(Face.id)):
            faces.set_box(s, face.id, Box(10 + 100 * (place % 3), 10, 80, 80))
    bench.change(first_batch=3, holdout=0.0)
    bench.campaign.draw()
    batch = bench.campaign.queue()
    with bench.project.reading() as s:
        assert {faces.get(s, item.face_id).left for item in batch} == {10.0, 110.0, 210.0}


def test_where_nothing_else_is_left_they_come_all_the_same(bench: Bench) -> None:
    bench.add_faces(8)
    in_bursts_of(bench, 8)
    bench.change(first_batch=5, holdout=0.0)
    bench.campaign.draw()
    assert len(bench.campaign.queue()) == 5
    assert "near-duplicates" in (bench.campaign.status().notice or "")


def test_large_bursts_at_the_top_of_a_ranking_do_not_hide_the_rest(bench: Bench) -> None:
    trained(bench, 200, burst=60)
    assert len({burst_of(bench, item.face_id) for item in bench.campaign.queue()}) == 4


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Two films of four frames and two photos that stand alone."""
    folder = tmp_path / "album"
    folder.mkdir()
    for film in range(2):
        picture = render_face(film).image
        for frame in range(4):
            moved = np.roll(picture, frame, axis=1)
            Pillow.fromarray(moved).save(folder / f"film{film}_{frame:03d}.png")
    for alone in range(2):
        Pillow.fromarray(render_face(10 + alone).image).save(folder / f"alone{'ab'[alone]}.png")
    return folder


@pytest.fixture
def imported(tmp_path: Path, album: Path) -> Project:
    project = Project.create(tmp_path / "project", scheme=schemes.load("face-5"))
    import_folder(project, album)
    return project


def groups(project: Project) -> list[set[str]]:
    found: dict[int, set[str]] = {}
    with project.reading() as s:
        for image in s.query(Image).where(Image.burst.is_not(None)):
            assert image.burst is not None
            found.setdefault(image.burst, set()).add(Path(image.path).stem)
    return sorted(found.values(), key=sorted)


FILMS = [{f"film{film}_{frame:03d}" for frame in range(4)} for film in range(2)]


def test_an_import_finds_the_bursts(imported: Project) -> None:
    with imported:
        assert groups(imported) == FILMS


def test_a_project_from_before_is_looked_at_once(imported: Project, album: Path) -> None:
    with imported as project:
        with project.writing() as s:
            for image in s.query(Image):
                image.difference_hash = image.burst = None
        (album / "film0_000.png").unlink()
        assert near_duplicates.look(project) == 7
        assert groups(project) == [FILMS[0] - {"film0_000"}, FILMS[1]]
        with project.reading() as s:
            (failure,) = s.query(ImageFailure)
            assert "no such file" in failure.reason
            assert bursts.not_looked_at(s) == []


def test_a_photo_that_is_there_again_is_no_failure(imported: Project, album: Path) -> None:
    with imported as project:
        with project.writing() as s:
            images.fail(s, 1, "gone")
        import_folder(project, album)
        with project.reading() as s:
            assert s.query(ImageFailure).all() == []


def test_what_a_job_could_not_read_is_kept(bench: Bench) -> None:
    bench.add_faces(4)
    bench.change(first_batch=2, holdout=0.0, budget=4)
    bench.campaign.draw()
    bench.label_batch()
    job, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec, failures=[{"face": 1, "image": spec.pool[0].image, "why": "cut short"}])
    bench.campaign.ingest(job)
    with bench.project.reading() as s:
        (failure,) = s.query(ImageFailure)
        assert failure.reason == "cut short"


def test_the_hash_of_an_import_is_that_of_the_photo(imported: Project, album: Path) -> None:
    with imported as project, project.reading() as s:
        picture = cv2.cvtColor(cv2.imread(str(album / "alonea.png")), cv2.COLOR_BGR2RGB)
        (image,) = s.query(Image).where(Image.path.like("%alonea%"))
        assert image.difference_hash is not None
        near = difference_hash(np.asarray(picture, dtype=np.uint8))
        assert abs(bin((image.difference_hash ^ near) & 0xFFFFFFFFFFFFFFFF).count("1")) <= 2
