"""What the lead's screen is told of a project: the map, the scores, batches, costs, the audit."""

from __future__ import annotations

import numpy as np
import pytest

from facelabel.campaign.overview import STATES, Costs, Overview
from facelabel.store import predictions, rounds, versions
from facelabel.store.tables import Face
from tests.campaign.bench import Bench


def on_a_line(face_id: int) -> list[float]:
    return [3.0 * face_id, 4.0 * face_id, 0.0]


@pytest.fixture
def overview(bench: Bench) -> Overview:
    return Overview(bench.project)


def ranked(bench: Bench, **how: object) -> list[int]:
    """24 faces, of which a first batch of 6 taught a model that has seen all."""
    bench.change(first_batch=6, batch=4, holdout=0.2, budget=20, function="nnm", discard=0.25)
    ids = bench.add_faces(24)
    bench.campaign.draw()
    bench.label_batch()
    bench.work(**how)
    return ids


def of_state(overview: Overview, state: str, discarded: tuple[int, ...] = ()) -> set[int]:
    found = overview.embedding_map(discarded)
    assert found is not None
    return set(found.ids[found.state == STATES.index(state)].tolist())  # type: ignore[arg-type]


def test_nothing_is_known_of_a_fresh_project(overview: Overview) -> None:
    assert overview.embedding_map() is None
    assert overview.score_histogram("nnm", 0.1) is None
    assert overview.composition() is None
    assert overview.costs().training is None
    assert overview.audit().errors == []


def test_the_map_keeps_the_distances_that_matter(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench, embedding=on_a_line)
    found = overview.embedding_map()
    assert found is not None
    assert found.ids.tolist() == ids
    assert found.explained == pytest.approx((1.0, 0.0), abs=1e-6)
    steps = np.abs(np.diff(found.xy[:, 0]))
    assert steps == pytest.approx(np.full(len(ids) - 1, 5.0), rel=1e-4)
    assert found.xy[:, 1] == pytest.approx(np.zeros(len(ids)), abs=1e-3)


def test_every_face_on_the_map_has_the_state_that_says_most(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench)
    labelled = {i for i, state in zip(ids, bench.states(ids), strict=True) if state == "labelled"}
    with bench.project.reading() as s:
        audit = {i for i in ids if s.get_one(Face, i).holdout}
    batch = set(bench.batch())
    free = [i for i in ids if i not in labelled | batch | audit]
    aside = (free[0], free[1], min(labelled - audit))
    assert of_state(overview, "labelled", aside) == labelled - audit
    assert of_state(overview, "audit", aside) == audit
    assert audit
    assert of_state(overview, "chosen", aside) == batch - audit
    assert of_state(overview, "discarded", aside) == set(free[:2])
    assert of_state(overview, "open", aside) == set(free[2:])


def test_a_rejected_face_leaves_the_map(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench)
    gone = bench.batch()[0]
    bench.set_state(gone, "rejected")
    found = overview.embedding_map()
    assert found is not None
    assert set(found.ids.tolist()) == set(ids) - {gone}


def test_the_map_is_placed_anew_for_a_new_version(bench: Bench, overview: Overview) -> None:
    ranked(bench, embedding=on_a_line)
    first = overview.embedding_map()
    again = overview.embedding_map()
    bench.label_batch()
    bench.work(embedding=lambda i: [float(i % 5), 0.0, 0.0])
    later = overview.embedding_map()
    assert first is not None
    assert again is not None
    assert later is not None
    assert np.array_equal(first.xy, again.xy)
    assert (first.version, later.version) == (1, 2)
    assert np.ptp(later.xy[:, 0]) == pytest.approx(4.0, rel=1e-4)


def test_embeddings_that_are_not_finite_are_left_out(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench, embedding=lambda i: [float(i), float("nan") if i == 3 else 0.0])
    found = overview.embedding_map()
    assert found is not None
    assert set(found.ids.tolist()) == set(ids) - {3}
    assert np.isfinite(found.xy).all()


@pytest.mark.parametrize("width", [1, 2])
def test_one_face_and_one_dimension_make_a_map_too(bench: Bench, overview: Overview, width: int) -> None:
    [face] = bench.add_faces(1)
    with bench.project.writing() as s:
        version = versions.add(s, preset="p", seed=0, labels=0, data_hash="", parent_id=None, seconds=0.0, metrics={})
        predictions.save_embeddings(s, version.id, [face], np.ones((1, width)))
    found = overview.embedding_map()
    assert found is not None
    assert found.xy.tolist() == [[0.0, 0.0]]
    assert found.explained == (0.0, 0.0)


def test_the_histogram_counts_the_open_faces_and_draws_the_line(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench, score=float)
    states = dict(zip(ids, bench.states(ids), strict=True))
    found = overview.score_histogram("nnm", 0.25)
    assert found is not None
    with bench.project.reading() as s:
        waiting = [i for i in ids if states[i] == "open" and not s.get_one(Face, i).holdout]
    assert found.counts.sum() == len(waiting)
    aside = int(np.ceil(0.25 * len(waiting)))
    assert found.discarded == aside
    assert found.line == sorted(waiting)[-aside]
    whole = overview.score_histogram("nnm", 0.0)
    assert whole is not None
    assert (whole.line, whole.discarded) == (None, 0)


def test_constant_scores_make_a_histogram_too(bench: Bench, overview: Overview) -> None:
    ranked(bench, score=lambda _: 1.0)
    found = overview.score_histogram("nnm", 0.1)
    assert found is not None
    assert found.counts.sum() > 0
    assert np.isfinite(found.edges).all()


def test_a_batch_says_what_it_is_made_of(bench: Bench, overview: Overview) -> None:
    ranked(bench)
    now, first = overview.composition(), overview.composition(1)
    assert now is not None
    assert first is not None
    assert (now.round, now.rounds) == (2, [2, 1])
    assert [face.face_id for face in now.faces] == bench.batch()
    assert all(face.why for face in now.faces)
    assert sum(now.parts.values()) == 4
    assert {face.state for face in first.faces} == {"labelled"}
    assert first.parts["audit"] == sum(face.audit for face in first.faces) > 0
    assert overview.composition(9) is None


def test_costs_are_those_of_the_newest_round(bench: Bench, overview: Overview) -> None:
    ids = ranked(bench)
    costs = overview.costs()
    assert costs.training == 1.5
    assert costs.scoring is not None
    assert costs.scoring >= 0
    assert costs.scored == len(ids)
    assert costs.each == costs.scoring / len(ids)


def test_costs_under_another_preset_are_told_by_the_arithmetic_of_both() -> None:
    known = Costs(60.0, 10.0, 200, "scaf-tiny")
    assert known.under("scaf-tiny") is known
    other = known.under("fase-tiny")
    assert (other.training, other.scoring) == pytest.approx((60 * 3.7, 10 * 2.7), rel=0.05)
    assert other.under("scaf-tiny").training == pytest.approx(60)
    assert known.under("plugin") == Costs()
    assert Costs().under("fase-tiny") == Costs()


def test_the_audit_names_the_worst_faces_first(bench: Bench, overview: Overview) -> None:
    ranked(bench)
    found = overview.audit()
    assert found.version == 1
    errors = [error for _, error in found.errors]
    assert errors == sorted(errors, reverse=True)
    assert errors
    assert all(error > 0 for error in errors)


def test_the_batch_of_a_done_round_is_no_longer_chosen(bench: Bench, overview: Overview) -> None:
    ranked(bench)
    with bench.project.writing() as s:
        current = rounds.current(s)
        assert current is not None
        rounds.set_state(s, current.id, "done")
    assert of_state(overview, "chosen") == set()
