"""Where the campaign stands, in words, what is left of the budget, and what counts to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from facelabel.ui import theme, words
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said

if TYPE_CHECKING:
    from facelabel.campaign.loop import CampaignStatus, Outlook

_STEPS = 1000
"""Of the bars: finer than anybody sees."""


class StatusCard(Card):
    label_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("State of the campaign"))
        self.title.setText(self.tr("Reading the project…"))
        self.title.setFont(theme.heading(self.font(), 1.5))
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._faces, self._hours = _bar(self.tr("Budget of faces spent")), _bar(self.tr("Budget of hours spent"))
        self._hours.hide()
        self._budget, self._counts, self._facts = QLabel(), dim(), dim()
        self._budget.setWordWrap(True)
        self._counts.setToolTip(
            self.tr(
                "Faces count when they are labelled, for training or for the audit, and once more when they are "
                "labelled again (repeated and gold faces); imported labels and rejected faces do not.\n"
                "All time at the window counts to the hours: rejected faces and second looks, too."
            )
        )
        self._notice = dim(role="warn")
        self._notice.hide()
        self.body.addWidget(self._sentence)
        self.body.addSpacing(2)
        for widget in (self._faces, self._hours, self._budget, self._counts, self._facts, self._notice):
            self.body.addWidget(widget)
        buttons = QHBoxLayout()
        self.label_button = QPushButton(self.tr("Go on labelling"))
        self.label_button.setProperty("role", "primary")
        self.import_button = QPushButton(self.tr("Import…"))
        self.export_button = QPushButton(self.tr("Export…"))
        for button, wanted in (
            (self.label_button, self.label_wanted),
            (self.import_button, self.import_wanted),
            (self.export_button, self.export_wanted),
        ):
            button.clicked.connect(wanted)
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.addLayout(buttons)

    def show_status(self, status: CampaignStatus, outlook: Outlook) -> None:
        self.title.setText(words.round_title(status))
        self._sentence.setText(words.state(status))
        spent = outlook.budget
        for bar, value, limit in (
            (self._faces, spent.faces, spent.face_limit),
            (self._hours, spent.hours, spent.hour_limit),
        ):
            bar.setVisible(limit is not None)
            bar.setValue(0 if not limit else min(_STEPS, round(_STEPS * value / limit)))
        self._budget.setText(_budget(outlook))
        counts = [self.tr("What counts: {}.").format(said(spent.counts))]
        if outlook.in_part.text:
            counts.append(f"{said(outlook.in_part.text)}.")
        self._counts.setText(" ".join(counts))
        model = (
            self.tr("no model yet")
            if status.version is None
            else self.tr("model v{}, trained on {} face(s)", "", status.trained_on).format(
                status.version, status.trained_on
            )
        )
        facts = self.tr("{:,} face(s) labelled · {:,} still open · {}", "", status.labels)
        self._facts.setText(facts.format(status.labels, status.open_faces, model))
        self._notice.setText(said(status.notice))
        self._notice.setVisible(bool(status.notice))

    def set_read_only(self, read_only: bool) -> None:
        for button in (self.label_button, self.import_button):
            button.setEnabled(not read_only)

    def sentence(self) -> str:
        return self._sentence.text()

    def budget(self) -> str:
        return self._budget.text()

    def counts(self) -> str:
        return self._counts.text()


def _budget(outlook: Outlook) -> str:
    """'60 of 200 faces spent; 140 faces left, about 50 min of annotation (45–55 min).'"""
    left, text = outlook.budget.faces_left, said(outlook.budget.text)
    if left and outlook.effort.reason is None:
        text += f", {said(outlook.effort.text(left))}"
    return f"{text}."


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, _STEPS)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
