"""The window of the tests speaks English with its plural forms, as the program does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from facelabel.ui import i18n


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    i18n.install(qapp, QLocale(QLocale.Language.English))
