"""Contrast of the brand's colours: WCAG's own numbers, and warnings where documents would be hard to read."""

from pathlib import Path

import pytest

from genplan import resources
from genplan.diagnostics import Diagnostic
from genplan.theme.brand import load_brand
from genplan.theme.brand.contrast import nearest, ratio


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1),
    ],
)
def test_ratio_is_that_of_wcag(one: str, other: str, expected: float):
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)
    assert ratio(one, other) == ratio(other, one)


def test_nearest_shade_passes_and_is_near():
    shade = nearest("#f5b800", "#ffffff", 4.5)
    assert shade is not None
    assert 4.5 <= ratio(shade, "#ffffff") < 4.8
    assert nearest("#777777", "#777777", 22) is None
    lighter = nearest("#444444", "#101010", 4.5)
    assert lighter is not None
    assert int(lighter[1:3], 16) > 0x44


def found(tmp_path: Path, text: str) -> list[Diagnostic]:
    path = tmp_path / "brand.yml"
    path.write_text(f"meta: {{name: 示例}}\n{text}\n", "utf-8")
    return [d for d in load_brand(path, "templates/brand.yml", lambda _: None).diagnostics if d.code == "GP521"]


def test_the_built_in_brand_and_the_fallback_pass(tmp_path: Path):
    assert not found(tmp_path, "")
    outcome = load_brand(resources.templates() / "brand.yml", "brand.yml", lambda name: resources.templates() / name)
    assert not outcome.diagnostics


@pytest.mark.parametrize(
    ("lines", "line", "where"),
    [
        ('color:\n  foreground: "#888888"', 3, ["text on paper"]),
        ('color:\n  primary: "#F5B800"', 3, ["heads of tables"]),
        ('color:\n  secondary: "#999999"', 3, ["small print"]),
        ('color:\n  light: "#777777"', 3, ["label cells"]),
        ('color:\n  success: "#66CC66"', 3, ["what is good"]),
        ('color:\n  danger: "#FF8888"', 3, ["what is bad"]),
        ('typography:\n  headings:\n    color: "#999999"', 4, ["headings"]),
        ('typography:\n  link:\n    color: "#999999"', 4, ["links"]),
        ('typography:\n  link:\n    background-color: "#1F6F9F"', None, ["links"]),
        ('color:\n  palette: {sun: "#F5B800"}\n  danger: sun', 4, ["what is bad"]),
        ('color:\n  tertiary: "#EEEEEE"\n  warning: "#EEEEEE"', None, []),
        ('color:\n  primary: "#777777"', 3, ["heads of tables"]),  # headings are large, and need less
    ],
)
def test_a_pair_below_the_least(tmp_path: Path, lines: str, line: int | None, where: list[str]):
    warnings = found(tmp_path, lines)
    assert len(warnings) == len(where)
    assert all(part in warning.message for part, warning in zip(where, warnings, strict=True))
    assert line is None or line in {warning.span.line for warning in warnings}
    assert all("#" in warning.help for warning in warnings)
