from __future__ import annotations

import numpy as np
import pytest

from facelabel.campaign import measuring
from facelabel.campaign.forecast import effort, forecast, suggest_stop
from facelabel.store import labels, versions
from facelabel.store.tables import Face
from tests.campaign.bench import SCHEME, Bench, truth_of


def test_a_campaign_is_forecast_from_its_own_project(bench: Bench) -> None:
    bench.add_faces(200)
    bench.change(function="random", first_batch=30, batch=10, holdout=0.4, budget=150)
    for number in range(4):
        bench.campaign.draw()
        bench.label_batch()
        bench.work(shift=8.0 / (number + 1))
    with bench.project.reading() as s:
        every = versions.all(s)
        n, errors = measuring.per_face(s, SCHEME, every)
        found = measuring.measure(s, SCHEME, every)
        log = measuring.logged(s)
        held = sum(face.holdout and face.state == "labelled" for face in s.query(Face))
    assert n.tolist() == [one.labels for one in found]
    assert errors.shape == (4, held)
    for row, one in zip(errors, found, strict=True):
        assert one.nme == pytest.approx(100 * np.nanmean(row))
    said = forecast(n, errors, ahead=20)
    assert said.now is not None
    assert said.then is not None
    assert said.then.value < said.now.value
    assert not suggest_stop(n, errors, batch=10, budget_left=80).stop
    assert len(log.seconds) == len(log.authors) == 60
    assert effort(log.seconds, corrections=log.corrections, authors=log.authors).text(450).startswith("about 1 h 00")


def test_versions_of_another_preset_and_of_no_labels_are_left_out(bench: Bench) -> None:
    with bench.project.writing() as s:
        for preset, count in (("scaf-half", 10), ("scaf-tiny", 0), ("scaf-tiny", 20), ("scaf-tiny", 30)):
            versions.add(
                s, preset=preset, seed=0, labels=count, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
            )
        n, errors = measuring.per_face(s, SCHEME, versions.all(s))
        assert n.tolist() == [20, 30]
        assert errors.shape == (2, 0)
        n, errors = measuring.per_face(s, SCHEME, [])
        assert n.shape == (0,)
    assert "0 audit faces" in forecast(n, errors).text


def test_the_log_holds_timed_labels_once_and_no_imports(bench: Bench) -> None:
    ids = bench.add_faces(5)
    bench.label(ids[0], seconds=10.0)
    bench.label(ids[1], origin="import", seconds=99.0)
    bench.label(ids[2], seconds=None)
    record = truth_of(ids[3])
    sources = ("moved", "placed", "accepted", "accepted", "accepted")
    with bench.project.writing() as s:
        made = labels.LabelRecord(record.shape, record.visibility, sources, record.moved)
        labels.add(s, ids[3], made, author="anna", origin="desk", seconds=20.0)
    bench.label(ids[0], seconds=15.0)  # Corrected later: its seconds are those of both times.
    with bench.project.reading() as s:
        log = measuring.logged(s)
    assert log.seconds.tolist() == [20.0, 15.0]
    assert log.corrections.tolist() == [2.0, 5.0]
    assert log.authors == ["anna", "tester"]


def test_an_empty_project_has_an_empty_log(bench: Bench) -> None:
    with bench.project.reading() as s:
        log = measuring.logged(s)
    assert log.seconds.shape == (0,)
    assert effort(log.seconds, corrections=log.corrections, authors=log.authors).reason is not None
