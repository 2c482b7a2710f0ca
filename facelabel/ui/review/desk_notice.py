"""A line above the canvas: what a reviewer wants put right, and how near an answer came to a gold face."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.desk.second import GoldFeedback
from facelabel.geometry import Box
from facelabel.schemes import Scheme
from facelabel.ui.card import dim
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.review import words
from facelabel.ui.review.face_view import FaceView, swatch


class DeskNotice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, scheme: Scheme, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._loader = loader
        self._gold: tuple[GoldFeedback, FacePicture] | None = None
        self._note = ""
        self.setProperty("role", "news")
        self.setProperty("level", "warn")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.look = QPushButton(self.tr("Look"))
        self.look.setProperty("role", "quiet")
        self.look.clicked.connect(self._show_gold)
        self.done = QPushButton(self.tr("Close"))
        self.done.setProperty("role", "quiet")
        self.done.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.text, 1)
        for button in (self.look, self.done):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.hide()

    def show_note(self, note: str) -> None:
        """Of the face that is open now; an empty one says nothing. What was said of a gold face stays above it."""
        self._note = note
        self._fill()

    def show_gold(self, feedback: GoldFeedback, picture: FacePicture) -> None:
        """Of the face that was accepted just now."""
        self._gold = feedback, picture
        self._fill()

    def _fill(self) -> None:
        said = []
        if self._gold is not None:
            said.append(words.gold(self._gold[0]))
        if self._note:
            said.append(self.tr("Sent back by {}").format(self._note))
        self.text.setText("\n".join(said))
        self.look.setVisible(self._gold is not None)
        self.done.setVisible(self._gold is not None)
        self.setVisible(bool(said))

    def _close(self) -> None:
        self._gold = None
        self._fill()

    def _show_gold(self) -> None:
        if self._gold is not None:
            GoldDialog(self._scheme, self._loader, *self._gold, self.window()).open()
            self._close()


class GoldDialog(QDialog):
    """The answer and the right label over the photo."""

    def __init__(
        self, scheme: Scheme, loader: ImageLoader, feedback: GoldFeedback, picture: FacePicture, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Gold face"))
        self.resize(760, 640)
        self._path = picture.path
        self.view = FaceView(scheme, self.tr("Your points and the right label"))
        box = Box(*(float(side) for side in feedback.pair.box))
        self.view.show_face(picture.size, box, {"label": feedback.pair.second, "second": feedback.pair.first})
        self.view.show_layers(("label", "second"))
        self.view.show_gaps("second")
        self.view.mark([index for index, _, _ in feedback.farthest[: words.NAMED]])
        self.view.set_picture(loader.picture(picture.path), "")
        loader.loaded.connect(self._show_picture)
        if self.view.picture is None:
            loader.want("gold-face", picture)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(dim(words.gold(feedback)))
        column.addLayout(self._legend())
        column.addWidget(self.view, 1)
        column.addWidget(buttons)

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, text in (("label", self.tr("Your points")), ("second", self.tr("The right label"))):
            mark = QLabel()
            mark.setPixmap(QIcon(swatch(name, self.devicePixelRatioF())).pixmap(QSize(18, 18)))  # type: ignore[arg-type]
            row.addWidget(mark)
            row.addWidget(QLabel(text))
            row.addSpacing(12)
        row.addStretch(1)
        return row

    def _show_picture(self, path: object, picture: object) -> None:
        if path == self._path:
            self.view.set_picture(picture)  # type: ignore[arg-type]
