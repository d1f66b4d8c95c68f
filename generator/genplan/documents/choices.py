"""What `genplan build` makes of documents, from its options or else from genplan.yml: editions and watermark."""

import difflib
import unicodedata
from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.theme.editions import Edition
from genplan.theme.theme import Theme
from genplan.workspace import SETTINGS
from genplan.workspace.workspace import Workspace

MOST_CHARACTERS = 20
"""A longer watermark would be too small to be read at a glance."""


def choose_editions(asked: Sequence[str], workspace: Workspace | None, theme: Theme) -> Outcome[tuple[Edition, ...]]:
    """Return the editions that are asked for, in the order the theme declares them; `all` are all of them, `none` is none.

    Finds GP709.
    """
    span = Span("--edition") if asked else Span(SETTINGS)
    names = [name for each in asked or (workspace.editions if workspace else ()) for name in each.split(",") if name]
    if "none" in names:
        return Outcome((), [])
    diagnostics: list[Diagnostic] = []
    for name in names:
        if name not in theme.editions and name != "all":
            near = difflib.get_close_matches(name, theme.editions, n=1)
            advice = (
                msg("did you mean `{near}`?", near=near[0])
                if near
                else msg("available: {offered}", offered=listing(("all", "none", *theme.editions)))
            )
            diagnostics.append(diagnose("GP709", span, msg("unknown edition `{name}`", name=name[:40]), help=advice))
    chosen = tuple(edition for name, edition in theme.editions.items() if name in names or "all" in names)
    return Outcome(chosen, diagnostics)


def choose_watermark(asked: str | None, workspace: Workspace | None, theme: Theme) -> Outcome[str]:
    """Return the watermark's text: a preset of the language, or the text itself; empty for none.

    Finds GP626.
    """
    text = asked if asked is not None else workspace.watermark if workspace else ""
    span = Span("--watermark") if asked is not None else Span(SETTINGS)
    text = theme.locale.labels.get(f"watermark.{text}", text).strip()
    advice = msg(
        "write at most {limit} characters on one line, or a preset: {presets}",
        limit=MOST_CHARACTERS,
        presets=listing(theme.locale.options("watermark")),
    )
    if len(text) > MOST_CHARACTERS or any(_breaks(character) for character in text):
        return Outcome("", [diagnose("GP626", span, msg("the watermark is too long or not a single line"), help=advice)])
    unshown = next((character for character in text if character not in theme.coverage), None)
    if unshown:
        return Outcome(
            "",
            [
                diagnose(
                    "GP626",
                    span,
                    msg("the theme's fonts do not have `{character}`, which the watermark contains", character=unshown),
                    help=advice,
                )
            ],
        )
    return Outcome(text, [])


def _breaks(character: str) -> bool:
    """Return whether a character ends a line, controls its direction, or is a space of another kind."""
    return character != " " and unicodedata.category(character)[0] in "CZ"
