"""``facelabel pretrain`` through the real entry point: FASE from photos to weights that a project trains from."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from facelabel.rendering import render_face
from tests.cli.test_weights import as_json, run

FEW = ("--model", "fase", "--steps", "3", "--batch", "2", "--rendered", "2", "--threads", "1")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos and their five points in a list."""
    folder = tmp_path / "photos"
    folder.mkdir()
    lines = ["image," + ",".join(f"{axis}{i}" for i in range(5) for axis in "xy")]
    for number in range(2):
        face = render_face(number, 160)
        cv2.imwrite(str(folder / f"{number}.png"), face.image[..., ::-1])
        s = face.shape68
        five = [s[36:42].mean(axis=0), s[42:48].mean(axis=0), s[30], s[48], s[54]]
        lines.append(f"{number}.png," + ",".join(f"{x:.2f},{y:.2f}" for x, y in five))
    (folder / "faces.csv").write_text("\n".join(lines) + "\n")
    return folder


def test_a_model_pretrains_from_photos_in_one_command(tmp_path: Path, photos: Path) -> None:
    out = tmp_path / "run"
    done = as_json("pretrain", out, photos, *FEW)
    assert done["weights"] == str(out / "landmarks" / "weights")
    shown = as_json("weights", "show", done["weights"])
    assert (shown["preset"], shown["objective"]) == ("fase-tiny", "landmarks")
    assert shown["heads"] == ["300w-68", "face-5", "wflw-98"]
    assert shown["bytes"] < 20e6
    assert shown["command"].startswith("facelabel pretrain run photos --model fase --steps 3")
    again = as_json("pretrain", out, photos, *FEW)
    assert again["weights"] == done["weights"]
    whole = json.loads((out / "run.json").read_text())["settings"]
    assert (whole["objective"], whole["preset"], whole["steps"]) == ("chain", "fase-tiny", 3)


def test_what_cannot_be_pretrained_is_one_line(tmp_path: Path, photos: Path) -> None:
    out = tmp_path / "run"

    def refused(*words: str) -> str:
        return run("pretrain", out, photos, *FEW, *words, code=2).stderr.strip().splitlines()[-1]

    assert "name its run with --start FOLDER" in refused("--objective", "encoder")
    assert "'autoencoder' is no objective for the preset 'fase-tiny'" in refused("--objective", "autoencoder")
    assert "no pretrained weights here" in refused("--objective", "encoder", "--start", str(photos))


def test_a_pretraining_of_weeks_is_refused_on_a_processor(tmp_path: Path) -> None:
    """Unless it may, or goes on in pieces: then it is looked at no further, and here has nothing to learn from."""
    many = ["--preset", "fase-small", "--objective", "generator", "--steps", "1000000"]

    def refused(*words: str) -> str:
        return run("pretrain", tmp_path / "run", *many, "--device", "cpu", "--threads", "1", *words, code=2).stderr

    assert "pretraining 'fase-small' needs a GPU with about 1.9 GB" in refused()
    assert "days" in refused()
    assert "or say --allow-slow" in refused()
    assert "there is nothing to learn from" in refused("--allow-slow")
    assert "there is nothing to learn from" in refused("--minutes", "1")
