"""CSV that people open in a spreadsheet."""

import pytest

from ksef_facade.store.csv_rows import csv_row, free_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("FA/1", "FA/1"),
        ("2026-11-21; a-b, c=d", "2026-11-21; a-b, c=d"),
        ("=1+2", "'=1+2"),
        ("+48", "'+48"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r\n=1", "'\r\n'=1"),
        ("\n", "'\n"),
        ("FA;=HYPERLINK(1);-2", "FA;'=HYPERLINK(1);'-2"),
    ],
)
def test_no_cell_begins_a_formula(text: str, cell: str) -> None:
    assert free_text(text) == cell


def test_a_name_that_is_no_text_does_not_stop_a_file() -> None:
    assert csv_row(["a\udcb3b", 'say "x"', "Łódź"]) == 'a\\udcb3b,"say ""x""",Łódź\r\n'.encode()
