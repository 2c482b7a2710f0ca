"""Why a face can be rejected: the captions of the menus, with the reason that is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def reject_reasons() -> tuple[tuple[str, str], ...]:
    """Pairs (caption with its key, reason)."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("reasons", text)

    return (
        (tr("&Not a face"), "not a face"),
        (tr("&Too blurred or small"), "too blurred or small"),
        (tr("&Cut off or hidden"), "cut off or hidden"),
        (tr("&Same face twice"), "same face twice"),
        (tr("&Other"), "other"),
    )
