"""The procedure of an assessment: its steps and dates, what follows, and who signs."""

from genplan.plan.periods import Period, dated_period, parse_period
from genplan.source.model import (
    Date,
    Model,
    Name,
    Text,
)


class Step(Model):
    """A step of the assessment process."""

    step: Text
    """Name of the step."""
    detail: Text | None = None
    """What is done."""
    responsible: Text | None = None
    """Who does it."""
    deadline: Text | None = None
    """By when."""


class Use(Model):
    """What results are used for."""

    when: Text
    """The case: a grade, or a result."""
    then: Text
    """What follows."""


class Appeal(Model):
    """How a result may be contested."""

    window: Text
    """Within what time."""
    handler: Text
    """Who handles it."""
    form: Text | None = None
    """How to appeal."""


class Improvement(Model):
    """Who is given an improvement plan."""

    below: Text
    """People whose grade, in the end, is lower than this one; grades rank by their bounds."""


class Signatory(Model):
    """Who signs the plan."""

    role: Text
    """As what: 编制, 审核, 批准."""
    name: Name | None = None
    """Who, where that is known."""
    date: Date | None = None
    """When it was signed."""


class Dates(Model):
    """A period; the short form `2026-Q3` gives the dates by itself."""

    name: Name | None = None
    """How documents name it."""
    start: Date
    """First day."""
    end: Date
    """Last day."""

    @property
    def period(self) -> Period:
        """The period these dates make."""
        short = parse_period(self.name or "")
        return (
            short if short and (short.start, short.end) == (self.start, self.end) else dated_period(self.start, self.end, self.name or "")
        )
