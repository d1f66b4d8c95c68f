"""Which keys of a plan the template of a kind asks for, itself or through the templates it extends, imports and includes."""

import re
from functools import lru_cache
from typing import NamedTuple

import jinja2

from genplan.theme.kinds import Kind

_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_KEY = re.compile(r"\b(?:plan|regulation)\.([a-z_]+)")
_OTHER = re.compile(r"""\{%[-+]?\s*(?:extends|from|import|include)\s+["']([^"']+)["']""")


class _Text(NamedTuple):
    keys: frozenset[str]
    others: tuple[str, ...]


def asks_for(kind: Kind, environment: jinja2.Environment) -> frozenset[str] | None:
    """List the keys; None where that cannot be determined, because the kind has a template written in Word alone.

    Asking is not printing: a template may ask in order to decide. What all kinds print together, a test of the built-in templates holds.
    """
    return None if kind.template is None else _asked(kind.template, environment)


@lru_cache(maxsize=256)
def _asked(template: str, environment: jinja2.Environment) -> frozenset[str]:
    keys: set[str] = set()
    seen: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            text = _read(_source(name, environment))
            keys |= text.keys
            waiting += [environment.join_path(other, name) for other in text.others]
    return frozenset(keys)


def _source(name: str, environment: jinja2.Environment) -> str:
    """Return a template's text; of one that cannot be read, nothing: rendering says why."""
    assert environment.loader is not None
    try:
        return environment.loader.get_source(environment, name)[0]
    except (jinja2.TemplateNotFound, OSError, ValueError):
        return ""


@lru_cache(maxsize=512)
def _read(text: str) -> _Text:
    plain = _REMARK.sub("", text)
    return _Text(frozenset(_KEY.findall(plain)), tuple(_OTHER.findall(plain)))
