"""Folders and photos as people really have them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.bad_input.conftest import Command, boxes_for, face
from tests.bad_input.watching import contents


def test_a_folder_without_photos(place: Path, facelabel: Command) -> None:
    (place / "empty").mkdir()
    (place / "texts").mkdir()
    (place / "texts" / "notes.txt").write_text("no photo")
    before = contents(place)
    for folder in ("empty", "texts"):
        facelabel("import", place / "p", place / folder).refused(folder, "no photos in this folder")
        facelabel("import", place / "p", place / folder, "--detect").refused(folder, "no photos in this folder")
    assert contents(place) == before


def test_folders_given_as_files_and_files_as_folders(place: Path, facelabel: Command) -> None:
    (place / "file").write_text("a file")
    before = contents(place)
    facelabel("import", place / "p", place / "file").refused("file", "is a file", "folder of photos")
    facelabel("import", place / "p", place / "nowhere").refused("no such folder")
    facelabel("import", place / "file", place / "photos").refused("is a file, not a project folder")
    facelabel("import", place / "photos", place / "photos").refused("no facelabel project")
    facelabel("import", place / "p", place / "photos", "--boxes", place / "photos").refused("cannot be read")
    facelabel("new", place / "file").refused("is a file, not a folder")
    facelabel("new", place / "file" / "p").refused("cannot be made")
    facelabel("new", place / "photos").refused("the folder is not empty")
    facelabel("new", place / "p").refused("there is a project in this folder already")
    facelabel("new", place / "q", "--scheme", place / "photos").refused("there is no scheme")
    facelabel("status", place / "file").refused("is a file, not a project folder")
    facelabel("evaluate", place / "p", "--against", place / "file").refused()
    facelabel("export", place / "p", place / "file").refused("is a file", "name a folder")
    facelabel("export", place / "p", place / "file" / "out").refused("cannot be written")
    assert contents(place) == before


def test_photos_that_are_none_are_named_and_the_others_come_in(place: Path, facelabel: Command) -> None:
    folder = place / "mixed"
    good = face(20, folder, labelled=False)
    (folder / "text.jpg").write_text("this is no picture")
    (folder / "nothing.png").touch()
    cut = face(21, folder, labelled=False)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    photos = contents(folder)
    told = facelabel("import", place / "p", folder, "--json")
    assert told.code == 0
    assert told.document["images"] == 1
    lines = told.err.strip().splitlines()
    assert len(lines) == len(told.document["refused"]) == 3
    for name, why in (("text.jpg", "not a picture"), ("nothing.png", "is empty"), (cut.name, "cut short")):
        assert sum(name in line and why in line and "(" in line for line in lines) == 1
    assert contents(folder) == photos
    good.unlink()
    only_bad = facelabel("import", place / "p", folder)
    assert only_bad.code == 2
    assert len(only_bad.err.strip().splitlines()) == 3


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_photo_of_sixty_megapixels_is_a_photo(place: Path, facelabel: Command, suffix: str) -> None:
    folder = place / "large"
    folder.mkdir()
    row = np.linspace(0, 255, 10_000, dtype=np.uint8)
    pixels = np.broadcast_to(row[None, :, None], (6_000, 10_000, 3))
    photo = folder / f"large{suffix}"
    Image.fromarray(pixels).save(photo, **({"compress_level": 1} if suffix == ".png" else {"quality": 50}))
    told = facelabel("import", place / "p", folder, "--boxes", boxes_for([photo], place / "b.csv", 4_000), "--json")
    assert (told.code, told.document["images"], told.document["faces"]) == (0, 1, 1)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(place: Path, facelabel: Command) -> None:
    folder = place / "bomb"
    folder.mkdir()
    size = (30_000).to_bytes(4, "big")
    path = face(22, folder, labelled=False)
    png = bytearray(path.read_bytes())
    png[16:24] = size + size
    path.write_bytes(bytes(png))
    told = facelabel("import", place / "p", folder)
    assert told.code == 2
    assert path.name in told.err


NAMES = ("with blanks", "grüße-ñ-照片", "quo\"te's", "-rf", "--json", "a;b&c$(d)", "100%", "new\nline", "a" * 120)


def test_names_that_need_care(tmp_path: Path, facelabel: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    photos = tmp_path / "größe ö"
    for number, name in enumerate(NAMES):
        for made in (face(number, photos), photos / f"{number}.pts"):
            made.rename(photos / f"{name}{made.suffix}")
    project = "pro jekt 'ä'"
    assert facelabel("new", project).code == 0
    told = facelabel("import", project, photos, "--labels", "pts", "--json")
    assert (told.code, told.document["labels"]) == (0, len(NAMES)), told
    assert facelabel("export", project, "out put/ü", "--photos").code == 0
    written = {path.name for path in (tmp_path / "out put" / "ü").glob("*.pts")}
    assert written == {f"{name}.pts" for name in NAMES}
    for name in NAMES:
        assert (tmp_path / "out put" / "ü" / f"{name}.pts").read_bytes() == (photos / f"{name}.pts").read_bytes()
        assert (tmp_path / "out put" / "ü" / f"{name}.png").read_bytes() == (photos / f"{name}.png").read_bytes()


def test_a_leading_dash_is_a_name_after_two_dashes(
    tmp_path: Path, facelabel: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    face(0, tmp_path / "-photos")
    facelabel("new", "-p").refused("No such option")
    assert facelabel("new", "--", "-p").code == 0
    assert facelabel("import", "--labels", "pts", "--", "-p", "-photos").code == 0
    assert facelabel("export", "--", "-p", "-out").code == 0
    assert (tmp_path / "-out" / "0.pts").is_file()
    facelabel("status", "--", "--json").refused("--json", "there is no project here")


def test_links_to_photos_folders_and_nowhere(place: Path, facelabel: Command) -> None:
    folder = place / "links"
    folder.mkdir()
    face(30, place / "elsewhere")
    (folder / "photo.png").symlink_to(place / "elsewhere" / "30.png")
    (folder / "photo.pts").symlink_to(place / "elsewhere" / "30.pts")
    (folder / "gone.png").symlink_to(place / "nowhere.png")
    (folder / "loop").symlink_to(folder)
    (folder / "again").symlink_to(place / "elsewhere")
    (folder / "itself.png").symlink_to("itself.png")
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert (told.code, told.document["images"], told.document["labels"]) == (0, 1, 1), told
    (place / "by-link").symlink_to(place / "p")
    assert facelabel("status", place / "by-link", "--json").document["photos"] == 8


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_what_is_no_file_does_not_hang(place: Path, facelabel: Command) -> None:
    folder = place / "pipes"
    face(31, folder, labelled=False)
    os.mkfifo(folder / "pipe.jpg")
    os.mkfifo(folder / "31.pts")
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert (told.code, told.document["images"], told.document["labels"]) == (0, 1, 0), told


def test_suffixes_in_upper_case(place: Path, facelabel: Command) -> None:
    folder = place / "stems"
    face(32, folder).rename(folder / "32.PNG")
    (folder / "32.pts").rename(folder / "32.PTS")
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert (told.code, told.document["images"], told.document["labels"]) == (0, 1, 1), told
