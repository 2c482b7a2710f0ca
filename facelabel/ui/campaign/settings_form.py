"""The settings of the next round: saved as soon as they are valid, the reason beside the field while they are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from facelabel import pretrained
from facelabel.acquisition import FUNCTIONS
from facelabel.campaign.settings import CampaignSettings
from facelabel.ui import words
from facelabel.ui.campaign.checks import problems
from facelabel.ui.card import Card, dim, set_role

FASTEST = 1e-4
"""Seconds per scored face below which an estimate would only be noise."""


class SettingsForm(Card):
    """Emits ``changed`` with every valid set of values, half a second after the last change."""

    changed = Signal(object)
    edited = Signal()
    """At every change, valid or not."""
    DELAY = 500

    def __init__(self, presets: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``presets`` are pairs (id, title)."""
        super().__init__("", parent)
        self.title.setText(self.tr("Settings of the next round"))
        self.setAccessibleName(self.title.text())
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}
        self._base = CampaignSettings()
        self._seconds_per_face: float | None = None
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(8)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._why = dim()
        self._weights = dim()
        self._begin = dim()
        self._cost = dim()
        self._build(presets)
        self.state = dim()
        self.state.setAccessibleName(self.tr("Whether the settings are saved"))
        self.body.addWidget(self.state)
        self.body.addStretch()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.DELAY)
        self._timer.timeout.connect(self.flush)
        self._fill(self._base)

    def _build(self, presets: Sequence[tuple[str, str]]) -> None:
        functions = [(info.id, info.title) for info in FUNCTIONS.values()]
        starts = [
            ("last", self.tr("the last model")),
            ("pretrained", self.tr("the pretrained weights")),
            ("scratch", self.tr("scratch")),
        ]
        faces = self.tr(" faces")
        self._add("function", self.tr("Choose faces by"), _choice(functions), 0, 0, width=2, note=self._why)
        self._add("budget", self.tr("Budget"), _number(faces), 1, 0)
        self._add("score_at_most", self.tr("Score at most"), _number(faces), 1, 1, note=self._cost)
        self._add("first_batch", self.tr("First batch"), _number(faces), 2, 0)
        self._add("batch", self.tr("Batch (K)"), _number(faces), 2, 1)
        self._add("discard", self.tr("Set aside as outliers"), _percent(), 3, 0)
        self._add("holdout", self.tr("Hold out to measure"), _percent(), 3, 1)
        self._add("preset", self.tr("Model"), _choice(presets), 4, 0)
        self._add("start_from", self.tr("Train from"), _choice(starts), 4, 1)
        self._grid.addWidget(self._weights, 5, 0, 1, 2)
        self._grid.addWidget(self._begin, 6, 0, 1, 2)

    def _add(
        self,
        name: str,
        caption: str,
        field: QWidget,
        row: int,
        column: int,
        *,
        width: int = 1,
        note: QLabel | None = None,
    ) -> None:
        field.setAccessibleName(caption)
        error = dim(role="error")
        error.hide()
        label = QLabel(caption)
        label.setBuddy(field)
        cell = QVBoxLayout()
        cell.setSpacing(3)
        for widget in (label, field, note, error):
            if widget is not None:
                cell.addWidget(widget)
        cell.addStretch()
        self._grid.addLayout(cell, row, column, 1, width)
        self._fields[name], self._errors[name] = field, error
        if isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self._edited)
        elif isinstance(field, QSpinBox | QDoubleSpinBox):
            field.valueChanged.connect(self._edited)

    def field(self, name: str) -> QWidget:
        return self._fields[name]

    def error(self, name: str) -> str:
        """What is wrong with a field, or an empty text."""
        return self._errors[name].text()

    def values(self) -> dict[str, Any]:
        """Every setting as the form has it, valid or not."""
        found: dict[str, Any] = self._base.model_dump()
        for name, field in self._fields.items():
            if isinstance(field, QComboBox):
                found[name] = field.currentData()
            elif isinstance(field, QDoubleSpinBox):
                found[name] = round(field.value() / 100, 4)
            elif isinstance(field, QSpinBox):
                found[name] = field.value()
        return found

    def show_settings(self, settings: CampaignSettings) -> None:
        """Fill the form from the project; leaves it alone while a change waits to be saved or put right."""
        if self._timer.isActive() or problems(self.values()):
            return
        self._fill(settings)

    def _fill(self, settings: CampaignSettings) -> None:
        self._base = settings
        for name, value in settings.model_dump().items():
            field = self._fields.get(name)
            if field is None:
                continue
            with QSignalBlocker(field):
                if isinstance(field, QComboBox):
                    field.setCurrentIndex(max(0, field.findData(value)))
                elif isinstance(field, QDoubleSpinBox):
                    field.setValue(value * 100)
                elif isinstance(field, QSpinBox):
                    field.setValue(value)
        self._explain()
        self._say(self.tr("Saved as you go; applies from the next round."), "dim")

    def show_pace(self, seconds_per_face: float | None) -> None:
        """How long scoring a face took the last time, for the estimate beside 'Score at most'."""
        self._seconds_per_face = seconds_per_face
        self._explain()

    def set_read_only(self, read_only: bool) -> None:
        for field in self._fields.values():
            field.setEnabled(not read_only)
        if read_only:
            self._say(self.tr("The project is open read-only."), "dim")

    def flush(self) -> None:
        """Save what waits to be saved, if it is valid."""
        self._timer.stop()
        if not self.isEnabled() or self._check():
            return
        settings = CampaignSettings.model_validate(self.values())
        if settings != self._base:
            self._base = settings
            self.changed.emit(settings)
            self._say(self.tr("Saved: applies from the next round."), "ok")
        else:
            self._say(self.tr("Nothing changed."), "dim")

    def _edited(self) -> None:
        self.edited.emit()
        self._explain()
        if self._check():
            self._timer.stop()
        else:
            self._say(self.tr("Saving…"), "dim")
            self._timer.start()

    def _check(self) -> bool:
        """Show what is wrong beside the fields; True if anything is."""
        wrong = problems(self.values())
        for name, field in self._fields.items():
            text = wrong.get(name, "")
            self._errors[name].setText(text)
            self._errors[name].setVisible(bool(text))
            if bool(field.property("invalid")) != bool(text):
                field.setProperty("invalid", bool(text))
                field.style().unpolish(field)
                field.style().polish(field)
        if wrong:
            self._say(self.tr("Not saved: put the marked settings right."), "error")
        return bool(wrong)

    def _explain(self) -> None:
        values = self.values()
        self._why.setText(FUNCTIONS[values["function"]].text)
        self._weights.setText(self.tr("Weights: {}").format(self._weights_of(values)))
        self._begin.setText(
            {
                "last": self.tr("Each round goes on from the last, the first from the weights."),
                "pretrained": self.tr("Every round starts anew from the weights, as in the papers."),
                "scratch": self.tr("Every round starts anew, without weights."),
            }[values["start_from"]]
        )
        pace = self._seconds_per_face
        if pace is None or pace < FASTEST:
            self._cost.setText(self.tr("time shown after a round"))
        else:
            self._cost.setText(self.tr("about {} a round").format(words.duration(pace * values["score_at_most"])))

    def _weights_of(self, values: dict[str, Any]) -> str:
        if values["pretrained"] != pretrained.SHIPPED:
            return self.tr("of your own, {}").format(values["pretrained"])
        return pretrained.start_of(values["preset"]).text

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        set_role(self.state, role)


def _choice(items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for key, title in items:
        box.addItem(title, key)
    return box


def _number(suffix: str) -> QSpinBox:
    """Wider than what is allowed: a wrong number is answered in words instead of being swallowed."""
    box = QSpinBox()
    box.setRange(0, 1_000_000_000)
    box.setGroupSeparatorShown(True)
    box.lineEdit().setTextMargins(5, 0, 0, 0)
    box.setSuffix(suffix)
    box.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    return box


def _percent() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, 100)
    box.setDecimals(0)
    box.lineEdit().setTextMargins(5, 0, 0, 0)
    box.setSuffix(" %")
    return box
