"""`ksef` as a process of its own: the demo, the simulator, pipes."""

import json
import signal
import subprocess
from pathlib import Path

from tests.cli.processes import COMMAND, environment


def ksef(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_demo(tmp_path: Path) -> None:
    done = ksef("demo", "--to", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "already in KSeF as" in done.stdout
    assert done.stdout.count(" yes ") == 2
    assert "5 invoices proven by 2 pages" in done.stdout
    assert all(str(path) in done.stdout for path in tmp_path.iterdir())


def test_demo_as_json(tmp_path: Path) -> None:
    done = ksef("demo", "--to", tmp_path, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    outcomes = [invoice["outcome"] for invoice in document["invoices"]]
    assert outcomes == ["accepted"] * 5 + ["duplicate"]
    first, *_, last = document["invoices"]
    assert last["original_ksef_number"] == first["ksef_number"]
    assert document["receipt"]["complete"] is True
    saved = {Path(page["path"]) for page in document["receipt"]["pages"]}
    assert saved == set(tmp_path.iterdir())


def test_simulate_until_interrupted() -> None:
    served = subprocess.Popen(
        [*COMMAND, "simulate", "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    try:
        assert served.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            text += served.stdout.readline()
        told = json.loads(text)
        listed = ksef("sessions", KSEF_BASE_URL=told["base_url"], KSEF_TOKEN=told["token"])
        assert (listed.returncode, listed.stdout) == (0, "no such session\n")
    finally:
        served.send_signal(signal.SIGINT)
        _, err = served.communicate()
    assert (served.returncode, err) == (130, "ksef: stopped\n")


def test_a_reader_that_leaves_early() -> None:
    process = subprocess.Popen(
        [*COMMAND, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


def test_a_terminal_without_polish_letters(tmp_path: Path) -> None:
    done = ksef("demo", "--to", tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "M?ynek" in done.stdout
