"""Pay: what of it follows from the result, in parts that are computed each by itself."""

from typing import Any

from genplan.methods.parameters import Share
from genplan.plan.model.choices import CommissionMode, PoolScope
from genplan.plan.model.grading import Rounding
from genplan.plan.model.indicators import Input
from genplan.plan.model.values import formula_value
from genplan.source.model import Annotated, BeforeValidator, Field, Flag, Model, Name, Number, Text, WithJsonSchema, choice, short_form

PayFormula = Annotated[Any, BeforeValidator(formula_value), WithJsonSchema({"type": ["string", "number"]})]


class CommissionTier(Model):
    """The rate of amounts from a lower bound, included, to an upper one, excluded."""

    from_: Annotated[Number, Field(ge=0)] | None = Field(None, alias="from")
    """Lower bound, included; where absent, where the tier before ends, or 0."""
    to: Annotated[Number, Field(gt=0)] | None = None
    """Upper bound, excluded; where absent, where the next tier starts. The last tier has none."""
    rate: Share
    """The rate, as a percentage."""


class Commission(Model):
    """Commission by a table of rates."""

    of: PayFormula
    """What it is paid on: a column of results, or a formula, in the unit of pay."""
    mode: choice(CommissionMode)  # type: ignore[valid-type]
    """`whole`: the rate of the tier that the amount falls in counts for all of it; `progressive`: each tier's rate counts for what falls
    in that tier."""
    tiers: Annotated[tuple[CommissionTier, ...], Field(min_length=1)]
    """The tiers, lowest first, without gaps from 0 up."""


class Pool(Model):
    """An amount that people share, to the last cent."""

    amount: PayFormula
    """The amount: a number, or a formula of columns that give everybody in the pool the same."""
    share: PayFormula
    """What each share is in proportion to: 职称系数 * 总分."""
    by: choice(PoolScope) | None = None  # type: ignore[valid-type]
    """Whether each `department` or `position` has a pool of its own; everybody of the plan and period shares one where absent."""


class PayPart(Model):
    """A part of pay: computed by a formula, as a commission, or out of a pool."""

    name: Name
    """Name, as pay sheets head its column."""
    compute: PayFormula | None = None
    """Formula: 绩效基数 * 绩效系数. 绩效系数 (coefficient) is the coefficient of the grade, 总分 (total) the total, an indicator's name its
    actual; all other names are columns of results."""
    commission: Commission | None = None
    """Commission by a table of rates."""
    pool: Pool | None = None
    """A share of an amount."""
    definition: Text | None = None
    """What it is paid for."""


class Pay(Model):
    """Pay that follows from the result. Each part is rounded, and what is paid is the sum of the parts."""

    parts: Annotated[tuple[PayPart, ...], Field(min_length=1)]
    """The parts."""
    unit: Text = "元"
    """What pay is in. Results may give sums in other units of money (万元), and they are converted."""
    rounding: Annotated[Rounding, short_form("places")] = Rounding(places=2)
    """How each part is rounded: `{places, mode}`, or the places alone; two places where absent."""
    inputs: tuple[Annotated[Input, short_form("name")], ...] = ()
    """The columns that parts compute with, where there is more to say of them than their names. One without a unit is a sum in the unit of
    pay, or a coefficient."""
    notice: Flag = False
    """Whether the notice of result states what the person is paid."""
