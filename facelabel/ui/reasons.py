"""Why a face is rejected or skipped: the captions of the menus, with the reason that is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

TAKEN_BACK = "box taken back"
"""Why a box that was drawn by mistake is no face."""


def tr(text: str) -> str:
    return QCoreApplication.translate("reasons", text)


def skip_reasons(key: str = "") -> tuple[tuple[str, str | None], ...]:
    """Pairs (caption with its key, reason). The first has the ``key`` that skips, if that is a letter which no other
    has: pressed twice, it asks nothing."""
    others = (
        (tr("&Unsure where points go"), "unsure where points go"),
        (tr("&Somebody else should do it"), "for somebody else"),
        (tr("&Bad box"), "bad box"),
    )
    free = len(key) == 1 and not any(f"&{key}".casefold() in caption.casefold() for caption, _ in others)
    return ((tr("Later ({})").format(f"&{key}") if free else tr("&Later"), None), *others)


def reject_reasons() -> tuple[tuple[str, str], ...]:
    """Pairs (caption with its key, reason)."""
    return (
        (tr("&Not a face"), "not a face"),
        (tr("&Too blurred or small"), "too blurred or small"),
        (tr("&Cut off or hidden"), "cut off or hidden"),
        (tr("&Same face twice"), "same face twice"),
        (tr("&Other"), "other"),
    )


def in_words(reason: str) -> str:
    """A reason as the project keeps it, in the words of the menus."""
    shown = (*skip_reasons(), *reject_reasons(), (tr("Box taken back"), TAKEN_BACK))
    known = {kept: caption.replace("&", "") for caption, kept in shown}
    return known.get(reason, reason)
