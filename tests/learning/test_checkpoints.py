"""Models survive the disk exactly, and whatever cannot be trusted is refused in one line."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from facelabel.errors import FacelabelError
from facelabel.learning import checkpoints, devices, presets
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.faces import LabelledFace
from facelabel.learning.prediction import predict
from facelabel.learning.presets import Preset, Steps
from facelabel.learning.training import train
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


@pytest.fixture(scope="module")
def model(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> TrainedModel:
    return train(toy, spots, make_faces(2), seed=0, steps=2)


@pytest.fixture
def folder(model: TrainedModel, tmp_path: Path) -> Path:
    checkpoints.save(tmp_path / "model", model)
    return tmp_path / "model"


def refusal(folder: Path) -> str:
    with pytest.raises(FacelabelError) as caught:
        checkpoints.load(folder)
    text = str(caught.value)
    assert "\n" not in text
    assert caught.value.cure
    return text


def test_a_model_comes_back_as_it_was(folder: Path, model: TrainedModel, make_faces: MakeFaces) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "weights.safetensors"]
    again = checkpoints.load(folder)
    assert again.card == model.card
    faces = make_faces(2, seed=1)
    assert np.array_equal(predict(again, faces).shapes, predict(model, faces).shapes)


def test_truncated_weights(folder: Path) -> None:
    path = folder / "weights.safetensors"
    data = path.read_bytes()
    for length in (0, 5, 400, len(data) - 1):
        path.write_bytes(data[:length])
        assert "damaged or cut short" in refusal(folder)


def test_missing_files(folder: Path, tmp_path: Path) -> None:
    (folder / "weights.safetensors").unlink()
    assert "cannot be read" in refusal(folder)
    assert "cannot be read" in refusal(tmp_path / "nothing here")


def test_a_card_that_is_none(folder: Path) -> None:
    card = folder / "model.json"
    good = json.loads(card.read_text())
    for text in ("", "{", "[]", json.dumps(good | {"preset": {"name": "x"}})):
        card.write_text(text)
        assert "not a model card" in refusal(folder)
    card.write_text(json.dumps(good | {"landmarks": 5}))
    assert "5 landmarks" in refusal(folder)


def test_weights_of_another_preset(folder: Path) -> None:
    card = folder / "model.json"
    changed = json.loads(card.read_text())
    changed["preset"]["network"]["width"] = 0.25
    card.write_text(json.dumps(changed))
    assert "do not fit preset 'toy' with 3 landmarks" in refusal(folder)


def test_a_card_of_a_later_version_may_say_more(folder: Path, model: TrainedModel) -> None:
    card = folder / "model.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | {"mood": "good"}))
    assert checkpoints.load(folder).card == model.card


def test_saving_where_nothing_can_be_written(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FacelabelError, match="cannot be written"):
        checkpoints.save(tmp_path / "file" / "model", model)


@pytest.mark.parametrize("room", [0, 1])
def test_a_disk_that_fills_up_leaves_the_model_that_was_there(
    folder: Path, model: TrainedModel, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    written = []

    def write(path: Path, data: bytes) -> int:
        if len(written) == room:
            with path.open("wb") as file:
                file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        with path.open("wb") as file:
            return file.write(data)

    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    other = replace(model, card=model.card.model_copy(update={"seed": 77}))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write)
        with pytest.raises(FacelabelError, match="cannot be written: No space left") as caught:
            checkpoints.save(folder, other)
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_shipped_presets() -> None:
    assert {"scaf", "scaf-tiny"} <= set(presets.names())
    tiny, full = presets.load("scaf-tiny"), presets.load("scaf")
    assert (tiny.network.input_size, tiny.network.heatmap_size) == (128, 64)
    assert (full.network.width, full.network.latent, full.sigma) == (1.0, 99, 7.0)
    with pytest.raises(FacelabelError, match=r"no model preset 'nope' \(use one of .*scaf-tiny"):
        presets.load("nope")


def test_steps_grow_with_the_labels_up_to_a_limit() -> None:
    steps = Steps(fewest=100, per_label=2.5, most=300, warm_share=0.5)
    assert [steps.for_labels(n, warm=False) for n in (10, 40, 1000)] == [125, 200, 300]
    assert steps.for_labels(40, warm=True) == 100


def test_devices() -> None:
    assert devices.choose("cpu").type == "cpu"
    assert devices.describe(devices.choose("cpu")).startswith("CPU, ")
    assert devices.choose("auto").type in {"cpu", "cuda", "mps"}
    for name in ("nonsense", "cuda:99"):
        with pytest.raises(FacelabelError, match="cannot be used here"):
            devices.choose(name)
