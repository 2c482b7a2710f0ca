"""What the layers below say, in the window's language.

They know no Qt and say finished English sentences, some of them kept in the project. A sentence is recognised among
those of the sources (``sentences.json``), its values taken out, and put together again in the other language.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from facelabel.ui.i18n import CONTEXT, FOLDER

_HOLE = re.compile(r"\{\d+\}")
_JOINTS = re.compile(r"(\n|; |  ·  |(?<=[.!?]) )")
"""Where a text is joined from sentences."""


def said(text: str | None) -> str:
    """``text`` of a layer below as the window shows it: as it is where it is no known sentence, such as a name."""
    if not text:
        return ""
    parts = _JOINTS.split(text)
    known = [_sentence(part) for part in parts]
    # A short sentence would take others for its value: those that are known one by one are taken so.
    if len(parts) > 1 and all(known[::2]):
        return "".join(one or joint for one, joint in zip(known, parts, strict=True))
    whole = _sentence(text) if len(parts) > 1 else known[0]
    return whole or "".join(one or part for one, part in zip(known, parts, strict=True))


def _sentence(text: str) -> str | None:
    translated = QCoreApplication.translate(CONTEXT, text)
    if translated != text:
        return translated
    if (found := _recognised(text)) is None:
        return None
    template, values = found
    return QCoreApplication.translate(CONTEXT, template).format(*(said(value) for value in values))


@lru_cache(maxsize=2000)
def _recognised(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The sentence that ``text`` is, the one with the most words of its own, and its values."""
    for template, pattern in _patterns():
        if (match := pattern.fullmatch(text)) is not None:
            return template, match.groups()
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    templates = json.loads((FOLDER / "sentences.json").read_text(encoding="utf-8"))
    by_words = sorted(templates, key=lambda template: -len(_HOLE.sub("", template)))
    return [
        (one, re.compile(_HOLE.sub("(.*?)", re.escape(one).replace(r"\{", "{").replace(r"\}", "}"))))
        for one in by_words
    ]
