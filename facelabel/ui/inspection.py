"""What is wrong with a screen as it is drawn: texts that are cut off, widgets over one another, too little contrast.

For the pictures of the documentation and for the tests, which look at every screen in every size and theme.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitterHandle,
    QToolButton,
    QWidget,
)

from facelabel.ui import theme
from facelabel.ui.elided_label import ElidedLabel

LEAST_CONTRAST = 4.5
_TEXTS = (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox)
_SLACK = 2
"""Pixels that rounding may take from a widget."""


def cut_off(root: QWidget) -> list[str]:
    """Texts that do not fit their widgets, and widgets that stick out of their parents. Labels that shorten themselves
    and tell the whole in a tool tip are right."""
    found = []
    for widget in _shown(root):
        parent = widget.parentWidget()
        if parent is not None and widget is not root and not widget.isWindow() and not _scrolls(parent):
            room = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
            if not room.contains(widget.geometry()) and not widget.geometry().isEmpty():
                found.append(f"{_name(widget)} sticks out of {_name(parent)}")
        if isinstance(widget, _TEXTS) and (needs := _needs(widget)) is not None:
            found.append(f"{_name(widget)} is cut off: {needs}")
    return found


def overlapping(root: QWidget) -> list[str]:
    """Siblings in one layout that lie over each other."""
    found = []
    for parent in [root, *_shown(root)]:
        layout = parent.layout()
        if layout is None:
            continue
        children = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        inside = [widget for widget in children if widget.isVisible() and layout.indexOf(widget) >= 0]
        for one, other in combinations(inside, 2):
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(f"{_name(one)} lies over {_name(other)}")
    return found


def hard_to_read(root: QWidget) -> list[str]:
    """Enabled texts whose ink and ground, as drawn, have less contrast than LEAST_CONTRAST."""
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for widget in _shown(root):
        text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
        if not text.strip() or not widget.isEnabled() or "<" in text or _covered(widget, root):
            continue
        corner = widget.mapTo(root, QPoint(0, 0))
        ratio = contrast_drawn(image, QRect(corner, widget.size()), root.devicePixelRatioF())
        if ratio is not None and ratio < LEAST_CONTRAST:
            found.append(f"{_name(widget)} has a contrast of {ratio:.1f}:1")
    return found


def contrast_drawn(image: QImage, area: QRect, scale: float = 1.0) -> float | None:
    """Between the ground (the most frequent colour) and the ink (the colour farthest from it) in a part of a picture;
    None where nothing is drawn."""
    part = QRect(area.topLeft() * scale, area.size() * scale).intersected(image.rect())
    if part.isEmpty():
        return None
    cut = image.copy(part)
    pixels = np.frombuffer(cut.constBits(), np.uint8).reshape(cut.height(), cut.bytesPerLine() // 4, 4)
    colours = Counter(map(tuple, pixels[:, : cut.width(), :3].reshape(-1, 3).tolist()))
    ground = QColor(*reversed(colours.most_common(1)[0][0]))
    ratios = [theme.contrast(ground, QColor(*reversed(colour))) for colour in colours]
    return max(ratios) if max(ratios) > 1.05 else None


def _shown(root: QWidget) -> list[QWidget]:
    return [widget for widget in root.findChildren(QWidget) if widget.isVisible() and widget.window() is root.window()]


def _scrolls(parent: QWidget) -> bool:
    above = parent.parentWidget()
    return isinstance(above, QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea)


def _covered(widget: QWidget, root: QWidget) -> bool:
    """Whether something that was laid over the window, or a scroll area, hides it."""
    if widget.visibleRegion().boundingRect() != widget.rect():
        return True
    middle = widget.mapTo(root, widget.rect().center())
    seen = root.childAt(middle)
    return seen is None or not (seen is widget or widget.isAncestorOf(seen) or seen.isAncestorOf(widget))


def _needs(widget: QWidget) -> str | None:
    """The room that a text wants and does not get."""
    if isinstance(widget, (ElidedLabel, QSplitterHandle)) or not _text(widget):
        return None
    if isinstance(widget, QLabel) and widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
        return f"{widget.height()} of {wanted} px high" if wanted > widget.height() + _SLACK else None
    wanted = widget.minimumSizeHint().width() if not isinstance(widget, QLabel) else widget.sizeHint().width()
    if wanted > widget.width() + _SLACK:
        return f"{widget.width()} of {wanted} px wide"
    lines = widget.sizeHint().height() if isinstance(widget, QLabel) else widget.minimumSizeHint().height()
    return f"{widget.height()} of {lines} px high" if lines > widget.height() + 2 * _SLACK else None


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLabel) and not widget.pixmap().isNull():
        return ""
    return str(widget.text()) if isinstance(widget, (QLabel, QAbstractButton)) else ""


def _name(widget: QWidget) -> str:
    text = _text(widget) or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {text[:60]!r}"
