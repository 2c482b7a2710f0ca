"""Every text that a person sees can be translated: with a language of brackets, no text stands outside of them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.ui import i18n
from facelabel.ui.attribute_chips import AttributeChips
from facelabel.ui.i18n.said import said
from tests.ui.walking import project_with_history, walk, window_on

ROOT = Path(__file__).resolve().parents[2]
OPEN, CLOSE = "⟦", "⟧"
DATA = re.compile(
    r"facelabel[ \d.a-z]*|nbsp|tester|test|fake|device|SCAF|WFLW|COFW|AFLW"
    r"|scaf-tiny|GB|png|annotator|anna|project|p|photos|thumbnails|Python|NumPy|PySide6|NME|nnm|NNM"
    r"|[\w./\\~-]+\.(png|jpg|csv|toml|txt|md)|/[\w./-]+|[a-z]+://\S+|v\d+|px|s|ms|min|h|ID"
    r"|Ctrl|Shift|Alt|Meta|Tab|Space|Enter|Return|Esc|Del|Delete|PgUp|PgDown|Backspace|F\d+|[A-Z]|Up|Down|Left|Right"
)
"""What is nobody's to translate: names, paths, units, keys. A word outside of brackets has to be one of these."""
NAMES = {
    part
    for landmark in schemes.load("300w-68").landmarks
    for part in (landmark.name, landmark.name.removeprefix(f"{landmark.group}-"))
}
"""The scheme's own names, which stand so in exported files."""
WORD = re.compile(r"[A-Za-z][\w'’-]+")


class Brackets(QTranslator):
    """Puts every text of the catalogue, and every text of Qt, into brackets; leaves out what translators never see."""

    def __init__(self) -> None:
        super().__init__()
        catalogue = Xml.parse(i18n.FOLDER / "facelabel_en.ts")
        self.known = {message.findtext("source") for message in catalogue.iter("message")}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        if sourceText in self.known or context.startswith("Q"):
            return f"{OPEN}{sourceText}{CLOSE}"
        return None


@pytest.fixture
def brackets(qapp: QApplication) -> Iterator[Brackets]:
    made = Brackets()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def outside(text: str) -> list[str]:
    """The words of a text that stand in no bracket."""
    depth, kept = 0, []
    for letter in re.sub(r"<[^>]*>", " ", text):
        depth += (letter == OPEN) - (letter == CLOSE)
        kept.append(letter if depth == 0 and letter != CLOSE else " ")
    words = WORD.findall(re.sub(r"/[^ ,]*|&nbsp;", " ", "".join(kept)))
    return [word for word in words if not DATA.fullmatch(word) and word not in NAMES]


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything that is written on a screen, pops up over it or is read out, and where."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox)):
            continue
        kind = type(widget).__name__
        for what in ("toolTip", "accessibleName", "windowTitle", "statusTip"):
            yield f"{kind}.{what}", getattr(widget, what)()
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield kind, widget.text().replace("&", "")
        elif isinstance(widget, QGroupBox):
            yield kind, widget.title()
        elif isinstance(widget, QLineEdit):
            yield f"{kind}.placeholder", widget.placeholderText()
        elif isinstance(widget, QComboBox):
            for place in range(widget.count()):
                yield kind, widget.itemText(place)
        elif isinstance(widget, QAbstractSpinBox):
            yield kind, re.sub(r"[\d.,\s%×-]", " ", widget.text())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((f"{kind} item", text) for text in of_model(widget.model()))
        if isinstance(widget, QMenu):
            yield from ((f"{kind} entry", action.text().replace("&", "")) for action in widget.actions())


def of_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    index = QModelIndex() if parent is None else parent
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(index)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(index), 30)):
            cell = model.index(row, column, index)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                value = model.data(cell, role)
                yield value if isinstance(value, str) else ""
            if column == 0 and not isinstance(model, QAbstractListModel):
                yield from of_model(model, cell)


def test_every_text_of_every_screen_is_translatable(qtbot: QtBot, tmp_path: Path, brackets: Brackets) -> None:
    window = window_on(qtbot, project_with_history(tmp_path))
    seen, found = 0, set()
    for shot, root in walk(qtbot, window):
        for where, text in texts(root):
            seen += bool(text.strip())
            if words := outside(text):
                found.add(f"{shot}: {where}: {text!r}: {words}")
    for action in window.menuBar().findChildren(QAction):
        if words := outside(action.text().replace("&", "")):
            found.add(f"action: {action.text()!r}: {words}")
    assert seen > 500
    assert sorted(found) == []


def test_face_attributes_are_translatable(qtbot: QtBot, brackets: Brackets) -> None:
    """The walk is through a project of a scheme without any."""
    chips = AttributeChips(schemes.load("wflw-98"))
    qtbot.addWidget(chips)
    chips.show()
    chips.show_values({"pose": True, "blur": False})
    found = {f"{where}: {text!r}" for where, text in texts(chips) if outside(text)}
    assert sorted(found) == []


def test_the_files_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "translations.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_english_has_all_its_plurals_and_loads(qapp: QApplication) -> None:
    messages = list(Xml.parse(i18n.FOLDER / "facelabel_en.ts").iter("message"))
    plural = [message for message in messages if message.get("numerus") == "yes"]
    assert plural
    for message in plural:
        source = message.findtext("source", "")
        one, many = (form.text or "" for form in message.iter("numerusform"))
        # A unit behind the number of a field begins with a space.
        assert "%n" in source or "{" in source or source.startswith(" "), f"where does the number go in {source!r}?"
        assert "(s)" not in one + many, source
    translator = i18n.Translator()
    assert translator.load_language(QLocale("en_GB"))
    qapp.installTranslator(translator)
    try:
        told = [QCoreApplication.translate("anything", "%n face(s) rejected", "", n) for n in (1, 2)]
        assert told == ["1 face rejected", "2 faces rejected"]
    finally:
        qapp.removeTranslator(translator)


def test_a_language_is_taken_by_the_locale(qapp: QApplication, tmp_path: Path) -> None:
    """A translator's file is found by the language of the desktop, for any class that shows the text."""
    source = (i18n.FOLDER / "facelabel_en.ts").read_text(encoding="utf-8").replace('language="en"', 'language="de"', 1)
    catalogue = Xml.fromstring(source)
    for message in catalogue.iter("message"):
        if message.findtext("source") == "All keys":
            translation = message.find("translation")
            assert translation is not None
            translation.text = "Alle Tasten"
            translation.attrib.clear()
    (tmp_path / "facelabel_de.ts").write_bytes(Xml.tostring(catalogue))
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", tmp_path / "facelabel_de.ts"], check=True, capture_output=True)
    translator = i18n.Translator()
    assert not translator.load_language(QLocale("fr_FR"), tmp_path)
    assert translator.load_language(QLocale("de_AT"), tmp_path)
    qapp.installTranslator(translator)
    try:
        assert said("All keys") == QCoreApplication.translate("KeysOverlay", "All keys") == "Alle Tasten"
        assert said("Next face") == "Next face"
    finally:
        qapp.removeTranslator(translator)


def test_sentences_of_the_layers_below_are_recognised_with_their_values(brackets: Brackets) -> None:
    assert said("landmark 3 was moved by -2 pixels") == "⟦landmark 3 was moved by -2 pixels⟧"
    assert said("somebody's photo.jpg") == "somebody's photo.jpg"
    assert said(None) == ""
    first, second = "no face is left to label", "label some, or export predictions too"
    assert said(f"{first}; {second}") == f"⟦{first}⟧; ⟦{second}⟧"
    notice = "The stored setting colour is not known here and is left out"
    assert said(notice) == f"⟦{notice[:1].lower()}{notice[1:]}⟧"
    assert said("Of the 100 that a batch asks for, only 6 can be had").startswith("⟦of the 100")


TOOLS = {"gallery.py", "inspection.py", "screenshots.py"}
"""Of no annotator's window."""
NOT_SHOWN = re.compile(
    r"<span style=|^(not a face|too blurred or small|cut off or hidden|same face twice|sent back|to review|move face)$"
    r"|^(unsure where points go|for somebody else|bad box|box taken back)$"
)
"""Markup, and reasons and names as the project keeps them: what is shown in their place is translated."""
TRANSLATED = {"tr", "translate", "said", "QT_TR_NOOP", "setStyleSheet", "Template"} | {
    "add_argument",
    "ArgumentParser",
    "print",
}


def test_no_text_of_the_window_is_written_without_a_door_for_translators() -> None:
    """What is painted is on no widget where it could be read: so the sources are read too."""
    prose = re.compile(r"[A-Za-z][a-z]+[,:]? [a-z]")
    found = []
    for path in sorted((ROOT / "facelabel" / "ui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fine: set[int] = set()
        for node in ast.walk(tree):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            shielded = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if shielded or name in TRANSLATED or name.endswith("Error"):
                fine |= {id(part) for part in ast.walk(node)}
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in fine
            and path.name not in TOOLS
            and prose.search(node.value)
            and not NOT_SHOWN.search(node.value)
        ]
    assert found == []
