"""Bad input gets one sentence and exit code 2; without a request, and without a traceback."""

import pytest

from tests.cli.conftest import Ksef

SESSION = "20250925-SO-2F67776000-97273B191A-65"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
UPO = "20250901-EU-47FDBE3000-5961A5D232-BF"

WRONG = {
    "session status nonsense": "is not a session reference",
    f"session status {UPO}": "is a UPO reference (EU); a session reference (SO or SB) is wanted",
    f"session wait {INVOICE}": "is an invoice reference (EE); a session reference",
    f"session invoices {SESSION}0": "(37 characters) is not a session reference",
    f"upo save {UPO} --to out": "is a UPO reference (EU)",
    f"upo save {SESSION}": "--to",
    f"upo save {SESSION} --to out --timeout soon": "'soon' is not a duration",
    f"upo get {SESSION}": "say which invoice",
    f"upo get {SESSION} --ksef-number 1 --invoice {INVOICE}": "say which invoice",
    f"upo get {SESSION} --ksef-number 5265877635-20250826-0100001AF629-AE": "is mistyped",
    f"upo get {SESSION} --ksef-number 5265877635": "is a NIP; a KSeF number is wanted",
    f"upo get {SESSION} --invoice {UPO}": "is a UPO reference (EU); an invoice reference",
    f"upo get {SESSION} --invoice {INVOICE} --to no/such/file": "does not exist",
    f"upo get {SESSION} --invoice {INVOICE} --format html": '"html"',
    "upo render": "name at least one file",
    "upo render README.md --to no/such/file.pdf": "does not exist",
    "upo render README.md --pdfa --to x.html": "--pdfa makes a PDF",
    f"session report {SESSION} --format table --to x.json": "a table is for stdout",
    f"session report {SESSION} --to no/such/file.json": "does not exist",
    "send": "name at least one file",
    "demo --to README.md": "README.md is a file; a folder is wanted",
    "demo --to README.md/x": "the folder README.md/x cannot be made: Not a directory",
    "send no-such-file.xml": "No such file or directory: no-such-file.xml",
    "send --resume README.md": "--resume takes no files",
    "send --resume --no-journal": "--no-journal goes neither",
    "send README.md --journal x --no-journal": "--no-journal goes neither",
    "send README.md --mode fast": '"fast"',
    "send README.md": "KSEF_TOKEN",
    "simulate --nip 5265877636": "is mistyped",
    "simulate --limits sometimes": '"sometimes"',
    "simulate --port eighty": '"eighty"',
    "sessions --created-from yesterday": "'yesterday' is not a date",
    "sessions --created-to 2026-02-30": "'2026-02-30' is not a date",
    "sessions --limit 0": "--limit must be 1 or more",
    "sessions --status lost": '"lost"',
    "sessions --kind both": '"both"',
    "sessions --wat": "Unknown option: --wat",
    "sessions too many": "Unused Tokens",
    "sessions --env mars": '"mars"',
    "sessions --base-url http://ksef.example/v2": "http is allowed only to this machine",
    "sessions --base-url nonsense": "is not a base URL",
    "sessions --base-url https://user:pass@ksef.example/v2": "no user information",
    "sessions": "KSEF_TOKEN",
    "session status": "REF",
    "sesions": "Unknown command",
    "--json": "name a command",
}


@pytest.mark.parametrize(("arguments", "sentence"), WRONG.items(), ids=str)
def test_bad_input(offline_ksef: Ksef, arguments: str, sentence: str) -> None:
    outcome = offline_ksef(*arguments.split())
    assert outcome.code == 2
    assert sentence in outcome.err
    told = [line for line in outcome.err.splitlines() if not line.startswith("hint: ")]
    assert len(told) == 1
    assert told[0].startswith("ksef: ")


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1\x01/v2",
        "https://xn--zzzzz-/v2",
        "https://ąę..com/v2",
        "https://exa mple/v2",
        "https://a\n.example/v2",
        "https://[::1/v2",
        "https://host:99999/v2",
        "https:///v2",
        "https://-/v2",
        "https://" + "a" * 10_000,
        "",
    ],
)
@pytest.mark.parametrize("json", [(), ("--json",)], ids=str)
def test_an_address_that_is_none(offline_ksef: Ksef, address: str, json: tuple[str, ...]) -> None:
    outcome = offline_ksef(*json, "contract", "check", "--base-url", address)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1
    assert len(outcome.err) < 300
    assert all(character.isprintable() or character == "\n" for character in outcome.err)
    assert bool(outcome.out) == bool(json)


@pytest.mark.parametrize("arguments", [f"session status {UPO}", "sessions --wat", "sessions"])
def test_with_json_there_is_a_document_too(offline_ksef: Ksef, arguments: str) -> None:
    outcome = offline_ksef("--json", *arguments.split())
    assert outcome.code == 2
    error = outcome.document["error"]
    assert error["exit_code"] == 2
    assert outcome.err.startswith(f"ksef: {error['message']}\n")


def test_without_json_nothing_is_on_stdout(offline_ksef: Ksef) -> None:
    assert offline_ksef("session", "status", UPO).out == ""


def test_the_password_of_a_url_is_not_repeated(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("sessions", "--base-url", "https://user:hunter2@ksef.example/v2")
    assert "hunter2" not in outcome.err


def test_a_token_in_place_of_a_reference_is_not_repeated(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("session", "status", "20250925-EC-1|nip-5265877635|c0ffee")
    assert outcome.code == 2
    assert "c0ffee" not in outcome.err


@pytest.mark.parametrize("command", [(), ("session",), ("upo", "get")])
def test_help_states_the_exit_codes(offline_ksef: Ksef, command: tuple[str, ...]) -> None:
    outcome = offline_ksef(*command, "--help")
    assert outcome.code == 0
    assert "4: not ready in time" in outcome.out
    assert "--base-url" in outcome.out


def test_version_names_package_and_contract(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("--version")
    assert outcome.out.startswith("ksef-facade ")
    assert "contract 2." in outcome.out
