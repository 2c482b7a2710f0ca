"""Training learns, repeats itself, stops cleanly, and starts from what fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from facelabel.errors import CancelledError, FacelabelError
from facelabel.learning import checkpoints
from facelabel.learning.faces import LabelledFace, Progress
from facelabel.learning.prediction import predict
from facelabel.learning.presets import Preset
from facelabel.learning.training import DivergedError, train
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


def same(one: torch.nn.Module, two: torch.nn.Module) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))


def adjusted(preset: Preset, **training: object) -> Preset:
    return preset.model_copy(update={"training": preset.training.model_copy(update=training)})


def test_training_learns(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    others = make_faces(12, seed=100)

    def error(steps: int) -> float:
        model = train(toy, spots, make_faces(16), seed=0, steps=steps)
        found = predict(model, others).shapes
        return float(np.linalg.norm(found - np.stack([face.shape for face in others]), axis=2).mean())

    assert error(1) > 8
    assert error(80) < 2


def test_the_same_seed_gives_the_same_weights(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    faces = make_faces(5)
    state = torch.get_rng_state()
    first, again, other = (train(toy, spots, faces, seed=seed, steps=3) for seed in (7, 7, 8))
    assert same(first.network, again.network)
    assert not same(first.network, other.network)
    assert first.card.data_hash == again.card.data_hash
    assert torch.equal(torch.get_rng_state(), state)


def test_the_card_tells_what_was_done(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    model = train(toy, spots, make_faces(3), seed=2, steps=4)
    card = model.card
    assert (card.labels, card.steps, card.seed, card.landmarks, card.batch) == (3, 4, 2, 3, 3)
    assert card.preset == toy
    assert card.started_from is None
    assert not model.network.training


def test_half_the_batch_on_request(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    assert train(toy, spots, make_faces(9), seed=0, steps=1, batch=4).card.batch == 4
    assert train(toy, spots, make_faces(1), seed=0, steps=2).card.batch == 1


def test_progress_counts_every_step(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    told: list[Progress] = []
    train(toy, spots, make_faces(2), seed=0, steps=3, on_progress=told.append)
    assert [(p.stage, p.done, p.total) for p in told] == [
        *(("load", done, 2) for done in (1, 2)),
        *(("train", done, 3) for done in (0, 1, 2, 3)),
    ]
    assert told[-1].eta_s == 0
    assert all(p.loss is not None and p.loss > 0 for p in told[3:])


def test_cancelling_goes_through(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    def cancel(progress: Progress) -> None:
        if progress.stage == "train" and progress.done == 2:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        train(toy, spots, make_faces(2), seed=0, steps=50, on_progress=cancel)


def test_a_loss_that_is_no_number_stops_training_with_the_last_good_weights(
    make_faces: MakeFaces, toy: Preset, spots: Scheme
) -> None:
    wild = adjusted(toy, lr=1e30, warm_up=0)
    with pytest.raises(DivergedError, match="no longer a number at step") as caught:
        train(wild, spots, make_faces(4), seed=0, steps=30)
    sound = caught.value.model
    assert sound.card.steps < 30
    assert "\n" not in str(caught.value)


def test_unreadable_pictures_are_reported_and_left_out(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path
) -> None:
    good, bad = make_faces(2)
    bad = replace(bad, image=tmp_path / "gone.png")
    model = train(toy, spots, [good, bad], seed=0, steps=1)
    assert [failure.face for failure in model.failures] == [bad.id]
    assert model.card.labels == 1
    with pytest.raises(FacelabelError, match="none of the 1 labelled faces"):
        train(toy, spots, [bad], seed=0, steps=1)


def test_pictures_that_go_while_training_do_not_matter(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    """Every picture is decoded before the first step."""
    faces = make_faces(4)

    def spoil(progress: Progress) -> None:
        if progress.stage == "train" and progress.done == 1:
            for face in faces:
                face.image.write_bytes(b"no picture")

    whole = train(toy, spots, make_faces(4), seed=0, steps=4)
    spoilt = train(toy, spots, faces, seed=0, steps=4, on_progress=spoil)
    assert same(whole.network, spoilt.network)
    assert not spoilt.failures


def test_a_single_label_is_learnt(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    (face,) = make_faces(1)
    short, model = (train(toy, spots, [face], seed=0, steps=steps) for steps in (5, 40))
    assert (model.card.labels, model.card.batch) == (1, 1)
    assert model.card.loss < short.card.loss / 2
    assert np.isfinite(predict(model, [face]).shapes).all()


def test_labels_with_absent_points_only(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    faces = make_faces(4)
    absent = [replace(face, shape=np.full((3, 2), np.nan)) for face in faces]
    with pytest.raises(FacelabelError, match="every landmark of all 4 labels is absent") as caught:
        train(toy, spots, absent, seed=0, steps=2)
    assert "\n" not in str(caught.value)
    model = train(toy, spots, [*absent[:3], faces[3]], seed=0, steps=3, batch=2)
    assert all(bool(value.isfinite().all()) for value in model.network.state_dict().values())


def test_the_cache_changes_nothing(make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path) -> None:
    faces = make_faces(5)
    plain, first, again = (
        train(toy, spots, faces, seed=0, steps=3, cache=folder) for folder in (None, tmp_path, tmp_path)
    )
    assert same(plain.network, first.network)
    assert same(plain.network, again.network)


def test_going_on_from_the_last_round(make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path) -> None:
    faces = make_faces(8)
    first = train(toy, spots, faces, seed=0, steps=20)
    checkpoints.save(tmp_path / "one", first)
    second = train(toy, spots, faces, seed=1, start_from=tmp_path / "one", steps=20)
    assert second.card.started_from == first.card.data_hash
    fresh = train(toy, spots, faces, seed=1, steps=20)
    assert second.card.loss < fresh.card.loss
    assert train(toy, spots, faces, seed=1, start_from=tmp_path / "one").card.steps == 40


def test_coordinates_count_where_there_is_something_to_build_on(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path
) -> None:
    faces, strong = make_faces(8), adjusted(toy, coordinates=0.3)
    plain, first = (train(preset, spots, faces, seed=0, steps=40) for preset in (toy, strong))
    assert same(plain.network, first.network), "from chance, the soft-argmax is chance"
    checkpoints.save(tmp_path, first)
    plain, second = (train(preset, spots, faces, seed=1, start_from=tmp_path, steps=40) for preset in (toy, strong))
    assert not same(plain.network, second.network)
    others = make_faces(12, seed=100)
    truth = np.stack([face.shape for face in others])
    assert np.linalg.norm(predict(second, others).shapes - truth, axis=2).mean() < 2


def test_nothing_is_protected_that_no_pretraining_taught(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path
) -> None:
    paper = adjusted(toy, encoder_lr=0.0, generator_lr=0.0, frozen_statistics=True, weight_decay=0.1)
    faces = make_faces(4)
    scratch = train(paper, spots, faces, seed=0, steps=2)
    checkpoints.save(tmp_path / "one", scratch)
    tuned = train(paper, spots, faces, seed=0, steps=3, start_from=tmp_path / "one")
    for part in ("Q", "P", "B", "LMH"):
        assert not same(scratch.network.get_submodule(part), tuned.network.get_submodule(part)), part


def test_weights_that_do_not_fit_are_refused_in_one_line(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, tmp_path: Path
) -> None:
    faces = make_faces(1)
    checkpoints.save(tmp_path / "one", train(toy, spots, faces, seed=0, steps=1))
    wider = toy.model_copy(update={"name": "wide", "network": toy.network.model_copy(update={"head": 12})})
    with pytest.raises(FacelabelError, match="of preset 'toy', not of 'wide'"):
        train(wider, spots, faces, seed=0, start_from=tmp_path / "one")
    five = spots.model_copy(update={"id": "spots-2", "landmarks": spots.landmarks[:2]})
    with pytest.raises(FacelabelError, match="has 3 landmarks, the scheme 'spots-2' has 2"):
        train(toy, five, faces, seed=0, start_from=tmp_path / "one")


def test_a_label_of_the_wrong_length_is_a_bug_of_the_caller(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    [face] = make_faces(1)
    with pytest.raises(ValueError, match="scheme 3 landmarks"):
        train(toy, spots, [replace(face, shape=face.shape[:2])], seed=0, steps=1)
