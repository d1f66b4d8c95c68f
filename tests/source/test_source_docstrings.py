"""What stands below a field is found, whoever's field it is."""

from genplan.source.docstrings import field_docstrings
from genplan.source.keys import Keys
from genplan.source.model import Field, Model, json_schema


class Base(Model):
    """A base."""

    shared: int = 0
    """For all,
    over two lines."""
    silent: int = 0


class Kind(Base):
    """A kind of it,
    said over two lines.
    """

    from_: int = Field(alias="from")
    """Where it starts."""
    silent: int = 1

    def method(self) -> int:
        """Say nothing of a field."""
        return 0


class Silent(Model):
    __doc__ = None


def test_fields_of_a_class_and_of_its_bases_are_described():
    assert field_docstrings(Kind) == {"shared": "For all,\nover two lines.", "from_": "Where it starts."}


def test_a_schema_describes_keys_as_they_are_written():
    properties = json_schema(Kind, Keys.NONE)["properties"]
    assert {key: part.get("description") for key, part in properties.items()} == {
        "shared": "For all, over two lines.",
        "silent": None,
        "from": "Where it starts.",
    }


def test_a_schema_describes_a_model_in_one_line():
    assert json_schema(Kind, Keys.NONE)["description"] == "A kind of it, said over two lines."
    assert "description" not in json_schema(Silent, Keys.NONE)
