"""The examples of docs/acquisition.md run, and its table names every strategy with what it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from facelabel.acquisition import BUILT_IN, Pool, choose

TEXT = (Path(__file__).parents[2] / "docs" / "acquisition.md").read_text(encoding="utf-8")
USE, OWN = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_first_example_prints_a_reason_for_each_face(capsys: pytest.CaptureFixture[str]) -> None:
    exec(USE, {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all("Typical among the uncertain" in line for line in lines)


def test_the_own_strategy_of_twenty_lines_chooses() -> None:
    names: dict[str, Any] = {}
    exec(OWN, names)
    assert len(OWN.splitlines()) <= 22
    confidence = np.full((30, 68), 0.9)
    confidence[11, :17] = 0.1
    confidence[12, 17:] = 0.1
    choice = choose(names["jaw"], Pool(np.zeros(30, dtype=bool), confidence=confidence), 1, parameters={"discard": 0})
    assert choice.faces == (11,)
    assert choice.notice is None


def test_the_table_names_every_strategy_and_its_needs() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([a-z, ]*) ?\|", TEXT, flags=re.MULTILINE))
    told = {name: tuple(need for need in needs.strip().split(", ") if need) for name, needs in rows.items()}
    assert told == {one.id: one.needs for one in BUILT_IN}
