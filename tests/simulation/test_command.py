"""``facelabel simulate`` from its words to its files; once with real workers, killed on the way."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from facelabel.jobs.messages import FaceInput, JobSpec, Message
from facelabel.jobs.supervisor import Outcome
from facelabel.simulation.trainings import RECORD
from tests.bad_input.conftest import kept
from tests.evaluation.publicsets import write_wflw
from tests.simulation.conftest import Command, Learner

__all__ = ["kept"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, learner: Learner) -> Learner:
    """The learner in place of the workers."""

    class Supervisor:
        def __init__(self, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> None:
            self._of = folder, spec, on_message

        def run(self) -> Outcome:
            return learner(*self._of)

        def cancel(self) -> None:
            pass

    monkeypatch.setattr("facelabel.simulation.trainings.Supervisor", Supervisor)
    return learner


def words(photos: Path, out: Path, *more: Any) -> tuple[Any, ...]:
    table = photos / "list.csv"
    lists = ("--pool", f"{table}:split=pool", "--test", f"{table}:split=dev")
    return ("simulate", photos, *lists, "--budgets", "10", "--first-batch", "4", "--batch", "3", "--out", out, *more)


def test_a_study_and_its_reports(photos: Path, tmp_path: Path, facelabel: Command, quick: Learner) -> None:
    files = [
        tmp_path / f"study{suffix}" for suffix in (".json", ".md", ".csv", ".html", ".png", ".svg", ".pdf", ".npz")
    ]
    reports = [word for file in files for word in ("--report", file)]
    asked = ("--strategies", "random,nnm,typiclust+hybrid-typical", "--seeds", "7", "--at", "7,10", "--title", "Ours")
    told = facelabel(*words(photos, tmp_path / "out", *asked, *reports, "--json"))
    assert told.code == 0, told
    document = told.document
    assert {k: v for k, v in document.items() if k not in ("out", "files")} == json.loads(files[0].read_text())
    headline = document["headline"]
    assert (headline["against"], headline["seeds"], headline["pool"], headline["test_faces"]) == ("random", 7, 24, 6)
    assert {(d["arm"], d["labels"]) for d in headline["differences"]} == {
        (name, labels) for name in ("nnm", "typiclust+hybrid-typical") for labels in (7, 10, None)
    }
    assert {d["pairs"] for d in headline["differences"]} == {7}
    assert [(s["arm"], s["labels"]) for s in headline["savings"]][:2] == [("nnm", 7), ("typiclust+hybrid-typical", 7)]
    assert len(headline["sentences"]) == 6
    assert "at 7 labels: NME" in headline["sentences"][0]
    assert document["nme_before_labels"]["scaf-tiny"] > 0
    assert {len(curve["nme"]) for curve in document["curves"]} == {3}

    text = files[1].read_text()
    assert text.startswith("# Ours\n")
    assert all(sentence in text for sentence in headline["sentences"])
    assert "a pool of 24 faces" in text
    rows = list(csv.DictReader(files[2].read_text().splitlines()))
    assert len(rows) == 3 * 7 * 3
    assert float(rows[0]["nme"]) == pytest.approx(document["curves"][0]["nme"][0], abs=1e-5)
    page = files[3].read_text()
    assert page.count("<svg") == 3
    assert "<script" not in page
    assert not re.search(r'(src|href)="http', page)
    with Image.open(files[4]) as picture:
        assert np.ptp(np.asarray(picture.convert("L"))) > 100
    assert ElementTree.parse(files[5]).getroot().tag.endswith("svg")
    assert files[6].read_bytes().startswith(b"%PDF")
    with np.load(files[7]) as errors:
        assert len(errors.files) == 3 * 7 * 3
        assert errors["0/nnm/7"].shape == (6,)
        assert 100 * errors["0/nnm/7"].mean() == pytest.approx(document["curves"][1]["nme"][1], abs=1e-4)

    count = len(quick.jobs)
    shown = facelabel(*words(photos, tmp_path / "out", *asked))
    assert len(quick.jobs) == count
    assert "scaf-tiny, 10 labels, 3 a round" in shown.out
    assert "scaf-tiny seed 6" in shown.err
    assert headline["sentences"][0] in shown.out


def test_halves_of_one_folder_and_another_folder(
    photos: Path, copied: Path, tmp_path: Path, facelabel: Command, quick: Learner
) -> None:
    common = (
        "--budgets",
        "8",
        "--first-batch",
        "4",
        "--batch",
        "4",
        "--seeds",
        "1",
        "--out",
        tmp_path / "out",
        "--json",
    )
    table = photos / "list.csv"
    rest = facelabel("simulate", photos, "--test", f"{table}:split=dev", *common).document
    assert (rest["headline"]["pool"], rest["headline"]["test_faces"]) == (24, 6)
    for number in range(5):
        for suffix in (".png", ".pts"):
            (copied / f"{number}{suffix}").unlink()
    other = facelabel("simulate", photos, "--test", copied, *common).document
    assert (other["headline"]["pool"], other["headline"]["test_faces"]) == (30, 25)
    held = facelabel("simulate", photos, "--held-out", "0.5", *common).document
    assert (held["headline"]["pool"], held["headline"]["test_faces"]) == (15, 15)


def test_a_papers_protocol(tmp_path: Path, facelabel: Command, quick: Learner) -> None:
    def truth(face: FaceInput) -> np.ndarray:
        return np.zeros((98, 2)) + np.array(face.box[:2])

    folder = write_wflw(tmp_path / "wflw")
    quick._said = lambda face, labels, seed: (truth(face), np.ones(98), np.ones(3), 0.5, 0.5, 0.5, 0.5)  # type: ignore[method-assign]
    asked = (
        "--protocol",
        "paper-wflw",
        "--budgets",
        "4:1",
        "--first-batch",
        "2",
        "--seeds",
        "2",
        "--presets",
        "scaf-tiny",
    )
    told = facelabel("simulate", folder, *asked, "--out", tmp_path / "out", "--json")
    assert told.code == 0, told
    document = told.document
    assert [arm["strategy"] for arm in document["plan"]["arms"]] == [
        "random",
        "nnm",
        "entropy",
        "nnm",
        "entropy",
        "k-center",
    ]
    assert document["paper"]["nnm"]["50"] == 7.6
    assert (document["headline"]["pool"], document["headline"]["test_faces"]) == (4, 5)
    assert document["plan"]["start_from"] == "pretrained"
    training = next(job for job in quick.jobs if job.labels)
    assert training.train is not None
    assert training.train.changes["decoding"] == {"method": "argmax", "flip": False}
    own = ("--protocol", "paper-wflw", "--batch", "1", "--first-batch", "2", "--seeds", "1")
    bare = facelabel("simulate", folder, *own, "--budgets", "3", "--out", tmp_path / "bare", "--json")
    assert "no weights ship for scaf, it starts from nothing: --weights names a folder" in bare.err
    assert bare.document["plan"]["schedules"] == [{"first": 2, "batch": 1, "budget": 3}]
    refused = facelabel(
        "simulate", folder, "--protocol", "paper-wflw", "--presets", "scaf-tiny", "--out", tmp_path / "out"
    )
    refused.refused("a budget of 750 labels is more than the 4 faces")


def test_a_labelled_project(kept: Path, tmp_path: Path, facelabel: Command, quick: Learner) -> None:
    quick._truth = lambda face: np.add(face.box[:2], np.random.default_rng(0).uniform(0, 40, (68, 2)))
    told = facelabel(
        "simulate",
        kept / "p",
        "--held-out",
        "0.4",
        "--budgets",
        "2",
        "--first-batch",
        "2",
        "--out",
        tmp_path / "out",
        "--json",
    )
    assert told.code == 0, told
    assert (told.document["headline"]["pool"], told.document["headline"]["test_faces"]) == (2, 2)


def test_mistakes_are_one_line_and_nothing_runs(
    photos: Path, tmp_path: Path, facelabel: Command, quick: Learner
) -> None:
    out = tmp_path / "out"
    for more, said in (
        (("--strategies", "random,guess"), "no acquisition strategy 'guess'"),
        (("--budgets", "99"), "more than the 24 faces"),
        (("--budgets", "some"), "'some' is no budget"),
        (("--at", "8"), "no model is trained at 8 labels"),
        (("--presets", "huge"), "no model preset 'huge'"),
        (("--report", tmp_path / "study.docx"), "no kind of report"),
        (("--report", tmp_path / "none" / "study.md"), "no folder to put the report in"),
        (("--weights", tmp_path), "no pretrained weights here"),
        (("--scheme", "wflw-98"), "the label has 68|98"),
        (("--norm", "inter-pupil", "--scheme", "none-such"), "none-such"),
        (("--pool", "nowhere.csv"), "cannot be read"),
    ):
        told = facelabel(*words(photos, out, *more))
        assert told.code == 2, (more, told)
        assert re.search(said.replace("the label has 68|98", "98"), told.err), (more, told.err)
        assert len(told.err.strip().splitlines()) == 1, told.err
    facelabel("simulate", tmp_path / "nothing").refused("there is nothing here")
    assert not quick.jobs
    file = tmp_path / "file"
    file.write_text("")
    facelabel(*words(photos, file / "out")).refused("no folder can be made here")


def test_a_training_that_fails_is_told_at_the_end(
    photos: Path, tmp_path: Path, facelabel: Command, quick: Learner
) -> None:
    quick.fails = lambda spec: len(spec.labels) == 7 and spec.train is not None and spec.train.seed > 100_003
    told = facelabel(*words(photos, tmp_path / "out", "--seeds", "2", "--report", tmp_path / "r.md"))
    assert told.code == 2
    assert "not finished: random, seed 1, scaf-tiny" in told.err
    assert "not finished: nnm, seed 1" in told.err
    assert "## Not finished" in (tmp_path / "r.md").read_text()
    assert "scaf-tiny, 10 labels" in told.out


def test_stopped_by_the_person_it_says_where_it_goes_on(
    photos: Path, tmp_path: Path, facelabel: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    class Endless:
        def __init__(self, *_: Any) -> None:
            pass

        def run(self) -> Outcome:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            assert ended.wait(60)
            return Outcome("cancelled", "cancelled")

        def cancel(self) -> None:
            ended.set()

    monkeypatch.setattr("facelabel.simulation.trainings.Supervisor", Endless)
    # A shell that starts the tests in the background lets them ignore SIGINT.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        told = facelabel(*words(photos, tmp_path / "out", "--seeds", "1"))
    finally:
        signal.signal(signal.SIGINT, before)
    assert (told.code, told.out) == (130, "")
    assert "the same command goes on from there" in told.err
    assert ended.is_set()


@pytest.mark.timeout(400)
def test_killed_with_real_workers_it_goes_on(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    table = photos / "list.csv"
    asked = ["--pool", f"{table}:split=pool", "--test", f"{table}:split=dev", "--budgets", "5", "--first-batch", "3"]
    asked += ["--batch", "2", "--steps", "1", "--seeds", "1", "--strategies", "nnm", "--out", str(out), "--json"]
    command = [sys.executable, "-m", "facelabel", "simulate", str(photos), *asked]

    def records() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in out.glob(f"models/*/{RECORD}")}

    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    deadline = time.monotonic() + 180
    while len(records()) < 2 and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    before = records()
    assert len(before) >= 2
    done = subprocess.run(command, capture_output=True, env=environment, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    after = records()
    assert len(after) == 3
    assert {path: after[path] for path in before} == before
    (curve,) = json.loads(done.stdout)["curves"]
    assert curve["labels"] == [3, 5]
    assert all(0 < error < 100 for error in curve["nme"])
