"""`ksef` as a person runs it, against a KSeF on this machine."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from attrs import frozen

from ksef_facade.cli.main import main
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator

SELLER = seller(Random(7))


@frozen
class Outcome:
    """What one call of `ksef` did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Ksef = Callable[..., Outcome]


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(upo_page_size=2) as running:
        yield running


@pytest.fixture(autouse=True)
def no_kept_login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Spare the developer's own login; where one is kept instead."""
    folder = tmp_path / "config"
    monkeypatch.setenv("KSEF_CONFIG", str(folder))
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: folder)
    return folder


@pytest.fixture(autouse=True)
def schema_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Spare the developer's own schemas; where they are kept instead."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    return tmp_path / "data" / "schemas"


@pytest.fixture
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KSEF_")]:
        if name != "KSEF_CONFIG":
            monkeypatch.delenv(name)


@pytest.fixture
def offline_ksef(capsys: pytest.CaptureFixture[str], no_variables: None) -> Ksef:
    """`ksef` with no settings at all."""

    def run(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def ksef(
    offline_ksef: Ksef, simulator: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Ksef:
    """`ksef` with the simulator and a token of our shop in its variables."""
    monkeypatch.setenv("KSEF_BASE_URL", simulator.base_url)
    monkeypatch.setenv("KSEF_JOURNALS", str(tmp_path / "journals"))
    monkeypatch.setenv("KSEF_TOKEN", simulator.issue_token(SELLER.tax_number))
    monkeypatch.setenv("KSEF_NIP", SELLER.tax_number)
    return offline_ksef


@pytest.fixture(scope="module")
def finished_session(simulator: Simulator) -> str:
    """The reference of a session with five accepted and two rejected invoices."""
    answer = httpx.post(
        httpx.URL(simulator.base_url).join("/_simulator/sessions"),
        json={
            "nip": SELLER.tax_number,
            "kind": "online",
            "accepted": 5,
            "rejected": 2,
            "upoPageSize": 2,
        },
    )
    reference: str = answer.raise_for_status().json()["referenceNumber"]
    return reference


@pytest.fixture
def invoice_files(tmp_path: Path) -> list[Path]:
    """Two good invoices with numbers that no other test uses."""
    now = datetime.now(UTC)
    unique = tmp_path.name
    files = []
    for position, invoice in enumerate(demo_invoices(SELLER, now.date(), Random(7))[:2]):
        path = tmp_path / f"invoice-{position}.xml"
        number = invoice.number.encode()
        path.write_bytes(invoice.document(now).replace(number, f"{position}/{unique}".encode()))
        files.append(path)
    return files
