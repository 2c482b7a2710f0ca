"""The guides are true: messages as the program has them, pictures that the script makes, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from facelabel.desk.actions import of_screen
from facelabel.ui.gallery import SHOTS
from facelabel.ui.i18n import FOLDER
from facelabel.ui.i18n.said import _recognised

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = ("user-guide.md", "lead-guide.md", "troubleshooting.md")


def messages() -> list[str]:
    """What stands in backquotes in the first column of the tables of troubleshooting.md, keys and commands aside."""
    rows = re.findall(r"^\| (.*?) \|", (DOCS / "troubleshooting.md").read_text(encoding="utf-8"), re.MULTILINE)
    return [message for row in rows for message in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("message", messages())
def test_a_message_of_the_guide_is_one_of_the_program(message: str) -> None:
    texts = {one.findtext("source", "") for one in Xml.parse(FOLDER / "facelabel_en.ts").iter("message")}
    in_program = any(message in path.read_text(encoding="utf-8") for path in (ROOT / "facelabel").rglob("*.py"))
    found = _recognised(message)
    assert message in texts or in_program or found is not None, message
    if found is not None and message not in texts:
        words = re.sub(r"\{\d+\}", "", found[0])
        assert len(words) > len(message) / 4, (message, found[0])


@pytest.mark.parametrize("name", GUIDES)
def test_links_and_pictures_are_there(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    shots = {f"{shot.name}-{choice}" for shot in SHOTS for choice in ("light", "dark")}
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not target.startswith("http"):
            assert (DOCS / target).exists(), target
        if target.startswith("images/"):
            assert Path(target).stem in shots, target


def test_the_quick_card_is_one_page_with_every_action(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); import quick_card; print(quick_card.page())"
    page = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert [action.id for action in of_screen("label") if action.text not in page] == []
    done = subprocess.run([sys.executable, ROOT / "scripts" / "quick_card.py", path], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert path.read_bytes().startswith(b"%PDF")
    assert (DOCS / "quick-card.pdf").read_bytes().startswith(b"%PDF")
