"""``kill -9`` at the real window: a short run of ``benchmarks/kill.py``, which does it fifty times."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.kill import Killer, Moment, check, prepare

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the worker through /proc")


@pytest.fixture
def killer(tmp_path):
    folder, log = tmp_path / "project", tmp_path / "window.log"
    prepare(folder, faces=16, seed=3)
    killer = Killer(folder, seed=3, log=log, say=print)
    yield killer
    killer.close()


def test_what_the_window_showed_as_saved_survives_its_death(killer: Killer, tmp_path: Path) -> None:
    first = killer.run(Moment("a label is committed", "window", ("SAVED", "label"), 0.004))
    assert first.wrong == []
    assert first.labels > 0

    second = killer.run(Moment("the worker starts", "window", ("PHASE", "load"), 0.3))
    assert second.wrong == []
    assert second.after is not None, "no worker ran, so none was seen to end with its window"
    assert second.labels > first.labels

    face_id = next(iter(killer.journal.labels))
    killer.journal.labels[face_id] = "another shape"
    assert [line for line in check(killer.folder, killer.journal, recover=True) if f"face {face_id}:" in line]
    assert "Traceback" not in (tmp_path / "window.log").read_text()
