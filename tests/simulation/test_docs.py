"""docs/simulation.md names options that there are, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from facelabel.cli.app import app
from facelabel.cli.simulate import simulate
from tests.simulation.conftest import Learner

TEXT = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")
[EXAMPLE] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
ELSEWHERE = {"--subset", "--labels", "--errors"}
"""Of other commands."""


def test_options_are_there() -> None:
    command = typer.main.get_command(app).commands[simulate.__name__]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    named = set(re.findall(r"--[a-z][a-z-]+", TEXT))
    assert named - ELSEWHERE <= known
    assert {"--noise", "--tolerance", "--jobs", "--protocol", "--against", "--at"} <= named


def test_the_example_runs(photos: Path, learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "labelled").symlink_to(photos)
    names: dict[str, object] = {}
    exec(EXAMPLE.replace('["50"], 10, 10', '["8"], 4, 4'), names)
    monkeypatch.setattr("facelabel.simulation.trainings.Trainings._supervise", lambda self, *job: learner(*job))
    names["main"]()  # type: ignore[operator]
    assert "<svg" in (tmp_path / "study.html").read_text()
