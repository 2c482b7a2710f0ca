"""``kill -9`` at random moments of the loop: nothing that the window showed as saved may be lost.

    python -m benchmarks.kill [--kills 50] [--seed 0] [--write docs/results/kill.md]

A driver process (``kill_window.py``) runs the real window without a display. A simulated person labels there with real
events in some tenths of a second a face, training starts by itself, and the driver tells on a pipe what the window
shows as saved.
This process kills the driver or its worker at seeded moments, some of them aimed at commits and at the intake of a
result, then opens the project, checks it against what was told, and goes on with the same project. Needs Linux's /proc.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from benchmarks.kill_window import PATIENCE, Driver, Journal, fingerprint, seconds_to_end
from facelabel.campaign.loop import Campaign
from facelabel.desk.session import EditSession
from facelabel.exchange.demo import build_demo
from facelabel.store import drafts, jobs, labels, versions
from facelabel.store.project import Project

Target = Literal["window", "worker"]
ORPHAN_SECONDS = 2.0


# What must hold after a kill


def check(folder: Path, journal: Journal, *, recover: bool) -> list[str]:
    """What is wrong with the project, one line each. Without ``recover`` that is left to the next window."""
    wrong = []
    with Project.open(folder) as project:
        campaign = Campaign(project)
        if recover:
            campaign.recover()
        with project.reading() as s:
            if recover and jobs.running(s):
                wrong.append("a job is still noted as running after the recovery")
            for version in versions.all(s):
                place = project.models_folder / f"v{version.number:04d}"
                if not {"model.json", "weights.safetensors"} <= {path.name for path in place.glob("*")}:
                    wrong.append(f"the files of model version {version.number} are not there")
            newest = {face: fingerprint(record) for face, (_, record) in labels.newest_of(s, None).items()}
            for face_id, mark in journal.labels.items():
                if newest.get(face_id) != mark:
                    wrong.append(f"label of face {face_id}: shown as saved {mark}, stored {newest.get(face_id)}")
            for face_id, mark in journal.drafts.items():
                stored = drafts.get(s, face_id)
                may = journal.since[face_id] | {mark}
                if stored is None:
                    if newest.get(face_id) not in may:
                        wrong.append(f"draft of face {face_id}: shown as saved {mark}, neither it nor a label is there")
                elif not _states(EditSession.from_content(project.scheme, stored["session"])) & may:
                    wrong.append(f"draft of face {face_id}: shown as saved {mark}, another state is stored")
        campaign.status()
    with closing(sqlite3.connect(folder / "project.sqlite")) as plain:
        wrong += [f"integrity_check: {row[0]}" for row in plain.execute("PRAGMA integrity_check") if row[0] != "ok"]
        wrong += [f"foreign_key_check: {row}" for row in plain.execute("PRAGMA foreign_key_check")]
    return wrong


def _states(session: EditSession) -> set[str]:
    """The state of a draft and those one step away: one edit may be stored that the window had no time to tell of."""
    found = {fingerprint(session.record())}
    for there, back in ((session.undo, session.redo), (session.redo, session.undo)):
        if there() is not None:
            found.add(fingerprint(session.record()))
            back()
    return found


# The kills


@dataclass(frozen=True)
class Moment:
    """When to kill: ``delay`` seconds after the next line that begins with ``line`` (at once if there is none)."""

    name: str
    target: Target
    line: tuple[str, ...]
    delay: float


def plan(kills: int, rng: np.random.Generator) -> list[Moment]:
    """Seven in ten at the window, the rest at the worker; half at any time, half aimed at a step of the loop."""
    window: list[tuple[str, tuple[str, ...], float]] = [
        ("any time", (), 3.0),
        ("a label is committed", ("SPACE",), 0.012),
        ("any time", (), 1.0),
        ("a draft is committed", ("DID",), 0.008),
        ("the result is taken in", ("PHASE", "save"), 0.4),
        ("any time", (), 2.0),
        ("the worker starts", ("PHASE", "load"), 1.5),
    ]
    worker: list[tuple[str, tuple[str, ...], float]] = [
        ("the worker trains", ("PHASE", "train"), 0.5),
        ("the worker starts", ("PHASE", "load"), 2.0),
        ("the worker scores", ("PHASE", "score"), 0.3),
    ]
    moments: list[Moment] = []
    for number in range(kills):
        target: Target = "worker" if number % 10 in (2, 5, 8) else "window"
        kinds = worker if target == "worker" else window
        name, line, most = kinds[sum(moment.target == target for moment in moments) % len(kinds)]
        moments.append(Moment(name, target, line, float(rng.uniform(0.0, most))))
    return moments


@dataclass(frozen=True)
class Killed:
    """What came of a kill. ``after``: seconds that the window's worker lived on, or that the retry took."""

    moment: Moment
    phase: str
    labels: int
    drafts: int
    wrong: list[str]
    after: float | None


class Killer:
    """A project and the window on it, again and again."""

    def __init__(self, folder: Path, seed: int, log: Path, say: Callable[[str], None]) -> None:
        self.folder, self.log, self.journal = folder, log, Journal()
        self._seed, self._say, self._lives = seed, say, 0
        self._driver: Driver | None = None

    def run(self, moment: Moment) -> Killed:
        driver = self._driver or self._open()
        driver.forget_lines()
        if moment.line:
            driver.wait_for(*moment.line)
        time.sleep(moment.delay)
        phase = driver.phase
        done = self._kill_window(driver) if moment.target == "window" else self._kill_worker(driver)
        wrong, after = done
        killed = Killed(moment, phase, len(self.journal.labels), len(self.journal.drafts), wrong, after)
        self._say(
            f"{moment.target:6}  {moment.name:24}  {phase:10}  {killed.labels:4} labels  "
            + (f"{after:5.2f} s" if after is not None else "")
            + "".join(f"\n    {line}" for line in wrong)
        )
        return killed

    def close(self) -> None:
        if self._driver is not None:
            self._driver.kill()

    def _open(self) -> Driver:
        self._lives += 1
        self._driver = Driver(self.folder, self.journal, self._seed + self._lives, self.log)
        if self._lives % 4 and self._driver.wait_for("READY", seconds=60.0) is None:  # Every fourth may die opening.
            raise RuntimeError(f"the window does not open, see {self.log}")
        return self._driver

    def _kill_window(self, driver: Driver) -> tuple[list[str], float | None]:
        orphans = driver.workers()
        driver.kill()
        self._driver = None
        lived = seconds_to_end(orphans, ORPHAN_SECONDS) if orphans else None
        wrong = [f"a worker outlived its window by {ORPHAN_SECONDS} s"] if orphans and lived is None else []
        # Every second recovery is the window's own, at its next start.
        return wrong + check(self.folder, self.journal, recover=self._lives % 2 == 0), lived

    def _kill_worker(self, driver: Driver) -> tuple[list[str], float | None]:
        start = time.monotonic()
        while not (workers := driver.workers()):
            if time.monotonic() - start > PATIENCE:
                return ["there was no worker to kill"], None
            time.sleep(0.02)
        start = time.monotonic()
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wrong = []
        if driver.wait_for("LOG") is None:
            wrong.append("the window said nothing of a second try")
        ended = driver.wait_for("ENDED", seconds=180.0)
        if ended is None or ended[2] != "done":
            wrong.append(f"the second try did not succeed: {ended}")
        took = time.monotonic() - start
        if driver.wait_for("SAVED", "label", seconds=20.0) is None:
            wrong.append("labelling did not go on")
        return wrong, took


def prepare(folder: Path, faces: int, seed: int) -> None:
    """A demo project whose rounds take a few seconds."""
    with build_demo(folder, faces, seed) as project:
        campaign = Campaign(project)
        quick: dict[str, Any] = {
            "budget": faces,
            "first_batch": 4,
            "batch": 4,
            "steps": 4,
            "score_at_most": 12,
            "holdout": 0.1,
        }
        quick["start_from"] = "scratch"  # no pass over all faces at opening: its load would come before the first kill
        campaign.change(campaign.settings.model_copy(update=quick), "benchmark")


def report(done: list[Killed], seconds: float, faces: int) -> str:
    """The kills by what they hit, what they were aimed at, and what was found."""
    lines = [
        "# kill -9 at random moments of the loop",
        "",
        "Written by `python -m benchmarks.kill --write docs/results/kill.md`, which says how it is done.",
        "",
        "| killed | aimed at | kills | the loop was at | wrong |",
        "|---|---|---|---|---|",
    ]
    for target in ("window", "worker"):
        for name in dict.fromkeys(one.moment.name for one in done if one.moment.target == target):
            these = [one for one in done if one.moment.target == target and one.moment.name == name]
            phases = ", ".join(f"{phase} {count}" for phase, count in Counter(one.phase for one in these).most_common())
            lines.append(f"| {target} | {name} | {len(these)} | {phases} | {sum(len(one.wrong) for one in these)} |")
    last = done[-1]
    orphans = [one.after for one in done if one.moment.target == "window" and one.after is not None]
    retries = [one.after for one in done if one.moment.target == "worker" and one.after is not None]
    windows = [one for one in done if one.moment.target == "window"]
    lines += [
        "",
        f"- {len(windows)} kills of the window, {len(done) - len(windows)} of the worker, in {seconds:.0f} s; one "
        f"project of {faces} faces all along, {last.labels} labels shown as saved in the end",
        "- after every kill of the window all that was ever shown as saved was compared with the store, bit for bit: "
        f"{sum(one.labels for one in windows):,} times a label, {sum(one.drafts for one in windows):,} times an "
        "unfinished face with its undo history",
        f"- wrong: {sum(len(one.wrong) for one in done)}",
        f"- a worker without its window ended by itself after {max(orphans, default=0):.2f} s at most "
        f"({len(orphans)} times)",
        f"- a killed worker's job was done at half the batch after {max(retries, default=0):.1f} s at most, the window "
        f"labelling on ({len(retries)} times)",
        "",
    ]
    lines += [f"- {one.moment.target}, {one.moment.name}: {text}" for one in done for text in one.wrong]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--faces", type=int, default=300, help="faces of the project")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the report there as well")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facelabel-kill-") as home:
        os.environ["FACELABEL_HOME"] = home
        folder, log = Path(home) / "project", Path(home) / "window.log"
        prepare(folder, given.faces, given.seed)
        start = time.monotonic()
        killer = Killer(folder, given.seed, log, lambda line: print(line, file=sys.stderr, flush=True))
        try:
            done = [killer.run(moment) for moment in plan(given.kills, np.random.default_rng(given.seed))]
        finally:
            killer.close()
            print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
    text = report(done, time.monotonic() - start, given.faces)
    print(text)
    if given.write is not None:
        given.write.write_text(text, encoding="utf-8")
    return 1 if any(one.wrong for one in done) else 0


if __name__ == "__main__":
    sys.exit(main())
