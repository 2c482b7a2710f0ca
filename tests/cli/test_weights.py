"""Weights from elsewhere, from the file to a model version of a project, through the real entry point."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from facelabel import schemes
from facelabel.formats import pts
from tests.learning.fabrec import published, random_state
from tests.learning.styleganfiles import feature_style, filled, generator


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
def snapshot(tmp_path: Path) -> Path:
    (tmp_path / "aae").mkdir()
    torch.save(published(random_state()), tmp_path / "aae" / "saae.mdl")
    return tmp_path / "aae"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    shape = schemes.load("300w-68").template_shape * 64 + 32
    for number in range(2):
        pixels = np.random.default_rng(number).integers(0, 255, (128, 128, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "photos" / f"{number}.png")
        (tmp_path / "photos" / f"{number}.pts").write_text(pts.dumps(shape))
    run("new", tmp_path / "p", "--scheme", "300w-68")
    run("import", tmp_path / "p", tmp_path / "photos", "--labels", "pts")
    run("campaign", tmp_path / "p", "steps=1")
    return tmp_path / "p"


def model_card(project: Path, version: int) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((project / "models" / f"v{version:04d}" / "model.json").read_text())
    return card


def test_a_public_snapshot_becomes_what_a_project_starts_from(tmp_path: Path, snapshot: Path, project: Path) -> None:
    out = tmp_path / "3fabrec"
    made = as_json("weights", "import", snapshot, out)
    assert (made["preset"], made["objective"], made["heads"]) == ("scaf", "3fabrec", [])
    assert str(tmp_path) not in made["command"]
    shown = as_json("weights", "show", out)
    assert shown["data_hash"] == made["data_hash"]
    assert 80e6 < shown["bytes"] < 100e6

    assert "no pretrained weights here" in run("campaign", project, f"pretrained={tmp_path}", code=2).stderr
    refused = run("train", project, "--pretrained", out, code=2).stderr
    assert "do not fit the network" in refused
    run("campaign", project, "preset=scaf", f"pretrained={out}")
    started = run("train", project)
    assert f"starts from weights scaf {made['data_hash'][:8]}, the auto-encoder of 3FabRec" in started.stderr
    card = model_card(project, 1)
    assert card["pretrained"] == made["data_hash"]
    assert card["fresh"] == ["B", "LMH.t", "LMH.lin"]


def test_a_public_generator_and_encoder_become_weights_for_fase(tmp_path: Path) -> None:
    size = generator(128, 64, lambda side: min(64, 2048 // side))
    torch.save({"g_ema": filled(size, 1), "latent_avg": torch.zeros(64)}, tmp_path / "g.pt")
    torch.save(filled(feature_style((8, 16, 32, 64), (1, 1, 1, 1), 64, 12), 2), tmp_path / "e.pth")
    command = ("weights", "import", tmp_path / "g.pt", tmp_path / "out", "--encoder", tmp_path / "e.pth")
    made = as_json(*command, "--preset", "fase-tiny")
    assert (made["preset"], made["objective"], made["heads"]) == ("fase-tiny", "stylegan2", [])
    assert str(tmp_path) not in made["command"]
    assert "evaluation only" in made["data"][1]
    refused = run("weights", "import", tmp_path / "g.pt", tmp_path / "other", "--encoder", tmp_path / "e.pth", code=2)
    assert "a file of an encoder is for FASE" in refused.stderr
    to_fase = ("--preset", "fase-tiny", "--scheme", "wflw-98")
    refused = run("weights", "import", tmp_path / "g.pt", tmp_path / "other", *to_fase, code=2)
    assert "a landmark head is for SCAF" in refused.stderr
    assert not (tmp_path / "other").exists()


def test_refusals_are_one_line(tmp_path: Path) -> None:
    assert "no pretrained weights here" in run("weights", "show", tmp_path, code=2).stderr
    snapshot, out = tmp_path / "saae.mdl", tmp_path / "out"
    snapshot.write_bytes(b"hello")
    assert "something here already" in run("weights", "import", snapshot, tmp_path, code=2).stderr
    refused = run("weights", "import", snapshot, out, code=2)
    assert "not a snapshot of 3FabRec" in refused.stderr
    assert refused.stdout == ""
    assert not out.exists()
