"""Numbers as people read them."""

import math

import pytest

from sim.lab.language import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.02134, "0.0213"),
        (1360.4, "1,360"),
        (-1.25, "−1.25"),
        (0.0, "0"),
        (math.nan, "n/a"),
        (0.000123, "0.00012"),
        (-1e-9, "−1.00×10⁻⁹"),
        (4.56e-14, "4.56×10⁻¹⁴"),
        (12.3456, "12.3"),
    ],
)
def test_three_digits_that_matter(value: float, text: str) -> None:
    assert wording.number(value) == text


def test_signs() -> None:
    assert wording.signed(0.5) == "+0.500"
    assert wording.signed(-0.5) == "−0.500"
    assert wording.signed(0.0) == "0"


def test_numbers_of_one_quantity_share_their_decimals() -> None:
    assert wording.together(0.0481, 0.0449, 0.0515) == ["+0.0481", "+0.0449", "+0.0515"]
    assert wording.together(12.0, -0.001) == ["+12.0", "0.0"]
    assert wording.together(3.2e-8, 0.0, -4e-11) == ["+3.20×10⁻⁸", "0.00×10⁻⁸", "0.00×10⁻⁸"]


def test_an_interval_that_is_not_there_is_said_to_be_missing() -> None:
    assert wording.span(math.nan, math.nan) == "no interval"


def test_sign_is_uncertain_without_an_interval_or_with_zero_inside() -> None:
    assert wording.holds_zero(-1, 1)
    assert wording.holds_zero(0, 1)
    assert wording.holds_zero(math.nan, math.nan)
    assert not wording.holds_zero(0.1, 1)


def test_quarters_have_their_calendar_names() -> None:
    manifest = {"scenario": {"horizon": {"start": "2020Q1"}, "calendar": {"quarters_per_year": 4}}}
    assert wording.quarter_name(manifest, 1) == "2020Q1"
    assert wording.quarter_name(manifest, 9) == "2022Q1"
    assert wording.window_name(manifest, (33, 40)) == "quarters 33–40 (2028Q1–2029Q4)"
    assert wording.window_name({}, (1, 8)) == "quarters 1–8"
