"""Counts in what the commands and the layers below say: one face is one face."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from facelabel.cli.console import counted

ROOT = Path(__file__).resolve().parents[2] / "facelabel"
SPOKEN = ("campaign", "exchange", "desk", "quality", "acquisition", "cli")
COUNTED = re.compile(r"^ (\w+ )?(faces|labels|photos|rounds|duplicates)\b")
ELSEWHERE = {"agreement.py", "simulate.py", "pretrain.py", "rankings.py", "demo.py"}
"""Columns of tables, what plug-ins get wrong, and numbers that are thousands."""
GUARDED = {"f'{count:,} faces'", "f'all {len(left_out)} faces are'"}
"""With another text for one beside them."""


def test_one_is_one() -> None:
    assert [counted(n, "face") for n in (0, 1, 2, 2000)] == ["0 faces", "1 face", "2 faces", "2,000 faces"]


def test_no_sentence_puts_a_number_before_a_plural_that_is_always_there() -> None:
    found = []
    for package in SPOKEN:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.JoinedStr):
                    continue
                for value, after in zip(node.values, node.values[1:], strict=False):
                    if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant):
                        told = ast.unparse(node)
                        if told in GUARDED or path.name in ELSEWHERE or told.startswith("f'the pool has"):
                            continue
                        if COUNTED.match(str(after.value)) and not isinstance(value.value, ast.IfExp):
                            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {told}")
    assert found == []
