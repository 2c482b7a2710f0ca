"""The rounds so far, newest first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from facelabel.ui.campaign.history_table import moment
from facelabel.ui.campaign.readings import RoundLine
from facelabel.ui.campaign.text_table import TextTable


class RoundsModel(TextTable):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, numbers=(2, 3, 4))
        self._columns = (
            self.tr("Round"),
            self.tr("Chosen by"),
            self.tr("Labels"),
            self.tr("Audit NME"),
            self.tr("Seconds a face"),
            self.tr("Model"),
            self.tr("Started"),
        )

    def show_rounds(self, lines: list[RoundLine]) -> None:
        self.show_rows([self._words(line) for line in lines])

    def _words(self, line: RoundLine) -> tuple[str, ...]:
        nme = "–" if line.nme is None else f"{line.nme:.2f} %"
        if line.low is not None and line.high is not None:
            nme += f" ({line.low:.1f}–{line.high:.1f})"
        if line.version is not None:
            model = f"v{line.version}"
        else:
            model = self.tr("training") if line.state == "training" else "–"
        return (
            str(line.number),
            line.function,
            str(line.labels),
            nme,
            "–" if line.seconds_per_face is None else f"{line.seconds_per_face:.1f}",
            model,
            moment(line.when),
        )
