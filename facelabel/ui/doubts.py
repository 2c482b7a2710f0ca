"""How far off landmarks really are, read in the background and told to every face that comes to the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from facelabel.campaign.calibration import Calibration
from facelabel.campaign.loop import CampaignStatus
from facelabel.ui.background import Background
from facelabel.ui.workbench import Workbench


class Doubts(QObject):
    """Read anew when there is another model version, or another audit face is labelled."""

    changed = Signal()
    """The open face is doubted anew."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        """Before anybody else listens to ``bench``: they are to see a face that is doubted already."""
        super().__init__(parent)
        self.known = Calibration(0)
        self._bench = bench
        self._background = Background(self)
        self._basis: tuple[int | None, int] | None = None
        bench.opened.connect(self.tell)
        bench.status_read.connect(self._look)

    def shutdown(self) -> None:
        self._background.shutdown()

    def _look(self, status: CampaignStatus) -> None:
        basis = (status.version, status.holdout_faces)
        if basis != self._basis:
            self._basis = basis
            self._background.run(self._bench.desk.calibration, self._take, self._without)

    def _take(self, known: Calibration) -> None:
        self.known = known
        self.tell()
        self.changed.emit()

    def _without(self, error: Exception) -> None:
        """Faces are labelled as well without; the lead's screen says what is wrong."""
        self._basis = None

    def tell(self) -> None:
        """The open face has another session."""
        if self._bench.session is not None:
            self._bench.session.calibrate(self.known)
