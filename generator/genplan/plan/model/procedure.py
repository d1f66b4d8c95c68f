"""The procedure of an assessment: steps, dates, consequences and signatures."""

from genplan.plan.model.values import Texts
from genplan.plan.periods import Period, dated_period, parse_period
from genplan.source.model import (
    Date,
    Flag,
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


class InterimReview(Model):
    """A review in the middle of the period: its record is part of the contract."""

    name: Name
    """Its name: 中期检查, Mid-year review."""
    date: Date | None = None
    """When it takes place."""
    detail: Text | None = None
    """What is reviewed."""


class DevelopmentGoal(Model):
    """A goal of personal development."""

    goal: Text
    """What is to be learnt or achieved."""
    action: Text | None = None
    """What is done for it; by default to be filled in."""
    support: Text | None = None
    """Who or what helps; by default to be filled in."""
    until: Date | None = None
    """When it is to be achieved; by default to be filled in."""


class Signatory(Model):
    """Who signs the plan."""

    role: Text
    """Their role: 编制, 审核, 批准."""
    name: Name | None = None
    """Their name, if known."""
    date: Date | None = None
    """Date of the signature."""


class Opinion(Model):
    """An opinion that somebody writes on a document before it is signed."""

    name: Name
    """Its title: 考核委员会意见."""
    signer: Name | None = None
    """Who signs below it; by default nobody."""
    dated: Flag = True
    """Whether the signature has a date."""
    documents: Texts = ("scorecard", "result")
    """The kinds of document with this opinion; by default scorecard and result."""


class SignatureField(Model):
    """A place to sign on documents about a person or a period."""

    role: Name
    """Who signs: 被考核人, 考核委员会主任."""
    dated: Flag = True
    """Whether the signature has a date."""
    documents: Texts = ("scorecard", "result", "improvement")
    """The kinds of document with this signature; by default scorecard, result and improvement plan."""


class NoticeDetails(Model):
    """Who sends notices, and where their receipts go."""

    sender: Name | None = None
    """Sender of the notice; by default the HR department."""
    return_to: Name | None = None
    """Where to return the receipt; by default to the sender."""


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
