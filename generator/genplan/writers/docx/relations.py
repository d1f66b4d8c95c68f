"""Relationships of a part to others and to addresses outside, and the list of content types."""

from collections.abc import Iterable, Mapping

from genplan.writers.docx.xml import DECLARATION, R, escape

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def kind(name: str) -> str:
    """Return the relationship type that Office calls `name`, such as `image`."""
    return f"{R}/{name}"


class Relations:
    """The relationships of one part, numbered as they come; one target has one number."""

    def __init__(self, rows: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}
        for type_, target in rows:
            self.add(type_, target)

    def __bool__(self) -> bool:
        return bool(self._ids)

    def add(self, type_: str, target: str, *, external: bool = False) -> str:
        """Return the id of the relationship of `type_` to `target`."""
        return self._ids.setdefault((type_, target, external), f"rId{len(self._ids) + 1}")

    def xml(self) -> str:
        """Write the part that holds these relationships."""
        rows = (
            f'<Relationship Id="{id_}" Type="{type_}" Target="{escape(target)}"' + (' TargetMode="External"/>' if external else "/>")
            for (type_, target, external), id_ in self._ids.items()
        )
        return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def content_types(extensions: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """Write `[Content_Types].xml`: types by file extension, and by part name (without the leading slash)."""
    rows = [f'<Default Extension="{name}" ContentType="{type_}"/>' for name, type_ in sorted(extensions.items())]
    rows += [f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in sorted(parts.items())]
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{"".join(rows)}</Types>'
