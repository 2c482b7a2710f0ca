"""Making, opening, moving and refusing projects."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from facelabel import schemes
from facelabel.errors import ImageError, ProjectLockedError, StoreError
from facelabel.schemes import Scheme
from facelabel.store import faces, images, listing
from facelabel.store.project import Project
from tests.store.samples import add_faces, info_of


def everything(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


def test_a_new_project_opens_again_with_what_it_was_given(tmp_path: Path, scheme: Scheme) -> None:
    with Project.create(tmp_path / "deep" / "p", scheme=scheme, copy_photos=True) as made:
        assert (made.scheme, made.copy_photos, made.read_only, made.notices) == (scheme, True, False, [])
        assert made.photos_folder.is_dir()
        assert made.models_folder.is_dir()
        assert made.jobs_folder.is_dir()
        assert made.thumbnails_folder.is_dir()
    with Project.open(tmp_path / "deep" / "p") as again:
        assert (again.scheme, again.copy_photos, again.name) == (scheme, True, "p")


@pytest.mark.parametrize("which", ["five", "with absent parts", *schemes.shipped()])
def test_the_copy_of_the_scheme_says_the_same(tmp_path: Path, scheme: Scheme, which: str) -> None:
    if which == "with absent parts":
        scheme = scheme.model_copy(update={"edges": (), "attributes": (), "normalising": schemes.Normalising()})
    elif which != "five":
        scheme = schemes.shipped()[which]
    with Project.create(tmp_path / "p", scheme=scheme) as project:
        assert schemes.load(project.folder / "scheme.toml") == scheme
        assert project.scheme == scheme


def test_an_empty_folder_becomes_a_project(tmp_path: Path, scheme: Scheme) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / ".DS_Store").write_bytes(b"x")
    Project.create(tmp_path / "p", scheme=scheme).close()
    Project.open(tmp_path / "p").close()


@pytest.mark.parametrize("what", ["file", "full", "project", "below a file"])
def test_create_refuses_and_leaves_everything_as_it_was(tmp_path: Path, scheme: Scheme, what: str) -> None:
    target = tmp_path / "p"
    if what == "file":
        target.write_text("x")
    elif what == "full":
        target.mkdir()
        (target / "notes.txt").write_text("mine")
    elif what == "project":
        Project.create(target, scheme=scheme).close()
    else:
        target.write_text("x")
        target = target / "inner"
    before = everything(tmp_path)
    with pytest.raises(StoreError) as refused:
        Project.create(target, scheme=scheme)
    assert refused.value.cure
    assert "\n" not in str(refused.value)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("existed", [False, True])
def test_a_creation_that_fails_half_way_leaves_nothing(
    tmp_path: Path, scheme: Scheme, monkeypatch: pytest.MonkeyPatch, existed: bool
) -> None:
    if existed:
        (tmp_path / "a" / "p").mkdir(parents=True)
    before = everything(tmp_path)
    monkeypatch.setattr("facelabel.store.schema.run", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Project.create(tmp_path / "a" / "p", scheme=scheme)
    assert everything(tmp_path) == before


def test_open_refuses_what_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, words in (("file", "is a file"), ("nowhere", "no such folder"), ("empty", "no facelabel project")):
        for read_only in (False, True):
            with pytest.raises(StoreError, match=words) as refused:
                Project.open(tmp_path / name, read_only=read_only)
            assert refused.value.cure
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4080, "other"]
)
def test_a_database_that_is_none_of_ours_is_refused_untouched(
    tmp_path: Path, content: bytes | str, read_only: bool
) -> None:
    path = tmp_path / "project.sqlite"
    if isinstance(content, str):
        with closing(sqlite3.connect(path)) as other:
            other.execute("create table t (x)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"damaged|not the database of a facelabel project"):
        Project.open(tmp_path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_damage_inside_is_told_when_it_is_met(project: Project, read_only: bool) -> None:
    add_faces(project, 300)
    project.close()
    path = project.folder / "project.sqlite"
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as plain:
        (root,) = plain.execute("select rootpage from sqlite_master where name = 'face'").fetchone()
        (page,) = plain.execute("pragma page_size").fetchone()
    content[(root - 1) * page : root * page] = b"\xa5" * page
    path.write_bytes(content)
    with (
        Project.open(project.folder, read_only=read_only) as again,
        pytest.raises(StoreError, match="damaged"),
        again.reading() as s,
    ):
        faces.get(s, 1)


def test_one_writer_at_a_time_even_in_one_process(project: Project) -> None:
    with pytest.raises(ProjectLockedError, match="process"):
        Project.open(project.folder)
    with Project.open(project.folder, read_only=True) as reader:
        assert reader.read_only
    project.close()
    project.close()
    Project.open(project.folder).close()
    assert not (project.folder / "project.lock").exists()


def test_a_reader_sees_commits_and_writes_nothing(project: Project) -> None:
    with Project.open(project.folder, read_only=True) as reader:
        with reader.reading() as s:
            assert faces.counts(s)["open"] == 0
        add_faces(project, 3)
        with reader.reading() as s:
            assert faces.counts(s)["open"] == 3
        with pytest.raises(StoreError, match="for reading only"), reader.writing():
            pass


def test_a_moved_project_finds_its_photos(tmp_path: Path, scheme: Scheme) -> None:
    home, away, far = tmp_path / "home", tmp_path / "away" / "deeper", tmp_path / "elsewhere.jpg"
    photos = [home / "p" / "photos" / "in.jpg", home / "photos of me" / "beside.jpg", far]
    with Project.create(home / "p", scheme=scheme) as project:
        for photo in photos:
            photo.parent.mkdir(exist_ok=True)
            photo.write_bytes(b"x")
        with project.writing() as s:
            ids = [images.add(s, info_of(n), photo, project).id for n, photo in enumerate(photos)]
            assert [images.get(s, i).relative for i in ids] == [True, True, False]
    shutil.copytree(home, away)
    shutil.rmtree(home)
    with Project.open(away / "p") as moved, moved.reading() as s:
        found = [moved.photo_of(images.get(s, i)) for i in ids]
    assert found == [away / "p" / "photos" / "in.jpg", away / "photos of me" / "beside.jpg", far]


def test_a_photo_that_went_away_is_named_with_the_cure_and_relinked(project: Project, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jpg", tmp_path / "p" / "new.jpg"
    new.write_bytes(b"x")
    with project.writing() as s:
        image = images.add(s, info_of(1), old, project)
        images.refuse(s, new, "unreadable then")
    with pytest.raises(ImageError, match="import the folder") as gone:
        project.photo_of(image)
    assert str(old) in str(gone.value)
    with project.writing() as s:
        assert project.photo_of(images.relink(s, image, new, project)) == new
    with project.reading() as s:
        assert project.path_of(images.get(s, image.id)) == new
        assert listing.problems(s) == []


def test_a_path_with_parts_that_go_up_is_stored_plain(project: Project) -> None:
    assert project.place(project.folder / "photos" / ".." / ".." / "x.jpg") == ("../x.jpg", True)


def test_blanks_and_signs_in_the_folder_name(tmp_path: Path, scheme: Scheme) -> None:
    folder = tmp_path / "my faces? 100% #1 ö" / "p & q"
    with Project.create(folder, scheme=scheme) as project:
        add_faces(project, 1)
    with Project.open(folder, read_only=True) as again, again.reading() as s:
        assert faces.open_ids(s) == [1]
