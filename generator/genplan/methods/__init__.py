"""The scoring methods: one module each, listed in `METHODS`."""

from genplan.methods import (
    deduction,
    direct,
    interpolation,
    inverse_ratio,
    items,
    pass_fail,
    per_unit,
    ratio,
    roll_up,
    rubric,
    tiers,
    two_way,
)
from genplan.methods.method import Method
from genplan.methods.parameters import RuleModel

METHODS: dict[str, Method] = {
    method.tag: method
    for method in (
        direct.METHOD,
        ratio.METHOD,
        inverse_ratio.METHOD,
        tiers.METHOD,
        interpolation.METHOD,
        per_unit.METHOD,
        deduction.METHOD,
        items.METHOD,
        pass_fail.METHOD,
        rubric.METHOD,
        roll_up.METHOD,
        two_way.METHOD,
    )
}
"""All scoring methods by their name in plans."""


def method_of(rule: RuleModel) -> Method:
    """Return the method of a rule."""
    return METHODS[rule.TAG]
