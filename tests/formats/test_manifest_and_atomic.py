"""The manifest of an export, whole writes, and the list of formats."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import pytest

from facelabel.errors import FacelabelError, FormatError
from facelabel.formats import FORMATS, manifest
from facelabel.formats.atomic import write_whole
from facelabel.formats.manifest import Exported, LeftOut, Manifest

FACE = Exported(
    face=3,
    file="a.pts",
    photo="a.jpg",
    original="photos/a.jpg",
    sha256="0" * 64,
    box=(1.5, 2, 30, 40),
    origin="human",
    occluded=(4, 5),
)


def a_manifest() -> Manifest:
    return Manifest(
        facelabel="0.1.0",
        made_at=datetime(2025, 1, 2, 3, 4, tzinfo=UTC),
        format="300w",
        scheme="300w-68",
        origin="one-based",
        model_versions=[1, 2],
        counts={"human": 1},
        faces=[FACE],
        left_out=[LeftOut(face=4, image="b.jpg", why="2 landmarks are absent")],
    )


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "manifest.json"
    write_whole(path, a_manifest().model_dump_json(indent=2))
    assert manifest.read(path) == a_manifest()


@pytest.mark.parametrize(
    "change", [("one-based", "two-based"), ('"scheme"', '"schema"'), ("{", ""), (':"human"', ':"dog"')]
)
def test_another_json_file_is_no_manifest(tmp_path, change):
    path = tmp_path / "manifest.json"
    path.write_text(a_manifest().model_dump_json().replace(*change, 1), encoding="utf-8")
    with pytest.raises(FormatError, match="no manifest"):
        manifest.read(path)


def test_a_file_is_replaced_whole_and_nothing_lies_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, "old\r\n")
    write_whole(path, "new é\n")
    assert path.read_bytes() == "new é\n".encode()
    write_whole(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    write_whole(path, "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FacelabelError, match=r"a\.txt: cannot be written: No space left"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FacelabelError, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.txt", "x")


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")
def test_others_may_read_a_file_as_they_may_any_other(tmp_path):
    ordinary, path = tmp_path / "ordinary", tmp_path / "whole"
    ordinary.write_text("x")
    write_whole(path, "x")
    assert path.stat().st_mode == ordinary.stat().st_mode


def test_the_formats_of_an_export_can_be_written():
    assert {id_ for id_, info in FORMATS.items() if info.writes} == {"300w", "wflw"}
    assert FORMATS["wflw"].landmarks == 98
    assert all(id_ == info.id for id_, info in FORMATS.items())
