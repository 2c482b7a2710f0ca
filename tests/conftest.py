"""What every test gets: an offscreen window system, a home of its own, quiet pools and a watch on what it leaves."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("facelabel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("facelabel")

GRACE = 3.0
"""Seconds that threads and timers may take to end after a test; a healthy test needs none of them."""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings go to a folder of the test's own, never to those of the person who runs the tests."""
    home = tmp_path / "facelabel-home"
    monkeypatch.setenv("FACELABEL_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def faces_folder() -> Path:
    """The research faces (``FACELABEL_FACES``, or ``shared/faces`` beside the checkout); skips where there are none."""
    named = os.environ.get("FACELABEL_FACES")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "faces"
    if not (folder / "300w" / "faces.csv").is_file():
        pytest.skip(f"no research faces at {folder}; point FACELABEL_FACES at them")
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a non-daemon thread, a running QThread or an active QTimer behind.

    Autouse fixtures are set up before the test's own and torn down after them, so what a fixture closes is no leak.
    Qt objects are only looked for after tests that asked for an application: the search visits every Python object.
    """
    before = set(threading.enumerate())
    looks_at_qt = not {"qapp", "qtbot"}.isdisjoint(request.fixturenames)
    if looks_at_qt:
        gc.disable()  # as facelabel.ui.garbage does: Qt objects must not die in another thread than their own
    yield
    gc.enable()
    deadline = time.monotonic() + GRACE
    while left := _threads_since(before) + (_running_qt() if looks_at_qt else []):
        if time.monotonic() > deadline:
            pytest.fail(f"the test left running: {', '.join(left)}")
        time.sleep(0.02)


def _threads_since(before: set[threading.Thread]) -> list[str]:
    return [
        f"thread {thread.name}"
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and not thread.daemon
    ]


def _running_qt() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from shiboken6 import Shiboken

    if (application := QCoreApplication.instance()) is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for thing in gc.get_objects():
        if not issubclass(type(thing), QThread | QTimer) or not Shiboken.isValid(thing):
            continue
        if isinstance(thing, QTimer):
            if thing.isActive():
                found.append(f"{type(thing).__name__} of {thing.parent()!r}")
        elif thing.isRunning() and thing is not application.thread():
            found.append(f"{type(thing).__name__} {thing.objectName()!r}")
    return found
