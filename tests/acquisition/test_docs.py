"""The examples of docs/acquisition.md run, and its table names every strategy with what it needs."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facelabel.acquisition import BUILT_IN, Pool, choose, problems, registry, strategies

TEXT = (Path(__file__).parents[2] / "docs" / "acquisition.md").read_text(encoding="utf-8")
USE, OWN = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
[POINT] = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_first_example_prints_a_reason_for_each_face(capsys: pytest.CaptureFixture[str]) -> None:
    exec(USE, {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all("Typical among the uncertain" in line for line in lines)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The lab's package of the docs as an installer leaves it: a module, and the entry point beside it."""
    (tmp_path / "our_lab").mkdir()
    (tmp_path / "our_lab" / "strategies.py").write_text(OWN, encoding="utf-8")
    about = tmp_path / "our_lab-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our_lab\nVersion: 1.0\n", encoding="utf-8")
    [groups] = tomllib.loads(POINT)["project"].values()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in points.items())
        for group, points in groups.items()
    ]
    (about / "entry_points.txt").write_text("".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    registry.installed.cache_clear()
    yield
    registry.installed.cache_clear()
    for name in ("our_lab", "our_lab.strategies"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("package")
def test_the_own_strategy_of_twenty_lines_is_found_and_chooses() -> None:
    assert len(OWN.splitlines()) <= 22
    assert problems() == ()
    assert strategies()["jaw"].title == "Vague jaw line"
    confidence = np.full((30, 68), 0.9)
    confidence[11, :17] = 0.1
    confidence[12, 17:] = 0.1
    choice = choose("jaw", Pool(np.zeros(30, dtype=bool), confidence=confidence), 1, parameters={"discard": 0})
    assert choice.faces == (11,)
    assert choice.notice is None


def test_the_table_names_every_strategy_and_its_needs() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([a-z, ]*) ?\|", TEXT, flags=re.MULTILINE))
    told = {name: tuple(need for need in needs.strip().split(", ") if need) for name, needs in rows.items()}
    assert told == {one.id: one.needs for one in BUILT_IN}
