"""Templates of a workspace against the templates they build on: blocks and macros that are no longer there have no effect, or fail late.

Read from the syntax trees, without rendering; only the workspace's own files are looked at.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import nodes

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import listing, msg
from genplan.theme.environment import SYNTAX
from genplan.theme.files import ThemeFiles
from genplan.theme.template_files import BUILT_IN, own_templates

_FOLDERS = ("", "parts", "kinds")
_PARSER = jinja2.Environment(**SYNTAX)  # noqa: S701 - it renders nothing


@dataclass(frozen=True, slots=True)
class _Syntax:
    """What a template's text says of other templates, with the lines where it does. Names that are computed are None."""

    named: tuple[tuple[int, str], ...]
    """The templates that must be there."""
    extends: bool
    parent: str | None
    blocks: tuple[str, ...]
    outermost: tuple[tuple[int, str], ...]
    """The blocks that stand in no other: those inside one are the template's own."""
    taken: tuple[tuple[str | None, tuple[tuple[int, str], ...]], ...]
    """What is taken from each template that is imported."""
    exports: tuple[str, ...]
    """What it gives to those that import it: its macros, and what it sets."""


@dataclass(frozen=True, slots=True)
class _Template:
    """One file of the workspace."""

    name: str
    """What the environment calls it."""
    file: str
    text: str
    syntax: _Syntax

    def span(self, line: int, word: str) -> Span:
        """Find a word from a line on: a tag may run over several. Jinja's trees have lines alone."""
        for number, text in enumerate(self.text.splitlines()[line - 1 :], line):
            match = re.search(rf"(?<![\w/]){re.escape(word)}(?![\w/])", text)
            if match:
                return Span(self.file, number, match.start() + 1, match.end() + 1)
        return Span(self.file, line, 1)


def check_overrides(files: ThemeFiles, environment: jinja2.Environment) -> list[Diagnostic]:
    """Find GP522 (a block that the extended templates do not have), GP523 (a macro that a part lacks) and GP505 (no such template)."""
    diagnostics: list[Diagnostic] = []
    for level, root, path in own_templates(files):
        template = _template(path, root, level)
        if template is not None:
            diagnostics += _missing(template, files, environment)
            diagnostics += _blocks(template, environment)
            diagnostics += _imports(template, environment)
    return diagnostics


def _template(path: Path, root: Path, level: int) -> _Template | None:
    """Read a file; where that cannot be done, rendering says why."""
    inside = path.relative_to(root).as_posix()
    try:
        text = path.read_text("utf-8")
        syntax = _syntax(text)
    except (OSError, ValueError, jinja2.TemplateSyntaxError, RecursionError):
        return None
    return _Template(f"{BUILT_IN}-{level}/{inside}" if level else inside, f"{root.name}/{inside}", text, syntax)


def _other(name: str, environment: jinja2.Environment) -> _Syntax | None:
    assert environment.loader is not None
    try:
        return _syntax(environment.loader.get_source(environment, name)[0])
    except (OSError, ValueError, jinja2.TemplateNotFound, jinja2.TemplateSyntaxError, RecursionError):
        return None


@lru_cache(maxsize=512)
def _syntax(text: str) -> _Syntax:
    """Read a template's text. Trees take long to make and much memory: what counts of them is kept while more is built.

    Raises:
        jinja2.TemplateSyntaxError: it is no template.
    """
    tree = _PARSER.parse(text)
    imports = list(tree.find_all(nodes.FromImport))
    modules = list(tree.find_all(nodes.Import))
    extends = tree.find(nodes.Extends)
    macros = [macro.name for macro in tree.find_all(nodes.Macro)]
    values = [node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)]
    return _Syntax(
        named=tuple(_named(tree)),
        extends=extends is not None,
        parent=_name(extends.template) if extends else None,
        blocks=tuple(block.name for block in tree.find_all(nodes.Block)),
        outermost=tuple((block.lineno, block.name) for block in _outermost(tree)),
        taken=(
            *((_name(each.template), tuple((each.lineno, n if isinstance(n, str) else n[0]) for n in each.names)) for each in imports),
            *((_name(each.template), tuple(_attributes(tree, each.target))) for each in modules),
        ),
        exports=tuple(dict.fromkeys([*macros, *values])),
    )


def _named(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """List what is extended, imported or included under a fixed name, and must be there."""
    for node in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        assert isinstance(node, nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include)
        name = _name(node.template)
        if name is not None and not getattr(node, "ignore_missing", False):
            yield node.lineno, name


def _attributes(tree: nodes.Template, name: str) -> Iterator[tuple[int, str]]:
    """List what is taken of a module by its name."""
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == name:
            yield attribute.lineno, attribute.attr


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _exists(name: str, environment: jinja2.Environment) -> bool:
    assert environment.loader is not None
    try:
        environment.loader.get_source(environment, name)
    except jinja2.TemplateNotFound:
        return False
    except (OSError, ValueError):
        return True
    return True


def _name(node: nodes.Expr) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _missing(template: _Template, files: ThemeFiles, environment: jinja2.Environment) -> Iterator[Diagnostic]:
    for line, name in template.syntax.named:
        if _exists(environment.join_path(name, template.name), environment):
            continue
        known = [f"{folder}/{file}" if folder else file for folder in _FOLDERS for file in files.names(folder, ".j2")]
        near = difflib.get_close_matches(name, known, n=1)
        advice = msg("did you mean `{near}`?", near=near[0]) if near else msg("correct the name")
        yield diagnose("GP505", template.span(line, name), msg("template `{name}` is not in the theme", name=name), help=advice)


def _chain(template: _Template, environment: jinja2.Environment) -> dict[str, None] | None:
    """List the blocks of all templates above; None where one of them cannot be known."""
    blocks: dict[str, None] = {}
    seen: set[str] = set()
    below, written = template.name, template.syntax.parent
    while written is not None:
        name = environment.join_path(written, below)
        parent = None if name in seen else _other(name, environment)
        if parent is None or (parent.extends and parent.parent is None):
            return None
        seen.add(name)
        blocks |= dict.fromkeys(parent.blocks)
        below, written = name, parent.parent
    return blocks


def _blocks(template: _Template, environment: jinja2.Environment) -> Iterator[Diagnostic]:
    parent = template.syntax.parent
    known = _chain(template, environment) if parent else None
    if known is None:
        return
    for line, name in template.syntax.outermost:
        if name not in known:
            near = difflib.get_close_matches(name, list(known), n=1)
            listed = msg("the blocks there are: {blocks}", blocks=listing(known))
            advice = msg("did you mean `{near}`? {listed}", near=near[0], listed=listed) if near else listed
            message = msg("block `{name}` overrides nothing: `{parent}` has no block with this name", name=name, parent=parent)
            yield diagnose("GP522", template.span(line, name), message, help=advice)


def _imports(template: _Template, environment: jinja2.Environment) -> Iterator[Diagnostic]:
    for source, used in template.syntax.taken:
        other = _other(environment.join_path(source, template.name), environment) if source else None
        for line, name in used if other else ():
            assert other is not None  # nothing is used otherwise
            if name not in other.exports:
                near = difflib.get_close_matches(name, other.exports, n=1)
                listed = msg("it has: {macros}", macros=listing(other.exports) or msg("none"))
                advice = msg("did you mean `{near}`? {listed}", near=near[0], listed=listed) if near else listed
                yield diagnose(
                    "GP523", template.span(line, name), msg("`{source}` has no macro `{name}`", source=source, name=name), help=advice
                )
