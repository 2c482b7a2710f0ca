"""Pretraining through its public door: sources, resuming, refusals, and what it leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.learning import presets, weights
from facelabel.learning.faces import LabelledFace, Progress
from facelabel.learning.pretraining import Photos, pretrain, resolved
from facelabel.learning.pretraining.autoencoder import structural_loss
from facelabel.learning.pretraining.sources import box_of_five
from facelabel.networks import create
from facelabel.rendering import SUBSET_68, render_face

FEW = {"preset": "scaf-tiny", "rendered": 6, "steps": 4, "batch": 4}


def test_the_weights_fit_the_preset_and_bring_heads(tmp_path: Path, five_list: Path) -> None:
    found, failures = pretrain(tmp_path, resolved(FEW), Photos(folders=(five_list,)), command="facelabel pretrain x")
    assert found is not None
    assert failures == []
    pretrained = weights.load(found)
    assert pretrained.card.heads == ["300w-68", "face-5", "wflw-98"]
    assert pretrained.card.data == [
        f"3 faces of {five_list.name}, five points from its list",
        "6 faces drawn by facelabel, landmarks exact, scheme wflw-98",
    ]
    assert torch.equal(pretrained.heads["300w-68"], pretrained.heads["wflw-98"][:, SUBSET_68])
    network = create(presets.load("scaf-tiny").network, 68)
    assert weights.apply(pretrained, network, schemes.load("300w-68")) == []
    assert len(list((tmp_path / "samples").glob("*.png"))) == 1
    assert (tmp_path / "curves.png").is_file()
    assert (tmp_path / "log.csv").read_text().splitlines()[0] == "step,seconds,face-5,wflw-98,reconstruction"


@pytest.mark.parametrize("objective", ["landmarks", "autoencoder"])
def test_an_interrupted_run_ends_with_the_weights_of_an_uninterrupted_one(tmp_path: Path, objective: str) -> None:
    settings = resolved(FEW | {"objective": objective})
    whole, _ = pretrain(tmp_path / "whole", settings, Photos())

    def stop(progress: Progress) -> None:
        if progress.stage == "train" and progress.done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pretrain(tmp_path / "parts", settings, Photos(), on_progress=stop)
    assert not (tmp_path / "parts" / "weights").exists()
    early, _ = pretrain(tmp_path / "parts", settings, Photos(), seconds=1e-9)
    assert early is None
    parts, _ = pretrain(tmp_path / "parts", settings, Photos(), workers=2)
    assert whole is not None
    assert parts is not None
    one, other = weights.load(whole), weights.load(parts)
    assert one.tensors.keys() == other.tensors.keys()
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)


def test_labelled_faces_of_a_project_bring_the_head_of_their_scheme(tmp_path: Path, five_list: Path) -> None:
    scheme = schemes.load("face-5")
    faces = tuple(
        LabelledFace(i, five_list / f"{i}.png", box_of_five(shape), shape)
        for i, shape in enumerate(np.array([[[60, 70], [100, 70], [80, 90], [65, 110], [95, 110]]] * 3, dtype=float))
    )
    named = scheme.model_copy(update={"id": "own-5"})
    found, _ = pretrain(tmp_path, resolved(FEW | {"rendered": 0}), Photos(labelled=faces, scheme=named))
    assert found is not None
    assert weights.load(found).card.heads == ["own-5"]
    every = Photos(folders=(five_list,), labelled=faces, scheme=named)
    with pytest.raises(FacelabelError, match=r"a batch of 2 has no face for each of 3 sources.*--batch 3"):
        pretrain(tmp_path / "every", resolved(FEW | {"batch": 2}), every)


@pytest.mark.parametrize("objective", ["landmarks", "autoencoder"])
def test_bfloat16_computes_nearly_the_same(tmp_path: Path, objective: str) -> None:
    few = FEW | {"objective": objective, "rendered": 6, "steps": 2}
    found = {}
    for precision in ("float32", "bfloat16"):
        out, _ = pretrain(tmp_path / precision, resolved(few | {"precision": precision}), Photos())
        assert out is not None
        found[precision] = weights.load(out).tensors["Q.conv1.weight"]
    assert not torch.equal(found["float32"], found["bfloat16"])
    torch.testing.assert_close(found["float32"], found["bfloat16"], atol=0.05, rtol=0.05)


def test_another_run_in_the_folder_is_refused_and_stays(tmp_path: Path) -> None:
    pretrain(tmp_path, resolved(FEW), Photos())
    before = (tmp_path / "state.pt").read_bytes()
    with pytest.raises(FacelabelError, match="another pretraining stands in this folder"):
        pretrain(tmp_path, resolved(FEW | {"lr": 1e-3}), Photos())
    assert (tmp_path / "state.pt").read_bytes() == before


def test_a_damaged_state_is_one_line(tmp_path: Path) -> None:
    pretrain(tmp_path, resolved(FEW), Photos())
    (tmp_path / "state.pt").write_bytes(b"not a state")
    with pytest.raises(FacelabelError, match="the state of this run is damaged"):
        pretrain(tmp_path, resolved(FEW), Photos())


def test_nothing_to_learn_from_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(FacelabelError, match="nothing to learn from"):
        pretrain(tmp_path, resolved(FEW | {"rendered": 0}), Photos())


def test_weights_to_begin_with_are_looked_at_before_any_face_is(tmp_path: Path, five_list: Path) -> None:
    with pytest.raises(FacelabelError, match="there are no pretrained weights here"):
        pretrain(tmp_path / "out", resolved(FEW | {"start": str(five_list)}), Photos(folders=(five_list,)))
    assert not (tmp_path / "out").exists()


def test_a_bad_line_of_a_list_is_named(tmp_path: Path, five_list: Path) -> None:
    lines = (five_list / "faces.csv").read_text().splitlines()
    (tmp_path / "faces.csv").write_text("\n".join([lines[0], lines[1], "1.png,3,4"]))
    with pytest.raises(FacelabelError, match=r"faces\.csv.*3.*does not hold image") as caught:
        pretrain(tmp_path / "out", resolved(FEW), Photos(folders=(tmp_path,)))
    assert caught.value.line == 3


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_a_loss_that_is_no_number_keeps_the_last_sound_state(tmp_path: Path, seconds: float | None) -> None:
    pretrain(tmp_path, resolved(FEW | {"steps": 40, "lr": 4e-3}), Photos(), seconds=1e-9)
    before = (tmp_path / "state.pt").read_bytes()
    state = torch.load(tmp_path / "state.pt", weights_only=True)
    name = "LMH.lin.weight"
    state["objective"]["network"][name] = torch.full_like(state["objective"]["network"][name], torch.nan)
    torch.save(state, tmp_path / "state.pt")
    spoiled = (tmp_path / "state.pt").read_bytes()
    with pytest.raises(FacelabelError, match="no longer a number at step 2"):
        pretrain(tmp_path, resolved(FEW | {"steps": 40, "lr": 4e-3}), Photos(), seconds=seconds)
    assert (tmp_path / "state.pt").read_bytes() == spoiled != before


def test_a_setting_out_of_range_is_named() -> None:
    with pytest.raises(FacelabelError, match="batch cannot be 1"):
        resolved(FEW | {"batch": 1})


def test_the_structural_loss_is_zero_for_the_same_picture_and_sees_lost_contrast() -> None:
    picture = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0)) - 0.5
    assert structural_loss(picture, picture).item() == pytest.approx(0, abs=1e-5)
    assert structural_loss(torch.zeros_like(picture), picture).item() > 0.9
    assert structural_loss(-picture, picture).item() > 1.5


def test_the_box_of_five_points_follows_scale_and_place() -> None:
    s = render_face(3, 200).shape68
    five = np.stack([s[36:42].mean(axis=0), s[42:48].mean(axis=0), s[30], s[48], s[54]])
    box = box_of_five(five)
    moved = box_of_five(five * 2 + [30, 10])
    assert moved.left == pytest.approx(2 * box.left + 30)
    assert moved.width == pytest.approx(2 * box.width)
    assert box.holds(five)
