"""The settings of the next round: a proposal until it is applied, the reason beside each field that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facelabel import costs, pretrained
from facelabel.acquisition import BUILT_IN, Strategy
from facelabel.campaign.overview import Costs
from facelabel.campaign.settings import CampaignSettings, templates
from facelabel.ui import words
from facelabel.ui.campaign import captions, fields
from facelabel.ui.campaign.checks import problems
from facelabel.ui.campaign.field_sections import FieldSections
from facelabel.ui.campaign.parameter_fields import ParameterFields
from facelabel.ui.card import Card, dim, set_role
from facelabel.ui.i18n.said import said

FASTEST = 1e-4
"""Seconds per scored face below which an estimate would only be noise."""
_FIRST = {"embeddings"}
"""What a strategy may need to choose the first faces."""


class SettingsForm(Card):
    """``proposed`` comes with every valid set of values, shortly after the last change; ``applied`` by the button."""

    edited = Signal()
    """At every change, valid or not."""
    proposed = Signal(object)
    applied = Signal(object)
    DELAY = 400

    def __init__(self, presets: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``presets`` are pairs (id, title)."""
        super().__init__(words.tr("Settings of the next round"), parent)
        self._sections = FieldSections(self.body, self._edited)
        self._strategies: dict[str, Strategy] = {one.id: one for one in BUILT_IN}
        self._base = self._under = CampaignSettings()
        self._last = Costs()
        self._labelling: float | None = None
        self._open_faces = 0
        self._read_only = False
        self._why, self._first_why, self._broken = dim(), dim(), dim(role="warn")
        self._weights, self._begin, self._scoring, self._waiting, self._asking = dim(), dim(), dim(), dim(), dim()
        self._size = dim()
        self.parameters = ParameterFields()
        self.parameters.edited.connect(self._edited)
        self.template = QComboBox()
        self._about = dim()
        self._build(presets)
        self.state = dim()
        self.state.setAccessibleName(self.tr("What is changed, and whether it is applied"))
        self.apply_button = QPushButton(self.tr("Apply from the next round"))
        self.apply_button.setProperty("role", "primary")
        self.back_button = QPushButton(self.tr("Put back"))
        self.apply_button.clicked.connect(self.apply)
        self.back_button.clicked.connect(lambda: self._fill(self._base))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.DELAY)
        self._timer.timeout.connect(self._propose)
        self._fill(self._base)

    # For the screen

    def footer(self) -> QWidget:
        """What changed and the buttons: for a place that does not scroll away."""
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(4, 4, 4, 0)
        column.addWidget(self.state)
        row = QHBoxLayout()
        row.addWidget(self.apply_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        column.addLayout(row)
        return foot

    def field(self, name: str) -> QWidget:
        return self._sections.fields[name].widget

    def error(self, name: str) -> str:
        """What is wrong with a field, or an empty text."""
        return self._sections.error(name)

    def values(self) -> dict[str, Any]:
        """Every setting as the form has it, valid or not."""
        return self._under.model_dump() | self._sections.read() | {"parameters": self.parameters.values()}

    def show_settings(self, settings: CampaignSettings) -> None:
        """Fill the form from the project; leaves it alone while a proposal waits in it."""
        if self.values() == self._base.model_dump():
            self._fill(settings)

    def show_strategies(self, strategies: Sequence[Strategy], broken: Sequence[str]) -> None:
        """All that are installed, and a line for each that cannot be used."""
        self._strategies = {one.id: one for one in strategies}
        for name, offered in self._offered().items():
            box = self.field(name)
            assert isinstance(box, QComboBox)
            fields.fill(box, offered)
        self._broken.setText("\n".join(broken))
        self._broken.setVisible(bool(broken))
        self._explain()

    def show_costs(self, last: Costs, labelling: float | None, open_faces: int) -> None:
        """What the last round took, and seconds to label a face, as far as they are known."""
        self._last, self._labelling, self._open_faces = last, labelling, open_faces
        self._explain()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for widget in (self.template, self.parameters, *(one.widget for one in self._sections.fields.values())):
            widget.setEnabled(not read_only)
        self._check()

    def apply(self) -> None:
        """Ask for the proposal to be saved, if it is valid; ``show_saved`` or ``show_refused`` answers."""
        self._timer.stop()
        values = self.values()
        if self._read_only or problems(values) or values == self._base.model_dump():
            return
        self.apply_button.setEnabled(False)
        self._say(self.tr("Saving…"), "dim")
        self.applied.emit(CampaignSettings.model_validate(values))

    def show_saved(self, settings: CampaignSettings) -> None:
        """The proposal is in the project; what was edited meanwhile is a new one."""
        self._base = settings
        if not self._check() and self.values() == settings.model_dump():
            self._say(self.tr("Saved. The budget counts at once, everything else from the next round."), "ok")

    def show_refused(self, why: str) -> None:
        """The proposal could not be saved, and stays a proposal."""
        self._check()
        self._say(said(why), "error")

    # Building

    def _build(self, presets: Sequence[tuple[str, str]]) -> None:
        none = self.tr("no limit")

        def faces(count: int) -> str:
            return self.tr(" face(s)", "", count)

        def steps(count: int) -> str:
            return self.tr(" step(s)", "", count)

        offered, sections = self._offered(), self._sections
        self.template.setAccessibleName(self.tr("Start from a template"))
        self.template.addItem(self.tr("Start from a template…"), None)
        for one in templates().values():
            self.template.addItem(said(one.title), one.id)
        self.template.activated.connect(self._take_template)
        self.body.addWidget(self.template)
        self.body.addWidget(self._about)
        self._about.hide()
        grid = sections.section(self.tr("Which faces"))
        sections.add(grid, "function", fields.choice(offered["function"]), 0, width=2, note=self._why)
        grid.addWidget(self._broken, 1, 0, 1, 2)
        grid.addWidget(self.parameters, 2, 0, 1, 2)
        sections.add(grid, "discard", fields.percent(), 3, width=2)
        sections.add(grid, "cold_start", fields.choice(offered["cold_start"]), 4, width=2, note=self._first_why)
        sections.add(grid, "near_duplicates", fields.choice(list(captions.bursts().items())), 5, width=2)
        self._broken.hide()
        grid = sections.section(self.tr("How many"))
        sections.add(grid, "first_batch", fields.number(faces), 0)
        sections.add(grid, "batch", fields.number(faces), 0, 1)
        sections.add(grid, "overlap", fields.number(faces), 1, note=self._waiting)
        sections.add(grid, "score_at_most", fields.number(faces), 1, 1, note=self._scoring)
        sections.add(grid, "holdout", fields.percent(), 2)
        sections.add(grid, "audit_at_most", fields.number(faces), 2, 1)
        sections.add(grid, "ask_share", fields.percent(), 3, width=2, note=self._asking)
        grid = sections.section(self.tr("Quality"))
        twice, known = dim(self.tr("labelled a second time, blindly")), dim(self.tr("marked in Review, asked blindly"))
        sections.add(grid, "repeated", fields.percent(), 0, note=twice)
        sections.add(grid, "gold", fields.percent(), 0, 1, note=known)
        grid = sections.section(self.tr("When it ends"))
        sections.add(grid, "budget", fields.number(faces, none), 0)
        sections.add(grid, "hours", fields.hours(none), 0, 1)
        sections.add(grid, "stopping", fields.choice(list(captions.stopping().items())), 1)
        targets: list[tuple[str | None, str]] = [(None, captions.value("export_to", None)), *captions.exports().items()]
        sections.add(grid, "export_to", fields.choice(targets), 1, 1)
        grid = sections.section(self.tr("The model"))
        sections.add(grid, "preset", fields.choice(presets), 0)
        sections.add(grid, "start_from", fields.choice(list(captions.starts().items())), 0, 1)
        grid.addWidget(self._weights, 1, 0, 1, 2)
        grid.addWidget(self._begin, 2, 0, 1, 2)
        grid.addWidget(self._size, 3, 0, 1, 2)
        own = fields.folder(self.tr("the model's own"), pretrained.SHIPPED, self.tr("A folder of weights"))
        sections.add(grid, "pretrained", own, 4, width=2)
        sections.add(grid, "steps", fields.number(steps, self.tr("as the model has it")), 5)
        sections.add(
            grid, "seed", fields.number(lambda _: ""), 5, 1, note=dim(self.tr("the same seed draws the same batches"))
        )
        sections.add(grid, "slow_training", fields.choice(list(captions.slow().items())), 6, width=2)

    def _offered(self) -> dict[str, list[tuple[str, str]]]:
        every = self._strategies.values()
        return {
            "function": [(one.id, one.title) for one in every],
            "cold_start": [(one.id, one.title) for one in every if set(one.needs) <= _FIRST],
        }

    # Changing

    def _fill(self, settings: CampaignSettings) -> None:
        self._base = settings
        self._write(settings)
        self._timer.stop()
        self.proposed.emit(settings)

    def _write(self, settings: CampaignSettings) -> None:
        self._under = settings
        self._sections.write(settings.model_dump())
        self.parameters.show_strategy(self._strategies.get(settings.function), settings.parameters)
        self._explain()
        self._check()

    def _take_template(self, place: int) -> None:
        chosen = templates().get(self.template.itemData(place) or "")
        self.template.setCurrentIndex(0)
        if chosen is not None:
            self._about.setText(f"{said(chosen.title)}: {said(chosen.text)}")
            self._about.show()
            # What is the project's own stays: its weights, and the chance that its batches were drawn by.
            kept = {name: getattr(self._base, name) for name in ("pretrained", "seed")}
            self._write(chosen.settings.model_copy(update=kept))
            self.edited.emit()
            self._timer.start()

    def _edited(self) -> None:
        self.edited.emit()
        strategy = self._strategies.get(self._sections.fields["function"].read())
        own = self._base.parameters if strategy is not None and strategy.id == self._base.function else {}
        if strategy is not self.parameters.strategy:
            self.parameters.show_strategy(strategy, own)
        self._explain()
        if self._check():
            self._timer.stop()
        else:
            self._timer.start()

    def _propose(self) -> None:
        self.proposed.emit(CampaignSettings.model_validate(self.values()))

    def _check(self) -> bool:
        """Show what is wrong beside the fields, and what is changed; True if anything is wrong."""
        values = self.values()
        wrong = problems(values)
        self._sections.show_errors(wrong)
        changed = captions.changes(self._base.model_dump(), values)
        for button in (self.apply_button, self.back_button):
            button.setEnabled(bool(changed) and not self._read_only)
        if self._read_only:
            self._say(self.tr("The project is open read-only."), "dim")
        elif wrong:
            self.apply_button.setEnabled(False)
            self._say(self.tr("Put the marked settings right, then apply."), "error")
        elif changed:
            self._say(self.tr("Not applied yet: {}").format("; ".join(changed)), "warn")
        else:
            self._say(self.tr("These settings hold. Changes apply from the next round, a budget at once."), "dim")
        return bool(wrong)

    def _explain(self) -> None:
        read = self._sections.read()
        chosen, first = (self._strategies.get(read[name]) for name in ("function", "cold_start"))
        missing = self.tr("It is not installed here: the batches are chosen otherwise.")
        self._why.setText(missing if chosen is None else said(chosen.text))
        self._first_why.setText(missing if first is None else said(first.text))
        self._sections.cells["discard"].setVisible(
            any(one is not None and "discard" in one.parameters for one in (chosen, first))
        )
        self._weights.setText(self.tr("Weights: {}").format(self._weights_of(read["preset"], read["pretrained"])))
        size = costs.told(read["preset"])
        self._size.setText(self.tr("Size: {}.").format(said(size)))
        self._size.setVisible(bool(size))
        self._begin.setText(
            {
                "last": self.tr("Each round goes on from the last, the first from the weights."),
                "pretrained": self.tr("Every round starts anew from the weights, as in the papers."),
                "scratch": self.tr("Every round starts anew, without weights."),
            }[read["start_from"]]
        )

        last = self._last.under(read["preset"])
        self._scoring.setText(self._scoring_costs(last.each, read["score_at_most"]))
        self._waiting.setText(self._waiting_costs(last.training, self._labelling))
        self._asking.setText(
            self.tr("all of every face")
            if read["ask_share"] >= 1
            else self.tr(
                "those in doubt, once a model has learned; the rest of a face stays the model's, is not taught, and is "
                "only exported on request. Audit faces are asked for whole."
            )
        )

    def _scoring_costs(self, pace: float | None, most: int) -> str:
        if pace is None or pace < FASTEST:
            return self.tr("time shown after a round")
        scored = min(most, self._open_faces)
        text = self.tr("{} a round: {:,} of {:,} open face(s)", "", self._open_faces)
        return text.format(words.duration(pace * scored), scored, self._open_faces)

    def _waiting_costs(self, training: float | None, labelling: float | None) -> str:
        if training is None or not labelling:
            return self.tr("while a model trains")
        faces = max(1, round(training / labelling))
        text = self.tr("while a model trains: {}, time for {} face(s)", "", faces)
        return text.format(words.duration(training), faces)

    def _weights_of(self, preset: str, chosen: str) -> str:
        if chosen != pretrained.SHIPPED:
            return self.tr("of your own, {}").format(chosen)
        return pretrained.start_of(preset).text

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        set_role(self.state, role)
