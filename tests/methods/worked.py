"""Indicators for tests of methods."""

import yaml

from genplan.plan.model import Indicator


def indicator_of(written: str) -> Indicator:
    """Read an indicator from what a plan says of it besides its name."""
    return Indicator.model_validate(yaml.load(f"{{name: 甲, {written}}}", yaml.BaseLoader))
