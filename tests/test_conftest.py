"""The watch on what a test leaves running has to bite, or it protects nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CASES = """
import threading

gate = threading.Event()
kept = []


def test_a_thread_is_left():
    threading.Thread(target=gate.wait, name="straggler").start()


def test_threads_that_end_are_fine():
    gate.set()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    thread.join()


def test_a_timer_is_left(qapp):
    from PySide6.QtCore import QTimer

    kept.append(QTimer())
    kept[-1].start(1000)


def test_a_qthread_is_left(qapp):
    from PySide6.QtCore import QThread

    kept[0].stop()
    kept.append(QThread())
    kept[-1].start()


def test_a_closed_widget_is_fine(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    kept[1].quit()
    kept[1].wait()
    widget = QWidget()
    qtbot.addWidget(widget)
    timer = QTimer(widget)
    timer.start(10)
    widget.show()
"""


def test_a_test_that_leaves_something_running_fails(tmp_path):
    conftest = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    assert "GRACE = 3.0" in conftest
    (tmp_path / "conftest.py").write_text(conftest.replace("GRACE = 3.0", "GRACE = 0.2"), encoding="utf-8")
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rE", "-p", "no:cacheprovider", "--tb=no", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    failed = [line.split("::")[1].split(" - ")[0] for line in done.stdout.splitlines() if line.startswith("ERROR ")]
    assert failed == ["test_a_thread_is_left", "test_a_timer_is_left", "test_a_qthread_is_left"], done.stdout
    assert "5 passed, 3 errors" in done.stdout


def test_settings_stay_out_of_the_person_s_home(own_home):
    from facelabel import settings

    settings.save(settings.Settings(author="somebody"))
    assert (own_home / "settings.json").is_file()
