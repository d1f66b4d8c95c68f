"""Colours: references to the palette and to roles followed to `#rrggbb`."""

import re

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.brand.model import Colors

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

FALLBACK = {
    "foreground": "#1f2933",
    "background": "#ffffff",
    "primary": "#1f4e79",
    "secondary": "#5b6b7b",
    "tertiary": "#8fa3b5",
    "success": "#2e7d4f",
    "info": "#1f6f9f",
    "warning": "#b26a00",
    "danger": "#b3261e",
    "light": "#f3f6f9",
    "dark": "#1f2933",
}
"""The colour of each role that a brand leaves out."""


def follow(written: Colors, value: str) -> str | None:
    """Return the `#rrggbb` that a value leads to through the palette and the roles; None where it leads to none."""
    seen: set[tuple[str, bool]] = set()
    while not HEX.fullmatch(value):
        in_palette = value in written.palette and (value, True) not in seen
        seen.add((value, in_palette))
        following = written.palette[value] if in_palette else _role(written, value)
        if following is None or len(seen) > len(written.palette) + len(FALLBACK):
            return None
        value = following
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))  # noqa: PLR2004 - #rgb is short for #rrggbb


def _role(written: Colors, name: str) -> str | None:
    return (getattr(written, name) or FALLBACK[name]) if name in FALLBACK else None


def resolve(written: Colors, value: str, span: Span, diagnostics: list[Diagnostic]) -> str | None:
    """Follow a colour, and report one that leads nowhere: GP511."""
    color = follow(written, value)
    if color is None:
        message = msg("colour `{value}` is neither #rrggbb nor in the palette", value=value)
        diagnostics.append(diagnose("GP511", span, message, help=msg('write it in quotes: "#1F4E79"')))
    return color
