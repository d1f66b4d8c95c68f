"""Reading editions.yml from every root of the theme, a workspace's own keys standing before the built-in ones."""

import difflib
import re

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.source.text import read_text
from genplan.source.yaml import Mapping, Node, Scalar, parse
from genplan.theme.editions.edition import Edition
from genplan.theme.editions.paths import HIDEABLE, UNLESS_SHOWN
from genplan.theme.files import ThemeFiles
from genplan.theme.locale import Locale

FILE = "editions.yml"
_PLACE = f"templates/{FILE}"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
RESERVED = ("all", "none")
"""What `--edition` takes besides names."""
_STATES = {"hidden": True, "shown": False}
_SHAPE = msg("write each edition's name, and below it lines such as `result.rank: hidden`")


def load_editions(files: ThemeFiles, locale: Locale) -> Outcome[dict[str, Edition]]:
    """Read the editions in the order they are declared.

    Finds GP624 (what cannot be hidden, or no such key), GP625 (an edition without a label) and what reading YAML finds.
    """
    declared: dict[str, dict[str, bool]] = {}
    places: dict[str, Span] = {}
    diagnostics: list[Diagnostic] = []
    for path in [root / FILE for root in reversed(files.roots) if (root / FILE).is_file()]:
        text, unread = read_text(path, _PLACE)
        node, problems = parse(text, _PLACE) if text is not None else Outcome(None, [])
        diagnostics += [*unread, *problems]
        if node is not None:
            _read(node, declared, places, diagnostics)
    for name, span in places.items():
        if locale.labels and f"edition.{name}" not in locale.labels:
            advice = msg("add `edition: {{{name}: …}}` to templates/locales/{language}.yml", name=name, language=locale.language)
            diagnostics.append(
                diagnose(
                    "GP625",
                    span,
                    msg("the edition `{name}` has no title in `{language}`", name=name, language=locale.language),
                    help=advice,
                )
            )
    editions = {name: Edition(name, frozenset(path for path, hidden in keys.items() if hidden)) for name, keys in declared.items()}
    return Outcome(editions, diagnostics)


def _read(root: Node, declared: dict[str, dict[str, bool]], places: dict[str, Span], diagnostics: list[Diagnostic]) -> None:
    if not isinstance(root, Mapping):
        diagnostics.append(diagnose("GP624", root.span, msg("the file is not a list of editions"), help=_SHAPE))
        return
    for key, value in root.entries:
        name = key.value.strip()
        if not _NAME.fullmatch(name) or name in RESERVED:
            advice = msg("use lower-case letters, digits and hyphens, but none of: {reserved}", reserved=listing(RESERVED))
            diagnostics.append(diagnose("GP624", key.span, msg("`{name}` is not a valid name for an edition", name=name[:40]), help=advice))
            continue
        places.setdefault(name, key.span)
        keys = declared.setdefault(name, dict.fromkeys(UNLESS_SHOWN, True))
        if isinstance(value, Mapping):
            _read_keys(value, keys, diagnostics)
        elif not isinstance(value, Scalar) or value.value.strip():
            diagnostics.append(diagnose("GP624", value.span, msg("`{name}` does not say what it hides", name=name), help=_SHAPE))


def _read_keys(node: Mapping, keys: dict[str, bool], diagnostics: list[Diagnostic]) -> None:
    for key, value in node.entries:
        path = key.value.strip()
        state = _STATES.get(value.value.strip()) if isinstance(value, Scalar) else None
        if path not in HIDEABLE:
            near = difflib.get_close_matches(path, HIDEABLE, n=1, cutoff=0.6)
            advice = msg("did you mean `{near}`?", near=near[0]) if near else msg("docs/hr/editions.md lists what editions can hide")
            diagnostics.append(
                diagnose("GP624", key.span, msg("`{path}` is not a key that an edition can hide", path=path[:80]), help=advice)
            )
        elif state is None:
            diagnostics.append(
                diagnose(
                    "GP624",
                    value.span,
                    msg("`{path}` is neither hidden nor shown", path=path),
                    help=msg("write `{path}: hidden` or `{path}: shown`", path=path),
                )
            )
        else:
            keys[path] = state
