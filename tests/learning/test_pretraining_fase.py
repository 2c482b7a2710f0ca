"""FASE's own pretraining: a generator, an encoder for it, landmarks; at its smallest preset and a few steps."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.learning import presets, weights
from facelabel.learning.faces import Progress
from facelabel.learning.pretraining import Photos, adaptive, generator, monitor, pretrain, resolved
from facelabel.learning.pretraining.settings import STAGES
from facelabel.networks import create

FEW = {"preset": "fase-tiny", "steps": 3, "batch": 2, "rendered": 4}


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that happens now and then happens in the first steps; few faces are compared."""
    monkeypatch.setattr(generator, "GRADIENT_EVERY", 2)
    monkeypatch.setattr(generator, "PATH_EVERY", 2)
    monkeypatch.setattr(adaptive, "EVERY", 1)
    monkeypatch.setattr(adaptive, "PICTURES", 30)
    monkeypatch.setattr(adaptive, "TARGET", -1.5)
    monkeypatch.setattr(monitor, "FACES", 8)


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory, five_list: Path) -> Path:
    """The run of a generator."""
    out = tmp_path_factory.mktemp("generator")
    patched = pytest.MonkeyPatch()
    patched.setattr(monitor, "FACES", 8)
    pretrain(out, resolved(FEW | {"objective": "generator", "steps": 1}), Photos(folders=(five_list,)))
    patched.undo()
    return out


def test_the_chain_leaves_weights_that_know_landmarks_however_often_it_stopped(tmp_path: Path, five_list: Path) -> None:
    settings, photos = resolved(FEW | {"steps": 4}), Photos(folders=(five_list,))
    found, runs = None, 0
    while found is None:
        found, failures = pretrain(tmp_path, settings, photos, seconds=1e-9)
        assert failures == []
        runs += 1
    assert runs == len(STAGES) + 1
    assert found == tmp_path / "landmarks" / "weights"
    left = {stage: weights.load(tmp_path / stage / "weights") for stage in STAGES}
    assert [left[stage].card.steps for stage in STAGES] == [2, 1, 1]
    assert [left[stage].card.objective for stage in STAGES] == list(STAGES)
    assert left["landmarks"].card.heads == ["300w-68", "face-5", "wflw-98"]
    network = create(presets.load("fase-tiny").network, 68)
    fresh = [weights.apply(left[stage], network, schemes.load("300w-68")) for stage in STAGES]
    transfer = ["ITL", "ITL.lin"]
    assert fresh == [["E.trunk", "E.content_layer", "E.styles", *transfer], transfer, []]
    drawn, encoded = left["generator"].tensors, left["encoder"].tensors
    assert all(torch.equal(encoded[name], tensor) for name, tensor in drawn.items())
    header = (tmp_path / "generator" / "log.csv").read_text().splitlines()
    assert header[0] == "step,seconds,generator,critic,gradient,path,augmentation,feature distance"
    assert all(float(value) >= 0 for value in header[1].split(","))
    assert all(len(list((tmp_path / stage / "samples").glob("*.png"))) == 1 for stage in STAGES)
    assert len({left[stage].card.data_hash for stage in STAGES}) == 3
    with pytest.raises(FacelabelError, match="another pretraining stands in this folder"):
        pretrain(tmp_path, resolved(FEW | {"steps": 7}), photos)


@pytest.mark.parametrize("objective", ["generator", "encoder"])
def test_an_interrupted_stage_ends_with_the_weights_of_an_uninterrupted_one(
    tmp_path: Path, five_list: Path, drawing: Path, objective: str
) -> None:
    start = {} if objective == "generator" else {"start": str(drawing)}
    settings, photos = resolved(FEW | start | {"objective": objective}), Photos(folders=(five_list,))
    whole, _ = pretrain(tmp_path / "whole", settings, photos)

    def stop(progress: Progress) -> None:
        if progress.stage == "train" and progress.done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pretrain(tmp_path / "parts", settings, photos, on_progress=stop)
    parts, _ = pretrain(tmp_path / "parts", settings, photos)
    assert whole is not None
    assert parts is not None
    one, other = weights.load(whole), weights.load(parts)
    assert one.tensors.keys() == other.tensors.keys()
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)
    states = [torch.load(tmp_path / run / "state.pt", weights_only=True)["objective"] for run in ("whole", "parts")]
    if objective == "generator":
        assert states[0]["adaptive"] == states[1]["adaptive"]
        assert states[0]["adaptive"]["probability"] > 0
        assert states[0]["length"] == states[1]["length"] != {"value": 0.0}


def test_a_run_that_ran_out_of_memory_goes_on_with_half_a_batch(
    tmp_path: Path, five_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, photos = resolved(FEW | {"objective": "generator", "batch": 4}), Photos(folders=(five_list,))

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("out of memory")

    with monkeypatch.context() as patched:
        patched.setattr(generator.GeneratorObjective, "_even", full)
        with pytest.raises(torch.OutOfMemoryError):
            pretrain(tmp_path, settings, photos)
    assert torch.load(tmp_path / "state.pt", weights_only=True)["step"] == 1
    left, _ = pretrain(tmp_path, settings.model_copy(update={"batch": 2}), photos)
    assert left is not None


@pytest.mark.parametrize("objective", ["generator", "encoder"])
def test_bfloat16_computes_nearly_the_same(tmp_path: Path, five_list: Path, drawing: Path, objective: str) -> None:
    few = FEW | {"objective": objective, "steps": 1} | ({} if objective == "generator" else {"start": str(drawing)})
    name = "G.convs.4.conv.weight" if objective == "generator" else "E.block_3.0.conv1.weight"
    found = {}
    for precision in ("float32", "bfloat16"):
        out, _ = pretrain(tmp_path / precision, resolved(few | {"precision": precision}), Photos(folders=(five_list,)))
        assert out is not None
        found[precision] = weights.load(out).tensors[name]
    torch.testing.assert_close(found["float32"], found["bfloat16"], atol=0.05, rtol=0.05)


def test_landmarks_can_leave_the_generator_as_it_is(tmp_path: Path, drawing: Path) -> None:
    begun = weights.load(drawing / "weights").tensors
    for frozen in (True, False):
        settings = resolved(
            FEW | {"objective": "landmarks", "steps": 1, "start": str(drawing), "freeze_generator": frozen}
        )
        out, _ = pretrain(tmp_path / str(frozen), settings, Photos())
        assert out is not None
        left = weights.load(out).tensors
        kept = [torch.equal(left[name], tensor) for name, tensor in begun.items() if name.endswith("conv.weight")]
        assert all(kept) if frozen else not any(kept)
    with pytest.raises(FacelabelError, match="a generator that was never trained cannot stay as it is"):
        resolved(FEW | {"objective": "landmarks", "freeze_generator": True})


def test_what_does_not_fit_is_one_line(tmp_path: Path, five_list: Path, drawing: Path) -> None:
    with pytest.raises(FacelabelError, match="'autoencoder' is no objective for the preset 'fase-tiny'"):
        resolved(FEW | {"objective": "autoencoder"})
    with pytest.raises(FacelabelError, match="'generator' is no objective for the preset 'scaf-tiny'"):
        resolved(FEW | {"preset": "scaf-tiny", "objective": "generator"})
    with pytest.raises(FacelabelError, match=r"an encoder learns from a generator.*--start"):
        resolved(FEW | {"objective": "encoder"})
    with pytest.raises(FacelabelError, match="'chain' starts from nothing"):
        resolved(FEW | {"start": str(drawing)})
    photos = Photos(folders=(five_list,))

    def encode(start: Path, preset: str = "fase-tiny") -> None:
        settings = resolved(FEW | {"preset": preset, "objective": "encoder", "start": str(start)})
        pretrain(tmp_path / "out", settings, photos)

    with pytest.raises(FacelabelError, match="there are no pretrained weights here"):
        encode(tmp_path)
    with pytest.raises(FacelabelError, match=r"do not fit the network: width 0\.125, not 0\.25"):
        encode(drawing, "fase-small")
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in (drawing / "weights").iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / generator.FILE).write_bytes((copy / generator.FILE).read_bytes()[:-100])
    with pytest.raises(FacelabelError, match="the generator is damaged or cut short"):
        encode(copy)
    (copy / generator.FILE).unlink()
    with pytest.raises(FacelabelError, match="there is no whole generator here"):
        encode(copy)
    assert not json.loads((drawing / "weights" / "pretrained.json").read_text())["heads"]


def test_a_disk_without_room_for_the_generator_is_one_line_and_the_run_ends_another_time(
    tmp_path: Path, five_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, photos = resolved(FEW | {"objective": "generator", "steps": 1}), Photos(folders=(five_list,))

    def full(path: Path, data: bytes) -> None:
        assert data
        raise FacelabelError("cannot be written: No space left on device", where=path)

    with monkeypatch.context() as patched:
        patched.setattr(generator, "write_whole", full)
        with pytest.raises(FacelabelError, match=r"generator\.safetensors: cannot be written"):
            pretrain(tmp_path, settings, photos)
    left, _ = pretrain(tmp_path, settings, photos)
    assert left is not None
    assert sorted(path.name for path in left.iterdir()) == [generator.FILE, "pretrained.json", "weights.safetensors"]


def test_variations_are_none_at_first_and_let_gradients_through() -> None:
    pictures = torch.rand(3, 3, 16, 16, requires_grad=True)
    assert adaptive.varied(pictures, 0.0, np.random.default_rng(0)) is pictures
    varied = adaptive.varied(pictures, 1.0, np.random.default_rng(0))
    assert varied.shape == pictures.shape
    assert not torch.allclose(varied, pictures, atol=0.1)
    (slope,) = torch.autograd.grad(varied.sum(), pictures)
    assert slope.abs().sum() > 0
    rare = adaptive.varied(pictures, 1e-9, np.random.default_rng(0))
    torch.testing.assert_close(rare, pictures, atol=1e-5, rtol=0)


def test_changes_of_colour_keep_what_they_should() -> None:
    rng = np.random.default_rng(1)
    grey, red = np.array([0.4, 0.4, 0.4, 1.0]), np.array([0.9, -0.2, -0.2, 1.0])
    for _ in range(20):
        turned = adaptive._about_grey(rng.uniform(-3, 3))
        np.testing.assert_allclose(turned @ grey[:3], grey[:3])
        assert np.linalg.norm(turned @ red[:3]) == pytest.approx(np.linalg.norm(red[:3]))
        whole = adaptive.colours(1.0, rng)
        assert np.ptp(whole[:3] @ grey) == pytest.approx(0, abs=1e-12)


def test_a_critic_that_is_sure_gets_more_variation_and_one_in_doubt_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptive, "TARGET", 0.6)
    monkeypatch.setattr(adaptive, "PICTURES", 100)
    kept = adaptive.Adaptive()
    kept.hear(torch.ones(10))
    assert kept.probability == pytest.approx(0.1)
    kept.hear(torch.tensor([1.0, -1.0]))
    assert kept.probability == pytest.approx(0.08)
    for _ in range(5):
        kept.hear(-torch.ones(10))
    assert kept.probability == 0


def test_the_distance_of_features_is_that_of_two_normal_distributions() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(500, 6)) @ rng.normal(size=(6, 6))
    assert monitor.distance(rows, rows) == pytest.approx(0, abs=1e-6)
    shift = np.array([1.0, 0, 0, 2.0, 0, 0])
    assert monitor.distance(rows, rows + shift) == pytest.approx(5)
    # Twice as wide: the distance of C and 4 C is the trace of C.
    assert monitor.distance(rows, 2 * rows - rows.mean(axis=0)) == pytest.approx(np.trace(np.cov(rows.T)))
