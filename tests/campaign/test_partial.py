"""Labels in part: the settings ask, the batch says for which landmarks, the desk leaves the rest to the model, and
nothing of that rest is ever taught, measured by or exported as confirmed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.campaign import counting, partial, pool
from facelabel.campaign.expecting import belief, shape_prior
from facelabel.campaign.loop import Campaign
from facelabel.campaign.oracle import run_with_oracle
from facelabel.campaign.settings import CampaignSettings
from facelabel.desk import asking, picking
from facelabel.desk.desk import Desk
from facelabel.exchange.demo import build_demo, truth
from facelabel.exchange.export_faces import ExportOptions
from facelabel.exchange.exporting import export, questions
from facelabel.geometry import Box
from facelabel.store import labels, predictions
from tests.campaign.bench import SCHEME, Bench, truth_of

SIZE = SCHEME.size


def begun(bench: Bench, **settings: object) -> Bench:
    """A project whose first batch taught a model; the next batch is drawn."""
    bench.add_faces(40)
    bench.change(**({"function": "nnm", "first_batch": 10, "batch": 8, "holdout": 0.2, "overlap": 3} | settings))
    bench.campaign.draw()
    bench.label_batch()
    bench.work()
    return bench


def test_the_first_batch_asks_for_all_and_later_ones_for_the_share(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(ask_share=0.4, first_batch=10, batch=8, holdout=0.2)
    bench.campaign.draw()
    assert {item.asked for item in bench.campaign.queue()} == {None}
    bench.label_batch()
    bench.work()
    asked = {item.blind: item.asked for item in bench.campaign.queue()}
    assert asked[True] is None, "audit faces are asked for whole"
    assert asked[False] is not None
    for item in bench.campaign.queue():
        if not item.blind:
            assert item.asked is not None
            assert len(set(item.asked)) == 2


def test_all_landmarks_are_asked_for_unless_the_settings_say_otherwise(bench: Bench) -> None:
    assert {item.asked for item in begun(bench).campaign.queue()} == {None}


def test_faces_handed_out_ahead_and_after_a_restart_ask_for_the_same(bench: Bench) -> None:
    begun(bench, ask_share=0.4).label_batch()
    ahead = {item.face_id: item.asked for item in bench.campaign.queue()}
    assert len(ahead) == 3
    assert all(asked is not None and len(asked) == 2 for asked in ahead.values())
    assert {item.face_id: item.asked for item in bench.reopened().campaign.queue()} == ahead


def test_the_desk_leaves_the_rest_to_the_model_and_the_label_says_so(bench: Bench) -> None:
    begun(bench, ask_share=0.4)
    item = next(item for item in bench.campaign.queue() if not item.blind)
    assert item.asked is not None
    desk = Desk(bench.project, "me")
    opened = desk.open(item.face_id)
    session = opened.session
    assert asking.asked(session) == tuple(sorted(item.asked))
    assert set(picking.doubtful(session)) == set(item.asked), "N walks those that are asked for"
    rest = next(i for i in range(SIZE) if i not in item.asked)
    session.move(item.asked[0], (31.0, 32.0))
    assert session.marks[rest].source == "predicted"
    desk.accept(item.face_id, session.record(), version_id=opened.version_id, seconds=4.0)
    with bench.project.reading() as s:
        found = labels.newest(s, item.face_id)
    assert found is not None
    assert found[1].predicted == tuple(i for i in range(SIZE) if i not in item.asked)
    assert np.isfinite(found[1].shape).all()
    again = desk.open(item.face_id).session
    assert asking.asked(again) == tuple(sorted(item.asked)), "a label in part stays one when it is opened again"


def test_somebody_who_answers_for_all_makes_a_whole_label(bench: Bench) -> None:
    begun(bench, ask_share=0.4)
    item = next(item for item in bench.campaign.queue() if not item.blind)
    session = Desk(bench.project, "me").open(item.face_id).session
    session.ask_for_all()
    assert not asking.in_part(session)
    assert session.record().predicted == ()
    assert session.undo() == "ask for all"
    assert asking.in_part(session)


def test_points_that_come_along_stay_the_models(bench: Bench) -> None:
    begun(bench, ask_share=0.4)
    item = next(item for item in bench.campaign.queue() if not item.blind)
    assert item.asked is not None
    session = Desk(bench.project, "me").open(item.face_id).session
    before = session.shape
    session.put("move face", dict(enumerate(before + np.array([3.0, 0.0]))))
    np.testing.assert_allclose(session.shape[:, 0], before[:, 0] + 3.0, atol=1e-9)
    assert asking.asked(session) == tuple(sorted(item.asked))
    rest = next(i for i in range(SIZE) if i not in item.asked)
    session.move(rest, (50.0, 50.0))
    assert session.marks[rest].source == "moved", "what somebody puts somewhere is theirs"


def test_what_nobody_confirmed_is_not_taught(bench: Bench) -> None:
    begun(bench, ask_share=0.4)
    desk, asked = Desk(bench.project, "me"), {}
    for item in bench.campaign.queue():
        opened = desk.open(item.face_id)
        asked[item.face_id] = item.asked
        desk.accept(item.face_id, opened.session.record(), version_id=opened.version_id, seconds=4.0)
    _, _, spec = bench.campaign.prepare("round")
    taught = {example.id: example.to_shape() for example in spec.labels}
    partly = [face_id for face_id, wanted in asked.items() if wanted is not None]
    assert partly
    for face_id in partly:
        there = np.flatnonzero(np.isfinite(taught[face_id]).all(axis=1))
        assert there.tolist() == sorted(asked[face_id] or ())
    with bench.project.reading() as s:
        shapes = labels.newest_shapes(s, 100)
        truths = pool.read(s, ["truths"]).pool.truths
    assert int(np.isnan(shapes).any(axis=2).sum()) == len(partly) * (SIZE - 2), "nor does the shape prior learn it"
    assert truths is not None
    assert int(np.isnan(truths).any(axis=2).sum()) == len(partly) * (SIZE - 2), "nor a strategy that ranks by shape"


def test_a_label_of_which_nothing_is_confirmed_teaches_nothing(bench: Bench) -> None:
    face_id, other = bench.add_faces(2)
    whole = partial.answered(truth_of(face_id), np.ones((SIZE, 2)), [])
    assert set(whole.sources) == {"predicted"}
    bench.label(face_id, record=whole)
    bench.label(other)
    with bench.project.reading() as s:
        assert counting.trainable(s) == 1


def test_costs_say_how_much_people_confirmed_and_the_pace_is_of_faces_alike(bench: Bench) -> None:
    begun(bench, ask_share=0.4, batch=16)
    whole = bench.campaign.outlook().effort.seconds_a_face
    assert whole is not None
    assert whole.value == pytest.approx(8.0, abs=0.2), "too few faces in part to go by"
    assert bench.campaign.outlook().in_part.text == bench.campaign.outlook().in_part.caution == ""
    desk = Desk(bench.project, "me")
    partly = 0
    for item in bench.campaign.queue():
        opened = desk.open(item.face_id)
        partly += item.asked is not None
        desk.accept(item.face_id, opened.session.record(), version_id=opened.version_id, seconds=2.0)
    said = bench.campaign.outlook()
    assert (said.in_part.in_part, said.in_part.faces) == (partly, 26)
    assert said.in_part.confirmed == 26 * SIZE - partly * (SIZE - 2)
    assert f"{partly} of 26 faces labelled in part" in said.in_part.text
    assert "as one" in said.in_part.caution
    assert said.effort.seconds_a_face is not None
    assert said.effort.seconds_a_face.value == pytest.approx(2.0, abs=0.2)
    bench.change(ask_share=1.0)
    again = bench.campaign.outlook().effort.seconds_a_face
    assert again is not None
    assert again.value == pytest.approx(8.0, abs=2.5), "whole faces again"


def test_the_most_doubtful_are_not_all_neighbours(bench: Bench) -> None:
    """One after the other: what the first correction would settle is not asked for again."""
    scheme = schemes.load("300w-68")
    shape = scheme.template_shape * [100, 120] + 50
    sure = np.full(68, 0.9)
    sure[:17] = 0.3
    sure[48:60] = 0.5
    with bench.project.reading() as s:
        prior, _ = shape_prior(s, scheme)
    assert prior is not None
    believed = belief(prior, Box(50, 50, 100, 120), shape, sure, 0.0375)
    assert believed is not None
    chosen = partial.most_doubtful(believed, 6)
    assert len(set(chosen)) == 6
    assert sum(i < 17 for i in chosen) >= 3
    assert all(abs(a - b) > 1 for a in chosen for b in chosen if a != b)


@pytest.mark.parametrize("share", [0.0, 1.5])
def test_a_share_that_cannot_be(share: float) -> None:
    with pytest.raises(ValueError, match="ask_share"):
        CampaignSettings(ask_share=share)


def test_the_whole_chain_on_rendered_faces_with_the_real_worker(tmp_path: Path) -> None:
    project = build_demo(tmp_path / "demo", faces=24, seed=3)
    with project:
        size, campaign = project.scheme.size, Campaign(project)
        campaign.change(
            CampaignSettings(first_batch=6, batch=6, budget=30, holdout=0.2, steps=3, ask_share=0.25), "lead"
        )
        run_with_oracle(project, truth(project), rounds=2)
        with project.reading() as s:
            known = labels.newest_of(s, None)
            seen = {face_id: predictions.get(s, face_id) for face_id in known}
        partly = {face_id: record for face_id, (_, record) in known.items() if record.predicted}
        assert 3 <= len(partly) <= 6, "the second batch without its audit faces"
        for face_id, record in partly.items():
            assert len(record.predicted) == size - size // 4
            assert seen[face_id] is not None
        _, _, spec = campaign.prepare("train")
        for example in spec.labels:
            missing = np.isnan(example.to_shape()).any(axis=1).sum()
            assert missing == (len(partly[example.id].predicted) if example.id in partly else 0)
        asked = questions(project, "300w")
        assert any(f"{len(partly)} of {len(known)} faces labelled in part" in one for one in asked)
        report = export(project, tmp_path / "confirmed", ExportOptions("300w"))
        assert {out.face for out in report.left_out} == set(partly)
        assert "51 landmarks are the model's" in report.left_out[0].why
        report = export(project, tmp_path / "filled", ExportOptions("300w", confirmed_only=False))
        assert report.left_out == []
        text = (tmp_path / "filled" / "manifest.json").read_text()
        assert text.count('"unconfirmed": [\n') == len(partly)


def test_who_asks_in_part_is_told_about_the_export_before_the_first_label(bench: Bench) -> None:
    bench.add_faces(4)
    bench.change(ask_share=0.4)
    notice = bench.campaign.status().notice
    assert notice is not None
    assert "those labelled in part will be left out of the export" in notice
    bench.change(ask_share=1.0)
    assert "in part" not in (bench.campaign.status().notice or "")
