"""``facelabel work``: what labelling took, as a table, a document or lines, and gone when it is to be forgotten."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from facelabel.cli import main
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.schemes import load
from facelabel.store import faces, images, work
from facelabel.store.project import Project
from facelabel.store.work import GroupWork


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "p", scheme=load("face-5")) as project, project.writing() as s:
        info = ImageInfo(width=64, height=48, sha256="0" * 64, bytes=1, mtime_ns=1, kind="png")
        image = images.add(s, info, tmp_path / "one.png", project)
        for author, seconds in (("anna", 12.5), ("ben", 40.0)):
            face = faces.add(s, image.id, Box(1, 2, 30, 40), source="human")
            eyes = GroupWork("eye", seconds, 1, 2, 3, 4, 5.5, 0.25)
            work.add(s, face.id, [eyes, GroupWork(work.WHOLE, seconds=2.5)], author=author, outcome="labelled")
    return tmp_path / "p"


def facelabel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    monkeypatch.setattr("sys.argv", ["facelabel", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code, capsys.readouterr().err
    return capsys.readouterr().out


def test_people_and_groups_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = facelabel(monkeypatch, capsys, "work", folder)
    anna = next(line for line in said.splitlines() if line.startswith("anna"))
    assert anna.split() == ["anna", "1", "1", "1", "15", "s", "15.0", "s", "4.0"]
    assert "2 faces labelled, 0 rejected, 0 skipped, 28.8 s a face" in said
    assert next(line for line in said.splitlines() if line.startswith("eye")).split()[1:3] == ["91", "%"]
    assert "whole face" in said


def test_the_document_and_the_lines_hold_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(facelabel(monkeypatch, capsys, "work", folder, "--author", "ben", "--json"))
    lines = list(
        csv.DictReader(io.StringIO(facelabel(monkeypatch, capsys, "work", folder, "--author", "ben", "--csv")))
    )
    assert (document["sitting"]["faces"], document["sitting"]["seconds"]) == (1, 42.5)
    assert document["everybody"]["faces"] == 2
    assert [(line["annotator"], line["group"], float(line["seconds"])) for line in lines] == [
        ("ben", "eye", 40.0),
        ("ben", "", 2.5),
    ]
    assert (lines[0]["moved_share"], lines[1]["moved_share"]) == ("0.25", "")


def test_it_can_be_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    facelabel(monkeypatch, capsys, "work", folder, "--forget", "--author", "anna")
    document = json.loads(facelabel(monkeypatch, capsys, "work", folder, "--json"))
    assert [one["author"] for one in document["annotators"]] == ["ben"]
    facelabel(monkeypatch, capsys, "work", folder, "--forget")
    assert "Nothing is measured yet" in facelabel(monkeypatch, capsys, "work", folder)


def test_what_does_not_go_together_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["facelabel", "work", str(folder), "--json", "--forget"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
