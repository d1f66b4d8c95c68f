"""Which templates a template has loaded: those it extends, includes and imports, and what these load in turn."""

from collections.abc import Iterable, Mapping
from typing import Any

import jinja2

from genplan.theme.sandbox import Sandbox


class Recording(Sandbox):
    """Notes which template asked for which.

    Jinja keeps an imported module, so its own loads are seen once in the life of an environment. The notes are therefore kept, and what a
    document was made from is read off them as a whole: at least all that it loaded.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jinja's own
        super().__init__(**options)
        self._asked: dict[str, set[str]] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - jinja's name
    ) -> jinja2.Template:
        """Load a template for another."""
        self._note([name], parent)
        return super().get_template(name, parent, globals)  # type: ignore[arg-type] # jinja passes mappings on

    def select_template(
        self,
        names: Iterable[str | jinja2.Template],
        parent: str | None = None,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - jinja's name
    ) -> jinja2.Template:
        """Load the first template that there is; those that there are not count as well."""
        listed = list(names) if not isinstance(names, jinja2.Undefined) else names
        self._note(listed, parent)
        return super().select_template(listed, parent, globals)  # type: ignore[arg-type]

    def _note(self, names: Iterable[object], parent: str | None) -> None:
        if isinstance(names, jinja2.Undefined):
            return
        for name in names:
            if isinstance(name, str):
                self._asked.setdefault(parent or "", set()).add(self.join_path(name, parent) if parent else name)

    def used(self, name: str) -> list[str]:
        """List the templates that one leads to, itself included, in order; of those that do not exist, too."""
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting += self._asked.get(each, ())
        return sorted(reached)
