"""Identifiers: what is taken, what is refused, and what the refusal says."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import InvalidIdentifier, KsefError
from ksef_facade.identifiers import (
    InvoiceReference,
    KsefNumber,
    Nip,
    SessionReference,
    UpoReference,
    crc8,
)

SESSION = "20250925-SO-2F67776000-97273B191A-65"
BATCH = "20250626-SB-213D593000-4DE10D80A5-E9"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
UPO = "20250901-EU-47FDBE3000-5961A5D232-BF"
NUMBER = "5265877635-20250826-0100001AF629-AF"
NIP = "5265877635"

VALID_SESSIONS = [
    "20250625-SO-2C3E6C8000-B675CF5D68-07",
    SESSION,
    BATCH,
    "20250901-SB-47FA636000-5960B49115-9D",
]
VALID_UPOS = [UPO, "20250901-EU-48D8488000-59667BB54C-C8"]
OTHER_KINDS = [
    "20250514-CR-226FB7B000-3ACF9BE4C0-10",
    "20250625-CR-2FDC223000-C2BFC98A9C-4E",
    "20250604-CR-461EA5B000-537A6BA15D-D7",
    "20250514-AU-2DFC46C000-3AC6D5877F-D4",
    "20251010-AU-19F5E39000-39B5B182BA-B8",
    "20251010-EC-1DCE3E3000-12ECB5B36E-45",
    "20250626-EG-333C814000-C529F710D8-D2",
    "20250925-EH-2D2C11B000-E9C9ED8340-EE",
    "20251010-EH-1B6C9EB000-4B15D3AEB9-89",
]
VALID_NUMBERS = [
    NUMBER,
    "5265877635-20250626-010080DD2B5E-26",
    "5265877635-20250916-010040741B3E-46",
    "5265877635-20250916-0200A0D6723E-C2",
    "5555555555-20250828-010080615740-E4",
    "5265877635-20250729-01004014E040-00",
    "5265877635-20250925-010020A0A242-0A",
]
VALID_NIPS = [
    "5265877635",
    "1111111111",
    "5555555555",
    "7980332920",
    "3755747347",
    "4972530874",
    "8225900795",
    "3388912629",
    "6824515772",
]


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        ("5265877635-20250826-0100001AF629", 0xAF),
        ("5265877635-20250626-010080DD2B5E", 0x26),
        ("5555555555-20250828-010080615740", 0xE4),
        ("5265877635-20250729-01004014E040", 0x00),
        ("20250514-CR-226FB7B000-3ACF9BE4C0", 0x10),
        ("20250625-SO-2C3E6C8000-B675CF5D68", 0x07),
        ("20250626-SB-213D593000-4DE10D80A5", 0xE9),
        ("20250918-SB-3789A40000-20373E1269", 0xA3),
        ("20250918-SO-3789A40000-20373E1269", 0x23),
        ("1111111111-IZ202607-65ED02180000", 0xE7),
        ("", 0x00),
    ],
)
def test_crc8_gives_the_published_values(data: str, crc: int) -> None:
    assert crc8(data.encode()) == crc


@given(st.binary(max_size=40))
def test_crc8_equals_the_bitwise_definition(data: bytes) -> None:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ 0x07) & 0xFF if crc & 0x80 else (crc << 1) & 0xFF
    assert crc8(data) == crc


@pytest.mark.parametrize("text", VALID_SESSIONS)
def test_a_session_reference_is_taken_and_its_checksum_matches(text: str) -> None:
    reference = SessionReference.parse(text)
    assert reference == text
    assert reference.checksum_matches
    assert reference.kind == ("online" if "-SO-" in text else "batch")


@pytest.mark.parametrize("text", VALID_UPOS)
def test_a_upo_reference_is_taken(text: str) -> None:
    assert UpoReference.parse(text).checksum_matches


def test_an_invoice_reference_is_taken() -> None:
    assert InvoiceReference.parse(INVOICE).checksum_matches


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (UpoReference, "20250918-EU-2EBD6FA000-242EB9B66D-43"),
        (InvoiceReference, "20250918-EE-2F15D39000-242207E5C4-1B"),
        (InvoiceReference, "20250918-EE-2F20AD2000-242386DF86-52"),
        (SessionReference, "20250918-SO-3789A40000-20373E1269-A3"),
        (SessionReference, "36950822-93-9D5A28BFDA-47C899773E-5C"),
    ],
)
def test_a_wrong_checksum_of_a_reference_is_only_a_hint(
    kind: type[SessionReference | InvoiceReference | UpoReference], text: str
) -> None:
    reference = kind.parse(text)
    assert reference == text
    assert not reference.checksum_matches


@pytest.mark.parametrize("kind", ["SE", "ZZ", "93"])
def test_kinds_not_known_here_are_left_to_the_service(kind: str) -> None:
    text = SESSION.replace("-SO-", f"-{kind}-")
    assert SessionReference.parse(text).kind == "other"
    assert InvoiceReference.parse(text) == text
    assert UpoReference.parse(text) == text


def test_blanks_are_dropped_and_letters_become_upper_case() -> None:
    assert SessionReference.parse(f" \t{SESSION.lower()}\r\n") == SESSION
    assert KsefNumber.parse(f"\u00a0{NUMBER.lower()} ") == NUMBER
    assert Nip.parse(f"{NIP}\n") == NIP


@pytest.mark.parametrize(
    ("wanted", "text", "says"),
    [
        (
            SessionReference,
            UPO,
            "is a UPO reference (EU); a session reference (SO or SB) is wanted",
        ),
        (SessionReference, INVOICE, "is an invoice reference (EE); a session reference"),
        (SessionReference, NUMBER, "is a KSeF number; a session reference (SO or SB) is wanted"),
        (SessionReference, NIP, "is a NIP; a session reference (SO or SB) is wanted"),
        (SessionReference, "1111111111-IZ202607-65ED02180000-E7", "is a collective identifier;"),
        (InvoiceReference, SESSION, "is the reference of an online session (SO); an invoice ref"),
        (InvoiceReference, UPO, "is a UPO reference (EU); an invoice reference (EE) is wanted"),
        (UpoReference, BATCH, "is the reference of a batch session (SB); a UPO reference (EU)"),
        (UpoReference, NUMBER, "is a KSeF number; a UPO reference (EU) is wanted"),
        (
            KsefNumber,
            SESSION,
            "is the reference of an online session (SO); a KSeF number is wanted",
        ),
        (KsefNumber, INVOICE, "is an invoice reference (EE); a KSeF number is wanted"),
        (Nip, NUMBER, "is a KSeF number; a NIP is wanted"),
    ],
)
def test_one_identifier_in_place_of_another_is_named(
    wanted: type[SessionReference | InvoiceReference | UpoReference | KsefNumber | Nip],
    text: str,
    says: str,
) -> None:
    with pytest.raises(InvalidIdentifier) as refusal:
        wanted.parse(text)
    assert says in str(refusal.value)
    assert text in str(refusal.value)


@pytest.mark.parametrize("text", OTHER_KINDS)
def test_every_other_known_kind_is_refused_by_name(text: str) -> None:
    for wanted in (SessionReference, InvoiceReference, UpoReference):
        with pytest.raises(InvalidIdentifier, match=rf"\({text[9:11]}\); an? .* is wanted$"):
            wanted.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        SESSION[:-1],
        SESSION + "0",
        SESSION.replace("-", ""),
        SESSION.replace("-", "–"),
        SESSION.replace("2F67", "2G67"),
        SESSION.replace("20250925", "20251325"),
        SESSION.replace("20250925", "20190925"),
        SESSION.replace("-SO-", "-S-"),
        f"{SESSION}/../tokens",
        "٢٠٢٥٠٩٢٥-SO-2F67776000-97273B191A-65",
        "none",
    ],
)
def test_another_shape_is_refused_with_the_shape_that_is_wanted(text: str) -> None:
    with pytest.raises(
        InvalidIdentifier, match=r"is not a session reference .* 36 characters like"
    ):
        SessionReference.parse(text)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match=r"^The text is empty; a NIP is wanted: 10 digits"):
        Nip.parse(text)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(
        InvalidIdentifier, match=r"Text is wanted for a session reference .* NoneType"
    ):
        SessionReference.parse(None)  # type: ignore[arg-type]
    with pytest.raises(InvalidIdentifier, match="not int"):
        KsefNumber.from_server(5)


@given(st.text(max_size=200))
def test_a_refusal_is_one_short_line(text: str) -> None:
    for wanted in (SessionReference, KsefNumber, Nip):
        try:
            taken = wanted.parse(text)
        except InvalidIdentifier as refusal:
            message = str(refusal)
            assert message.isprintable()
            assert len(message) < 260
        else:
            assert taken.isascii()
            assert taken == text.strip().upper()


def test_a_refusal_repeats_neither_a_token_nor_a_long_text() -> None:
    secret = "9f" * 32
    for token in (f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|{secret}", f"eyJhb.{secret}"):
        with pytest.raises(InvalidIdentifier) as refusal:
            SessionReference.parse(token)
        assert "looks like a token" in str(refusal.value)
        assert secret[:8] not in str(refusal.value)
    with pytest.raises(InvalidIdentifier) as refusal:
        SessionReference.parse("A" * 1000)
    assert "A" * 61 not in str(refusal.value)
    assert "(1000 characters)" in str(refusal.value)


def test_a_refusal_is_a_value_error_too() -> None:
    with pytest.raises(ValueError, match="is not a NIP"):
        Nip.parse("12")
    assert issubclass(InvalidIdentifier, KsefError)


@pytest.mark.parametrize("text", VALID_NUMBERS)
def test_a_ksef_number_is_taken(text: str) -> None:
    number = KsefNumber.parse(text)
    assert number == text
    assert number.seller_nip == text[:10]


def test_a_number_of_ksef_1_0_has_one_hyphen_more() -> None:
    head = "5265877635-20230826-010000-1AF629"
    assert KsefNumber.parse(f"{head}-{crc8(head.encode()):02X}").seller_nip == NIP


@pytest.mark.parametrize("text", [f"{NUMBER[:-1]}E", f"6{NUMBER[1:]}", f"{NUMBER[:-2]}00"])
def test_a_ksef_number_with_a_wrong_checksum_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="is mistyped: its last two digits"):
        KsefNumber.parse(text)


@given(st.sampled_from(VALID_NUMBERS), st.integers(0, 34), st.sampled_from("0123456789ABCDEF"))
def test_any_single_wrong_digit_of_a_ksef_number_is_noticed(
    text: str, position: int, digit: str
) -> None:
    wrong = text[:position] + digit + text[position + 1 :]
    if wrong == text:
        assert KsefNumber.parse(wrong) == text
    else:
        with pytest.raises(InvalidIdentifier):
            KsefNumber.parse(wrong)


@pytest.mark.parametrize("text", VALID_NIPS)
def test_a_nip_is_taken(text: str) -> None:
    assert Nip.parse(text) == text


@pytest.mark.parametrize(
    "text",
    ["0265877635", "5005877635", "526587763", "52658776350", "526-587-76-35", "PL5265877635"],
)
def test_a_nip_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="is not a NIP: 10 digits without separators"):
        Nip.parse(text)


@pytest.mark.parametrize("text", ["5265877634", "1234567890", "5265877653"])
def test_a_nip_with_a_wrong_checksum_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="is mistyped: its last digit"):
        Nip.parse(text)


@pytest.mark.parametrize("kind", [SessionReference, InvoiceReference, UpoReference, KsefNumber])
def test_answers_may_hold_any_harmless_text(
    kind: type[SessionReference | InvoiceReference | UpoReference | KsefNumber],
) -> None:
    assert kind.from_server("abc-1") == "abc-1"
    assert kind.from_server("a" * 64) == "a" * 64
    for harmful in ("", "a" * 65, "../x", "a/b", "a?b", "a b", "a%2Fb", "ą", "a\n", None, 1):
        with pytest.raises(InvalidIdentifier):
            kind.from_server(harmful)


def test_a_short_reference_has_no_kind_and_no_checksum() -> None:
    reference = SessionReference.from_server("session-1")
    assert reference.kind == "other"
    assert not reference.checksum_matches


def test_an_identifier_is_text_and_shows_its_class() -> None:
    reference = SessionReference.parse(SESSION)
    assert isinstance(reference, str)
    assert f"/sessions/{reference}" == f"/sessions/{SESSION}"
    assert repr(reference) == f"SessionReference('{SESSION}')"
    assert {SESSION: 1}[reference] == 1
    with pytest.raises(AttributeError):
        reference.note = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_identifier_survives_pickling_and_copying(protocol: int) -> None:
    for reference in (SessionReference.parse(SESSION), SessionReference.from_server("s-1")):
        again = pickle.loads(pickle.dumps(reference, protocol))
        assert again == reference
        assert type(again) is SessionReference
        assert type(copy.deepcopy(reference)) is SessionReference
