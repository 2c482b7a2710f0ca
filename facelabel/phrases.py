"""A door for translators into the layers below the window, which know no Qt.

What those layers say is collected from their sources by ``scripts/translations.py``: sentences by themselves, single
words where they are marked. The window translates them when it shows them (``ui.i18n.said``).
"""

from __future__ import annotations


def QT_TR_NOOP(text: str) -> str:
    """Marks a word that the window shows; the text itself, as it is. Named as Qt names it, whose tools look for it."""
    return text
