"""What JSON Schema alone would let through is refused as the formats of OpenAPI say."""

import pytest

from ksef_facade.simulator.schemas import Schemas


@pytest.mark.parametrize(
    ("format", "fitting", "too_large"), [("int32", 2**31 - 1, 2**31), ("int64", 2**63 - 1, 2**63)]
)
def test_whole_numbers_fit_their_format(format: str, fitting: int, too_large: int) -> None:
    validator = Schemas({}).compile({"type": "integer", "format": format, "nullable": True})
    assert validator.findings(fitting) == validator.findings(-fitting - 1) == []
    for value in (too_large, -too_large - 1):
        (finding,) = validator.findings(value)
        assert finding.keyword in ("maximum", "minimum")


def test_a_narrower_bound_of_the_contract_stays() -> None:
    validator = Schemas({}).compile({"type": "integer", "format": "int32", "maximum": 7})
    assert validator.findings(7) == []
    assert validator.findings(8) != []
