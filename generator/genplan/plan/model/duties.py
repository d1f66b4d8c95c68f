"""The position: its duties and working relations."""

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
    """The required standard."""


class DutyArea(Model):
    """A numbered group of duties."""

    area: Text
    """Name of the area; `assesses` refers to it."""
    summary: Text | None = None
    """The purpose of the area."""
    items: tuple[Annotated[Duty, short_form("text")], ...] = ()
    """The duties of the area, each a line of text or `{text, standard}`."""


class Relation(Model):
    """Whom the position works with."""

    with_: Text = Field(alias="with")
    """The other party."""
    about: Text
    """The subject of the cooperation."""
