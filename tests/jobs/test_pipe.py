"""The worker's end of the pipe, in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

from facelabel.jobs import messages
from facelabel.jobs.messages import Message, Progress


def start(body: str) -> subprocess.Popen[str]:
    code = "from facelabel.jobs.pipe import Meter, Pipe\npipe = Pipe()\n" + textwrap.dedent(body)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it writes until it ends by itself. Unlike ``communicate`` this leaves stdin open, whose end would end it."""
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        return process.stdout.read(), process.stderr.read()


def command(process: subprocess.Popen[str], name: str) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"command": name}) + "\n")


def said(line: str) -> Message:
    message = messages.parse(line)
    assert message is not None, line
    return message


def test_stdout_carries_messages_only() -> None:
    body = """
    import os, subprocess
    from facelabel.jobs.messages import Log
    print("a stray print", flush=True)
    os.write(1, b"from a C library\\n")
    subprocess.run(["echo", "from a child"])
    pipe.send(Log(text="two\\nlines"))
    """
    out, err = finish(start(body))
    assert [said(line) for line in out.splitlines()] == [messages.Log(text="two\nlines")]
    assert all(text in err for text in ("a stray print", "from a C library", "from a child"))


def test_pause_holds_between_steps_and_cancel_ends_a_pause() -> None:
    body = """
    from facelabel.errors import CancelledError
    meter = Meter(pipe)
    try:
        for step in range(1, 1_000_000):
            meter.step("train", step, 10_000_000, loss=1 / step)
    except CancelledError:
        print("cancelled at", step)
    """
    process = start(body)
    assert process.stdout is not None
    assert isinstance(said(process.stdout.readline()), Progress)
    command(process, "pause")
    command(process, "nonsense")
    command(process, "cancel")
    _, err = finish(process)
    assert process.returncode == 0
    assert "cancelled at" in err


def test_progress_is_throttled_and_tells_the_time_left() -> None:
    body = """
    import time
    meter = Meter(pipe)
    for step in range(1, 2001):
        meter.step("score", step, 2000)
        if step % 500 == 0:
            time.sleep(0.15)
    """
    out, _ = finish(start(body))
    steps = [said(line) for line in out.splitlines()]
    assert 2 <= len(steps) < 60
    assert all(isinstance(m, Progress) for m in steps)
    last = steps[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.eta_s) == (2000, 0.0)


def test_an_ended_parent_ends_the_worker_in_the_midst_of_its_work() -> None:
    process = start("while True: pass")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(60) == 3
    for pipe in (process.stdout, process.stderr):
        assert pipe is not None
        pipe.close()
