"""The names that scripts rely on, through the real entry point in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from facelabel import pretrained, schemes
from facelabel.formats import pts
from facelabel.rendering import write_dataset


def run(*words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "facelabel", *map(str, words)], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def as_json(*words: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*words, "--json").stdout)
    return document


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Dots at the landmarks on noise, so that a network has something to find."""
    folder = tmp_path / "photos"
    folder.mkdir()
    template = schemes.load("300w-68").template_shape
    for number in range(6):
        rng = np.random.default_rng(number)
        pixels = rng.integers(60, 90, (128, 128, 3), dtype=np.uint8)
        shape = template * 64 + 32 + rng.uniform(-6, 6, 2)
        for x, y in shape.round().astype(int):
            pixels[y - 1 : y + 2, x - 1 : x + 2] = 255
        Image.fromarray(pixels).save(folder / f"{number}.png")
        (folder / f"{number}.pts").write_text(pts.dumps(shape))
    return folder


def test_help_and_version_start_without_torch_or_qt() -> None:
    code = (
        "import sys\nfrom facelabel.cli.app import app\n"
        "try:\n    app(['--help'], standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        "loaded = {'torch', 'PySide6', 'sqlalchemy', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("new", "import", "train", "next", "export", "evaluate", "doctor"))


def test_the_whole_loop_by_the_names_that_scripts_rely_on(tmp_path: Path, labelled: Path) -> None:
    project = tmp_path / "p"
    assert as_json("new", project, "--scheme", "300w-68", "--preset", "scaf-tiny")["landmarks"] == 68
    report = as_json("import", project, labelled, "--labels", "pts")
    assert (report["images"], report["labels"], report["refused"]) == (6, 6, [])
    for number in range(6):  # the same pictures without their labels, a little brighter: the pool
        pixels = np.asarray(Image.open(labelled / f"{number}.png")) + 5
        (tmp_path / "pool").mkdir(exist_ok=True)
        Image.fromarray(pixels).save(tmp_path / "pool" / f"pool_{number}.png")
    boxes = "".join(f"pool_{n}.png,32,32,64,64\n" for n in range(6))
    (tmp_path / "boxes.csv").write_text("image,left,top,width,height\n" + boxes)
    assert as_json("import", project, tmp_path / "pool", "--boxes", tmp_path / "boxes.csv")["faces"] == 6

    run("campaign", project, "steps=6", "batch=2")
    trained = as_json("train", project)
    assert (trained["version"], trained["labels"]) == (1, 6)
    assert as_json("score", project)["faces"] >= 6
    batch = as_json("next", project)["faces"]
    assert len(batch) == 2
    assert all(Path(item["image"]).is_file() for item in batch)
    assert as_json("next", project)["faces"] == batch

    found = as_json("evaluate", project, "--against", labelled, "--norm", "inter-ocular")
    assert found["faces"] == 6
    assert found["nme"] > 0
    assert as_json("status", project)["version"] == 1
    out = as_json("export", project, tmp_path / "out", "--format", "300w")
    assert out["faces"] == 6
    for file in labelled.glob("*.pts"):
        assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("preset", ["scaf-tiny", "fase-tiny"])
def test_weights_that_know_the_scheme_predict_before_any_label(tmp_path: Path, preset: str) -> None:
    project, photos = tmp_path / "p", tmp_path / "photos"
    faces = write_dataset(photos, 4, 70, 128)
    tight = [np.concatenate([face.shape68.min(axis=0), np.ptp(face.shape68, axis=0)]) for face in faces]
    lines = [f"face-{n:05d}.png," + ",".join(f"{value:.1f}" for value in box) for n, box in enumerate(tight)]
    (tmp_path / "boxes.csv").write_text("\n".join(["image,left,top,width,height", *lines]))
    run("new", project, "--scheme", "300w-68", "--preset", preset)
    run("import", project, photos, "--boxes", tmp_path / "boxes.csv")
    assert as_json("score", project)["faces"] == 4
    assert as_json("status", project)["version"] == 1
    found = as_json("evaluate", project, "--against", photos)
    assert found["nme"] < 12, "far better than the mean shape, without a label"
    run("import", project, photos, "--labels", "pts")
    run("campaign", project, "steps=2")
    assert as_json("train", project)["version"] == 2
    card = json.loads((project / "models" / "v0002" / "model.json").read_text())
    assert (card["started_from"], card["pretrained"] is not None) == (None, True)


def test_lists_for_scripts() -> None:
    models = {model["id"]: model for model in as_json("models")["models"]}
    assert {"scaf-tiny", "scaf"} <= set(models)
    for name, model in models.items():
        ships = pretrained.shipped(name) is not None
        assert (model["weights"] is not None) == ships
        assert ships or model["starts_from"] == "no weights of ours: trains from scratch"
    doctor = {finding["what"]: finding for finding in as_json("doctor")["findings"]}
    assert all(doctor[f"Model {name} starts from"]["found"] == models[name]["starts_from"] for name in models)
    listed = as_json("formats")
    assert {"300w", "wflw"} <= {item["id"] for item in listed["formats"] if item["writes"]}
    assert {s["id"]: s["landmarks"] for s in listed["schemes"]} == {
        "300w-68": 68,
        "aflw-19": 19,
        "cofw-29": 29,
        "face-5": 5,
        "wflw-98": 98,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["status", "nowhere"], "there is no project here"),
        (["new", "p", "--scheme", "300w-69"], "there is no scheme '300w-69'"),
        (["new", "p", "--preset", "scaf-huge"], "scaf-huge"),
        (["import", "nowhere", "."], "there is no project here"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words, code=2)
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert not (tmp_path / "p").exists()


def test_training_without_labels_says_what_to_do(tmp_path: Path) -> None:
    run("new", tmp_path / "p")
    done = run("train", tmp_path / "p", code=2)
    assert "label" in done.stderr


def test_a_detector_that_somebody_brings(tmp_path: Path, labelled: Path) -> None:
    """What is wrong with it is said in one line; photos that came in before stay in."""
    project, broken = tmp_path / "p", tmp_path / "yunet.onnx"
    run("new", project, "--scheme", "300w-68")
    absent = run("import", project, labelled, "--detector", broken, code=2).stderr
    assert "there is no such detector file" in absent
    broken.write_bytes(b"no network")
    assert (
        "YuNet takes no smallest face"
        in run("import", project, labelled, "--detector", broken, "--min-face", "20", code=2).stderr
    )
    said = run("import", project, labelled, "--detector", broken, code=2).stderr
    assert f"{broken}: OpenCV cannot load this detector" in said
    assert as_json("import", project, labelled)["known"] == 6


@pytest.mark.real_faces
def test_faces_are_found_by_a_detector_that_somebody_brings(tmp_path: Path, faces_folder: Path) -> None:
    originals = faces_folder / "originals"
    photos = tmp_path / "photos"
    photos.mkdir()
    for photo in sorted((originals / "lfpw_300w").glob("*.png"))[:2]:
        (photos / photo.name).symlink_to(photo)
    run("new", tmp_path / "p", "--scheme", "300w-68")
    yunet = originals / "weights" / "yunet" / "yunet_n_640_640.onnx"
    assert as_json("import", tmp_path / "p", photos, "--detector", yunet)["detected"] >= 2
