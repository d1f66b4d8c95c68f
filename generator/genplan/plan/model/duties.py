"""The position: its duties, and whom it works with."""

from genplan.source.model import (
    Annotated,
    Field,
    Model,
    Text,
    short_form,
)


class Duty(Model):
    """One thing the position does."""

    text: Text
    """What is done."""
    standard: Text | None = None
    """How well it is to be done."""


class DutyArea(Model):
    """A group of duties, numbered as one."""

    area: Text
    """Name of the area; `assesses` refers to it."""
    summary: Text | None = None
    """What the area is for."""
    items: tuple[Annotated[Duty, short_form("text")], ...] = ()
    """The duties of the area, each a line of text or `{text, standard}`."""


class Relation(Model):
    """Whom the position works with."""

    with_: Text = Field(alias="with")
    """The other side."""
    about: Text
    """What about."""
