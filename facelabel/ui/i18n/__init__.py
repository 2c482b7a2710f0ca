"""The window's language: Qt Linguist files, one a language, found by the English text whatever class shows it.

``facelabel_LANGUAGE.ts`` is what translators edit, ``.qm`` what is loaded, ``sentences.json`` lists what the layers
below say with values in it. ``make translations`` brings all of them up to date. In the English file only plural forms
have a translation: the rest is English as it stands.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).resolve().parent
CONTEXT = "facelabel"
"""The one context of all texts: the same English words are the same in another language, wherever they stand."""


class Translator(QTranslator):
    """One language of facelabel. Qt asks with the class that shows a text, which tells a translator nothing."""

    def __init__(self, parent: QCoreApplication | None = None) -> None:
        super().__init__(parent)
        self._texts = QTranslator(self)

    def load_language(self, locale: QLocale, folder: Path = FOLDER) -> bool:
        """Whether there is one for ``locale``, or for its language in any country."""
        return self._texts.load(locale, "facelabel", "_", str(folder))

    def isEmpty(self) -> bool:
        return self._texts.isEmpty()

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None, for which Qt takes the English text, where there is no translation."""
        return self._texts.translate(CONTEXT, sourceText, disambiguation, n) or None


def install(application: QCoreApplication, locale: QLocale | None = None, folder: Path = FOLDER) -> list[QTranslator]:
    """Facelabel's texts and Qt's own in a language (the desktop's by default); both English where facelabel has none of
    it, so that no dialog speaks two. Once an application: what is installed already stays."""
    if application.findChildren(Translator):
        return []
    wanted = QLocale() if locale is None else locale
    qt, own = QTranslator(application), Translator(application)
    installed: list[QTranslator] = []
    if own.load_language(wanted, folder):
        installed.append(own)
        if qt.load(wanted, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            installed.insert(0, qt)
    elif own.load_language(QLocale(QLocale.Language.English), FOLDER):
        installed.append(own)
    for translator in installed:
        application.installTranslator(translator)
    return installed
