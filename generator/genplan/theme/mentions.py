"""Which keys of a plan the template of a kind asks for, itself or through the templates it extends, imports and includes."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from genplan.theme.files import ThemeFiles
from genplan.theme.kinds import Kind
from genplan.theme.template_files import resolve, template_text

_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_KEY = re.compile(r"\b(?:plan|regulation)\.([a-z_]+)")
_OTHER = re.compile(r"""\{%[-+]?\s*(?:extends|from|import|include)\s+["']([^"']+)["']""")


class _Text(NamedTuple):
    keys: frozenset[str]
    others: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Mentions:
    """What the templates of a theme ask for. Each is read once, since most kinds use the same parts."""

    files: ThemeFiles
    _texts: dict[str, _Text] = field(default_factory=dict)

    def of(self, kind: Kind) -> frozenset[str] | None:
        """List the keys that a kind asks for; None where that cannot be determined, because its template is written in Word alone.

        Asking is not printing: a template may ask in order to decide. A test of the built-in templates holds what all kinds print together.
        """
        return None if kind.template is None else self._asked(kind.template)

    def _asked(self, template: str) -> frozenset[str]:
        keys: set[str] = set()
        seen: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                text = self._text(name)
                keys |= text.keys
                waiting += text.others
        return frozenset(keys)

    def _text(self, name: str) -> _Text:
        if name not in self._texts:
            keys, others = _read(self._source(name))
            self._texts[name] = _Text(keys, tuple(resolve(other, name, self.files.roots) for other in others))
        return self._texts[name]

    def _source(self, name: str) -> str:
        """Return a template's text; of one that cannot be read, nothing: rendering says why."""
        try:
            found = template_text(self.files, name)
        except (OSError, ValueError):
            return ""
        return found[1] if found else ""


@lru_cache(maxsize=512)
def _read(text: str) -> _Text:
    plain = _REMARK.sub("", text)
    return _Text(frozenset(_KEY.findall(plain)), tuple(_OTHER.findall(plain)))
