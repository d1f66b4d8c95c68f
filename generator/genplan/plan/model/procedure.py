"""The procedure of an assessment: steps, dates, consequences and signatures."""

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
    """Deadline."""


class Use(Model):
    """What results are used for."""

    when: Text
    """The condition: a grade or a result."""
    then: Text
    """The consequence."""


class Appeal(Model):
    """How to appeal against a result."""

    window: Text
    """Time limit."""
    handler: Text
    """Who handles it."""
    form: Text | None = None
    """How to appeal."""


class Improvement(Model):
    """Who gets an improvement plan."""

    below: Text
    """People whose final grade is lower than this one; grades rank by their bounds."""


class Signatory(Model):
    """Who signs the plan."""

    role: Text
    """Their role: 编制, 审核, 批准."""
    name: Name | None = None
    """Their name, if known."""
    date: Date | None = None
    """Date of the signature."""


class Dates(Model):
    """A period with its dates; the short form `2026-Q3` implies them."""

    name: Name | None = None
    """Its name in documents."""
    start: Date
    """First day."""
    end: Date
    """Last day."""

    @property
    def period(self) -> Period:
        """The period with these dates."""
        short = parse_period(self.name or "")
        return (
            short if short and (short.start, short.end) == (self.start, self.end) else dated_period(self.start, self.end, self.name or "")
        )
