"""Templates to start from: for a kind that is there, or for a new one that is like it."""

import re
from collections.abc import Sequence
from datetime import date

from genplan.diagnostics import Outcome
from genplan.theme.context.brand import brand_context
from genplan.theme.files import ThemeFiles
from genplan.theme.kinds import FOLDER, HEADER_SUFFIX, SUFFIX, WORD_SUFFIX, Kind, Scope
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers import writer
from genplan.writers.options import DEFAULTS

STARTERS = "starters"
_NEW_KIND = f"{STARTERS}/new-kind.txt"
_UNDATED = date(2000, 1, 1)
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
_TITLE = re.compile("^title: .*$", re.MULTILINE)
_FRAME = "base.html.j2"
BASE = "base"
"""What the frame of all documents is called where a template is asked for."""


def word_starter(theme: Theme, name: str, like: Kind) -> Outcome[dict[str, bytes]]:
    """Make a template for Word with the fields of a kind in place, and the header where there is no other; files by path in the theme."""
    template = _starter(theme, like)
    kind = Kind(name, like.header, template)
    document, diagnostics = render(theme, kind, _context(theme, name, _title(theme, name, like)), _UNDATED)
    if document is None:
        return Outcome({}, diagnostics)
    data, problems = writer("docx")(document, make_look(theme, theme.files.roots[0]), DEFAULTS)
    if data is None:
        return Outcome({}, problems)
    files = {f"{FOLDER}/{name}{WORD_SUFFIX}": data}
    existing = theme.kinds.get(name)
    if existing is None or existing.template is None:
        files[f"{FOLDER}/{name}{HEADER_SUFFIX}"] = _header(like, _title(theme, name, like)).encode()
    return Outcome(files, problems)


def _starter(theme: Theme, like: Kind) -> str:
    """Choose the starter: the kind's own, or that of the kind which is most like it."""
    own = f"{STARTERS}/{like.name}{SUFFIX}"
    if theme.files.find(own):
        return own
    name = next(starter for scope, needs, starter in _BY_HEADER if scope is like.header.scope and set(needs) <= set(like.header.needs))
    return f"{STARTERS}/{name}{SUFFIX}"


_BY_HEADER: tuple[tuple[Scope, Sequence[str], str], ...] = (
    (Scope.CYCLE, ("units",), "report"),
    (Scope.CYCLE, (), "summary"),
    (Scope.PERSON, ("results",), "result"),
    (Scope.PERSON, (), "scorecard"),
    (Scope.PLAN, ("chapters",), "policy"),
    (Scope.PLAN, ("duties",), "duties"),
    (Scope.PLAN, (), "scheme"),
)
"""Starters by what a kind is about and needs; the first that fits."""


def _context(theme: Theme, name: str, title: str) -> dict[str, object]:
    """Return what the frame of documents asks for. What stands for a plan's data are tags, so the plan itself is empty."""
    return {
        "kind": {"name": name, "title": title},
        "language": theme.locale.language,
        "edition": None,
        "brand": brand_context(theme.brand, theme.locale.language),
        "plan": {"organization": "", "department": "", "position": "", "title": "", "number": None, "version": None},
    }


def _title(theme: Theme, name: str, like: Kind | None) -> str:
    """Return the title of a kind: the one it has, or one made of its name, which is a new kind's."""
    return like.title(theme.locale) if like and like.name == name else name.replace("-", " ").capitalize()


def _header(like: Kind, title: str) -> str:
    header = like.header
    rows = [f"title: {title}", f"scope: {header.scope.value}"]
    for key, names in (("needs", header.needs), ("sections", header.sections)):
        rows += [f"{key}: [{', '.join(names)}]"] if names else []
    rows += [f"{key}: true" for key, on in (("other_sections", header.other_sections), ("blank", header.blank)) if on]
    return "\n".join((*rows, ""))


def page_starter(theme: Theme, name: str, like: Kind | None) -> dict[str, bytes]:
    """Make an HTML template: over the built-in one of its name, like another kind, or a small one of its own."""
    path = f"{FOLDER}/{name}{SUFFIX}"
    if like is None or like.template is None:
        starter = theme.files.find(_NEW_KIND)
        assert starter is not None  # the built-in theme has one
        text = _TITLE.sub(f"title: {_title(theme, name, None)}", starter.read_text("utf-8"), count=1)
        return {path: text.encode()}
    same = like.name == name
    header = "" if same else f"{{#---\n{_header(like, _title(theme, name, None))}---#}}\n"
    extended = f"builtin/{like.template}" if same else like.template
    blocks = ", ".join(_blocks(theme, like.template))
    return {path: _OVERRIDE.format(header=header, extended=extended, blocks=blocks).encode()}


_OVERRIDE = """\
{header}{{% extends "{extended}" %}}

{{# Blocks you can override: {blocks}.
   Everything else stays as it is; super() inserts the original content of the block. docs/adding-a-kind.md lists the data. #}}

{{% block cover_line %}}{{{{ super() }}}}{{% endblock %}}

{{% block content %}}
{{{{ super() }}}}
{{% endblock %}}
"""


def base_starter(theme: Theme) -> dict[str, bytes]:
    """Make an override of the frame of all documents, in which nothing is changed yet."""
    blocks = ", ".join(dict.fromkeys(_BLOCK.findall(_built_in_frame(theme))))
    return {_FRAME: _BASE_OVERRIDE.format(frame=_FRAME, blocks=blocks).encode()}


def _built_in_frame(theme: Theme) -> str:
    paths = [path for root in theme.files.roots[1:] or theme.files.roots if (path := ThemeFiles((root,)).find(_FRAME))]
    return "\n".join(path.read_text("utf-8") for path in paths)


_BASE_OVERRIDE = """\
{{# The frame of every document of yours. Blocks you can override: {blocks}.
   Everything else stays as it is; super() inserts the original content of the block. docs/adding-a-kind.md lists the data. #}}
{{% extends "builtin/{frame}" %}}

{{% block running_header %}}
{{{{ super() }}}}
{{% endblock %}}

{{% block running_footer %}}
{{{{ super() }}}}
{{% endblock %}}
"""


def _blocks(theme: Theme, template: str) -> list[str]:
    paths = [theme.files.find(name) for name in (_FRAME, template)]
    return list(dict.fromkeys(block for path in paths if path for block in _BLOCK.findall(path.read_text("utf-8"))))
