"""Nothing, one and several: no text of the window counts "1 faces"."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from facelabel.exchange.importing import ImportReport
from facelabel.ui import i18n, words
from facelabel.ui.campaign import fields
from facelabel.ui.campaign.forecast_card import ForecastCard
from facelabel.ui.data.filter_bar import FilterBar
from facelabel.ui.dialogs.import_dialog import told
from tests.ui.shell import campaign_status

SOURCES = Path(__file__).resolve().parents[2] / "facelabel" / "ui"
THINGS = "faces|labels|photos|points|landmarks|images|rounds|files|duplicates|annotators|people|versions|corrections"
ONE_OF_MANY = re.compile(rf"\b1 (\w+ )?({THINGS})\b")
COUNTED = re.compile(rf"\{{[^}}]*\}} (\w+ )?({THINGS})\b")
AT_LEAST = re.compile(rf"(at least|least) \{{[^}}]*\}} (\w+ )?({THINGS})|of \{{\}} audit faces\. Each")
"""Of a limit of the program, which is more than one."""


def of_status(n: int) -> list[str]:
    phases = [
        campaign_status(phase="empty", open_faces=n, labels=0),
        campaign_status(phase="labelling", batch_done=0, batch_size=n),
        campaign_status(phase="ready-to-train", batch_size=n),
        campaign_status(phase="training", labels=n),
    ]
    return [words.state(one) for one in phases]


def of_import(n: int) -> list[str]:
    report = ImportReport(images=n, faces=n, labels=n, duplicates=n)
    return [told(report, lambda text, comment="", count=-1: QCoreApplication.translate("x", text, comment, count))]


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize("say", [of_status, of_import])
def test_sentences_count_rightly(say: Callable[[int], list[str]], n: int) -> None:
    for text in say(n):
        assert "(s)" not in text
        assert not ONE_OF_MANY.search(text), text
        if n == 2:
            assert not re.search(r"\b2 (\w+ )?(face|label|photo|point|landmark)\b", text), text


def test_widgets_count_rightly(qtbot: QtBot) -> None:
    card, bar = ForecastCard(), FilterBar()
    qtbot.addWidget(card)
    qtbot.addWidget(bar)
    said = []
    for n in (1, 2, 1000):
        card._ahead.setValue(n)
        bar.show_count(n)
        said.append((card._ahead.text(), bar.count.text()))
    assert said == [("1 label", "1 face"), ("2 labels", "2 faces"), ("1,000 labels", "1,000 faces")]
    bar.show_count(0)
    assert bar.count.text() == "0 faces"


def test_the_english_file_has_a_form_for_one() -> None:
    for message in Xml.parse(i18n.FOLDER / "facelabel_en.ts").iter("message"):
        if message.get("numerus") == "yes":
            one, many = (form.text or "" for form in message.iter("numerusform"))
            assert one != many, message.findtext("source")


def test_whoever_counts_things_asks_for_the_form_that_belongs_to_the_number() -> None:
    found = []
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name != "tr" or len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
                continue
            text = str(node.args[0].value)
            if COUNTED.search(AT_LEAST.sub("", text)):
                found.append(f"{path.name}:{node.lineno}: {text}")
    assert found == []


def test_fields_count_rightly(qtbot: QtBot) -> None:
    field = fields.number(lambda count: QCoreApplication.translate("x", " face(s)", "", count), "no limit")
    box = field.widget
    assert isinstance(box, QSpinBox)
    qtbot.addWidget(box)
    said = []
    for n in (1, 2, None):
        field.write(n)
        said.append(box.text())
    box.setValue(1)
    assert [*said, box.text()] == ["1 face", "2 faces", "no limit", "1 face"]
