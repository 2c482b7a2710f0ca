"""The supervisor against workers that crash, hang, babble and run out of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from facelabel.errors import WorkerError
from facelabel.jobs.messages import Done, Failed, JobSpec, Log, Message, Progress, Started
from facelabel.jobs.supervisor import Supervisor

PREAMBLE = """
import json, os, signal, subprocess, sys, threading, time
from pathlib import Path
folder = Path(sys.argv[1])
spec = json.loads((folder / "spec.json").read_text())
first = spec["portions"] == 1
def say(**message): print(json.dumps(message), flush=True)
def finish():
    (folder / "result.json").write_text(json.dumps(
        {"kind": "info", "device": "CPU", "seconds": 1.0, "torch": "2", "batch": 8}))
    say(type="done")
say(type="started", device="CPU", pid=os.getpid())
"""


def supervisor(tmp_path: Path, body: str, on_message: Callable[[Message], None]) -> Supervisor:
    code = PREAMBLE + textwrap.dedent(body)
    spec = JobSpec(kind="info", scheme={})
    return Supervisor(tmp_path / "job", spec, on_message, command=[sys.executable, "-c", code])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_messages_arrive_in_order_and_babble_goes_to_the_log(tmp_path: Path) -> None:
    said: list[Message] = []
    job = supervisor(
        tmp_path,
        """
        print("babble")
        say(type="progress", stage="train", done=1, total=2, eta_s=3.5, loss=0.25)
        print(json.dumps({"type": "unheard of"}), flush=True)
        print("to stderr", file=sys.stderr)
        finish()
        """,
        said.append,
    )
    outcome = job.run()
    assert (outcome.state, outcome.message) == ("done", None)
    assert [type(m) for m in said] == [Started, Progress, Done]
    assert said[1] == Progress(stage="train", done=1, total=2, eta_s=3.5, loss=0.25)
    log = (tmp_path / "job" / "log.txt").read_text()
    assert "babble" in log
    assert "unheard of" in log
    assert "to stderr" in log


@pytest.mark.parametrize(
    "death",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os.abort()",
        "os._exit(7)",
        "sys.exit(0)",
        "raise RuntimeError('boom')",
        "say(type='failed', reason='out-of-memory', text='no memory'); sys.exit(1)",
        "say(type='failed', reason='bug', text='KeyError: 3'); sys.exit(1)",
    ],
)
def test_a_death_is_tried_once_more_with_half_as_many_faces_at_a_time(tmp_path: Path, death: str) -> None:
    said: list[Message] = []
    job = supervisor(tmp_path, f"if first:\n    {death}\nfinish()", said.append)
    outcome = job.run()
    assert outcome.state == "done"
    assert json.loads((tmp_path / "job" / "spec.json").read_text())["portions"] == 2
    assert [type(m) for m in said] == [Started, Log, Started, Done]
    retry = said[1]
    assert isinstance(retry, Log)
    assert "half as many faces" in retry.text


def test_the_spec_is_left_to_the_worker_once_it_runs(tmp_path: Path) -> None:
    spec = JobSpec(kind="info", scheme={})
    known, alive_when_told = weakref.ref(spec), []
    job = Supervisor(
        tmp_path / "job",
        spec,
        lambda _: alive_when_told.append(known() is not None),
        command=[sys.executable, "-c", PREAMBLE + "finish()"],
    )
    del spec
    assert job.run().state == "done"
    assert alive_when_told == [False, False]


def test_a_spec_that_is_gone_ends_the_second_try_in_one_line(tmp_path: Path) -> None:
    body = '(folder / "spec.json").unlink(); os._exit(7)'
    with pytest.raises(WorkerError, match="the job cannot be read again"):
        supervisor(tmp_path, body, lambda _: None).run()


def test_two_deaths_are_a_failure_in_one_line_with_the_end_of_the_log(tmp_path: Path) -> None:
    said: list[Message] = []
    body = "print('the last words', file=sys.stderr, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    outcome = supervisor(tmp_path, body, said.append).run()
    assert outcome.state == "failed"
    assert outcome.message is not None
    assert "\n" not in outcome.message
    assert "killed" in outcome.message
    assert "the last words" in outcome.message
    assert "use a smaller model" in outcome.message
    assert sum(isinstance(m, Started) for m in said) == 2
    assert said[-1] == Failed(reason="out-of-memory", text=outcome.message)


def test_a_user_error_is_not_tried_again(tmp_path: Path) -> None:
    said: list[Message] = []
    body = "say(type='failed', reason='user', text='no such preset'); sys.exit(2)"
    outcome = supervisor(tmp_path, body, said.append).run()
    assert (outcome.state, outcome.message) == ("failed", "no such preset")
    assert [type(m) for m in said] == [Started, Failed]


def test_a_result_of_an_earlier_run_is_not_taken_for_this_one(tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "result.json").write_text("{}")
    assert supervisor(tmp_path, "sys.exit(0)", lambda m: None).run().state == "failed"


@pytest.mark.parametrize(
    "body",
    [
        "time.sleep(60)",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\ntime.sleep(60)",
    ],
    ids=["asleep", "busy and deaf", "stopped", "with a child that holds the pipe"],
)
def test_cancel_ends_any_worker(tmp_path: Path, body: str) -> None:
    started = threading.Event()
    said: list[Message] = []

    def listen(message: Message) -> None:
        said.append(message)
        started.set()

    job = supervisor(tmp_path, body, listen)
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(job.run()))
    thread.start()
    assert started.wait(30)
    job.cancel()
    thread.join(20)
    assert not thread.is_alive()
    assert outcomes[0].state == "cancelled"
    assert isinstance(said[0], Started)
    assert not alive(said[0].pid)
    assert [type(m) for m in said] == [Started, Failed]


def test_cancel_before_the_start_starts_nothing(tmp_path: Path) -> None:
    said: list[Message] = []
    job = supervisor(tmp_path, "finish()", said.append)
    job.cancel()
    assert job.run().state == "cancelled"
    assert [type(m) for m in said] == [Failed]
    assert not (tmp_path / "job").exists()


def test_a_cancelled_worker_is_not_tried_again(tmp_path: Path) -> None:
    said: list[Message] = []

    def listen(message: Message) -> None:
        said.append(message)
        if isinstance(message, Started):
            job.cancel()

    job = supervisor(tmp_path, "sys.stdin.readline(); os._exit(9)", listen)
    assert job.run().state == "cancelled"
    assert sum(isinstance(m, Started) for m in said) == 1


def test_pause_and_resume_reach_the_worker_and_a_second_try_starts_paused(tmp_path: Path) -> None:
    said: list[Message] = []

    def listen(message: Message) -> None:
        said.append(message)
        if isinstance(message, Started) and len(said) == 1:
            job.pause()
        elif isinstance(message, Progress) and message.done == 2:
            job.resume()

    job = supervisor(
        tmp_path,
        """
        assert json.loads(sys.stdin.readline()) == {"command": "pause"}
        if first: os._exit(1)
        say(type="progress", stage="train", done=2, total=3)
        assert json.loads(sys.stdin.readline()) == {"command": "resume"}
        finish()
        """,
        listen,
    )
    assert job.run().state == "done"


def test_a_callback_that_raises_leaves_no_worker_behind(tmp_path: Path) -> None:
    pids = []

    def listen(message: Message) -> None:
        assert isinstance(message, Started)
        pids.append(message.pid)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        supervisor(tmp_path, "time.sleep(60)", listen).run()
    assert not alive(pids[0])


def test_no_worker_and_no_folder_are_clear_errors(tmp_path: Path) -> None:
    spec = JobSpec(kind="info", scheme={})
    with pytest.raises(WorkerError, match="cannot be started"):
        Supervisor(tmp_path / "job", spec, lambda m: None, command=[str(tmp_path / "nothing")]).run()
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkerError, match="cannot be written"):
        Supervisor(tmp_path / "file", spec, lambda m: None, command=[sys.executable]).run()


def test_the_worker_dies_with_its_parent(tmp_path: Path) -> None:
    """A process that supervises the real worker's watch is killed: the worker ends without being told."""
    worker = PREAMBLE + "from facelabel.jobs import pipe\npipe.Pipe()\ntime.sleep(60)"
    parent = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from facelabel.jobs.messages import JobSpec
        from facelabel.jobs.supervisor import Supervisor
        spec = JobSpec(kind="info", scheme={{}})
        Supervisor(Path({str(tmp_path / "job")!r}), spec, lambda m: print(m.pid, flush=True),
                   command=[sys.executable, "-c", {worker!r}]).run()
        """
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert alive(pid)
        process.kill()
    wait_for(lambda: not alive(pid))
