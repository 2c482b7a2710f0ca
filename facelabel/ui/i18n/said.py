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
_VALUE = r"((?:(?!; |\n).)*?)"
_JOINTS = (re.compile(r"(\n|; |  ·  |(?<=[.!?]) )"), re.compile(r"(, | and )"))
"""Where a text is joined from sentences, and where a sentence may be from parts."""
_NUMBER = re.compile(r"([\d.,]+) (.+)")


def said(text: str | None) -> str:
    """``text`` of a layer below as the window shows it: as it is where it is no known sentence, such as a name."""
    # Lists ask for the same lines at every painting; a text that is always there tells which language is on.
    return _said(text, QCoreApplication.translate(CONTEXT, "All keys")) if text else ""


@lru_cache(maxsize=4000)
def _said(text: str, language: str) -> str:
    whole = _known(text)
    parts = [text] if whole is not None else _JOINTS[0].split(text)
    return whole or "".join(_known(part) or part for part in parts)


def _known(text: str) -> str | None:
    """The text in the other language; None where it is not made of known sentences."""
    translated = QCoreApplication.translate(CONTEXT, text)
    if translated != text:
        return translated
    for joints in _JOINTS:
        parts = joints.split(text)
        # A short sentence would take others for its value: those that are known one by one are taken so.
        known = [_known(part) for part in parts[::2]] if len(parts) > 1 else []
        if known and all(known):
            parts[::2] = [one or "" for one in known]
            return "".join(QCoreApplication.translate("said", " and ") if part == " and " else part for part in parts)
    if (found := _recognised(text)) is not None:
        template, values, capital = found
        told = QCoreApplication.translate(CONTEXT, template).format(*(said(value) for value in values))
        return told[:1].upper() + told[1:] if capital else told
    counted = _NUMBER.fullmatch(text)
    thing = None if counted is None else _known(counted[2])
    return None if counted is None or thing is None else f"{counted[1]} {thing}"


@lru_cache(maxsize=2000)
def _recognised(text: str) -> tuple[str, tuple[str, ...], bool] | None:
    """The sentence that ``text`` is, the one with the most words of its own, its values, and whether a capital letter
    was given to it, as to the lines of a campaign's notice."""
    small = text[:1].lower() + text[1:]
    for template, pattern in _patterns():
        for one in dict.fromkeys((text, small)):
            if (match := pattern.fullmatch(one)) is not None:
                return template, match.groups(), one != text
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    templates = json.loads((FOLDER / "sentences.json").read_text(encoding="utf-8"))
    by_words = sorted(templates, key=lambda template: -len(_HOLE.sub("", template)))
    return [(one, re.compile(_VALUE.join(re.escape(part) for part in _HOLE.split(one)))) for one in by_words]
