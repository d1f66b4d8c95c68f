"""Templates of a workspace against the templates they build on: blocks and macros that are no longer there have no effect, or fail late.

Read from the syntax trees, without rendering; only the workspace's own files are looked at.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from generator import resources
from generator.diagnostics import Diagnostic, Span, diagnose
from generator.theme.environment import BUILT_IN
from generator.theme.files import ThemeFiles

_TEMPLATES = "*.j2"
_FOLDERS = ("", "parts", "kinds")
THEMES = "themes/"


@dataclass(frozen=True, slots=True)
class _Template:
    """One file of the workspace, parsed."""

    name: str
    """What the environment calls it."""
    file: str
    lines: list[str]
    tree: nodes.Template

    def span(self, line: int, word: str) -> Span:
        """Find a word from a line on: a tag may run over several. Jinja's trees have lines alone."""
        for number, text in enumerate(self.lines[line - 1 :], line):
            match = re.search(rf"(?<![\w/]){re.escape(word)}(?![\w/])", text)
            if match:
                return Span(self.file, number, match.start() + 1, match.end() + 1)
        return Span(self.file, line, 1)


def check_overrides(files: ThemeFiles, environment: jinja2.Environment) -> list[Diagnostic]:
    """Find GP522 (a block that the extended templates do not have), GP523 (a macro that a part lacks) and GP505 (no such template)."""
    built_in = resources.templates().resolve()
    found: list[Diagnostic] = []
    for level, root in enumerate(files.roots):
        if root.resolve().is_relative_to(built_in):
            continue
        for path in _templates(root):
            template = _parse_file(path, root, level, environment)
            if template is not None:
                found += _missing(template, files, environment)
                found += _blocks(template, environment)
                found += _imports(template, environment)
    return found


def _templates(root: Path) -> list[Path]:
    """List the templates of a folder; those of themes in it are of folders of their own."""
    files = ThemeFiles((root,))
    inside = ((path, path.relative_to(root).as_posix()) for path in root.rglob(_TEMPLATES))
    return sorted(path for path, name in inside if files.find(name) and not name.startswith(THEMES))


def _parse_file(path: Path, root: Path, level: int, environment: jinja2.Environment) -> _Template | None:
    """Parse a file; where that cannot be done, rendering says why."""
    inside = path.relative_to(root).as_posix()
    try:
        text = path.read_text("utf-8")
        tree = environment.parse(text)
    except (OSError, ValueError, jinja2.TemplateSyntaxError, RecursionError):
        return None
    return _Template(f"{BUILT_IN}-{level}/{inside}" if level else inside, f"{root.name}/{inside}", text.splitlines(), tree)


def _tree(name: str, environment: jinja2.Environment) -> nodes.Template | None:
    assert environment.loader is not None
    try:
        return environment.parse(environment.loader.get_source(environment, name)[0])
    except (OSError, ValueError, jinja2.TemplateNotFound, jinja2.TemplateSyntaxError, RecursionError):
        return None


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
    """Find templates that are extended, imported or included under a fixed name, and are not there."""
    for node in template.tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        assert isinstance(node, nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include)
        name = _name(node.template)
        if name is None or getattr(node, "ignore_missing", False) or _exists(environment.join_path(name, template.name), environment):
            continue
        known = [f"{folder}/{file}" if folder else file for folder in _FOLDERS for file in files.names(folder, ".j2")]
        near = difflib.get_close_matches(name, known, n=1)
        advice = f"did you mean `{near[0]}`?" if near else "correct the name"
        yield diagnose("GP505", template.span(node.lineno, name), f"template `{name}` is not in the theme", help=advice)


def _parent(tree: nodes.Template) -> str | None:
    extends = tree.find(nodes.Extends)
    return _name(extends.template) if extends else None


def _chain(template: _Template, environment: jinja2.Environment) -> dict[str, None] | None:
    """List the blocks of all templates above; None where one of them cannot be known."""
    blocks: dict[str, None] = {}
    seen: set[str] = set()
    below = template.name
    written = _parent(template.tree)
    while written is not None:
        name = environment.join_path(written, below)
        parent = None if name in seen else _tree(name, environment)
        if parent is None:
            return None
        seen.add(name)
        blocks |= dict.fromkeys(block.name for block in parent.find_all(nodes.Block))
        if parent.find(nodes.Extends) and _parent(parent) is None:
            return None
        below, written = name, _parent(parent)
    return blocks


def _blocks(template: _Template, environment: jinja2.Environment) -> Iterator[Diagnostic]:
    parent = _parent(template.tree)
    known = _chain(template, environment) if parent else None
    if known is None:
        return
    for block in _outermost(template.tree):
        if block.name not in known:
            near = difflib.get_close_matches(block.name, list(known), n=1)
            listed = f"the blocks there are: {', '.join(known)}"
            advice = f"did you mean `{near[0]}`? {listed}" if near else listed
            message = f"block `{block.name}` overrides nothing: `{parent}` has no block of this name"
            yield diagnose("GP522", template.span(block.lineno, block.name), message, help=advice)


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    """Yield blocks that stand in no other block: those inside one are the template's own."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _imports(template: _Template, environment: jinja2.Environment) -> Iterator[Diagnostic]:
    for node in template.tree.find_all(nodes.FromImport):
        names = [each if isinstance(each, str) else each[0] for each in node.names]
        yield from _unknown(template, _name(node.template), [(node.lineno, name) for name in names], environment)
    for whole in template.tree.find_all(nodes.Import):
        used = [
            (attribute.lineno, attribute.attr)
            for attribute in template.tree.find_all(nodes.Getattr)
            if isinstance(attribute.node, nodes.Name) and attribute.node.name == whole.target
        ]
        yield from _unknown(template, _name(whole.template), used, environment)


def _unknown(template: _Template, source: str | None, used: list[tuple[int, str]], environment: jinja2.Environment) -> Iterator[Diagnostic]:
    tree = _tree(environment.join_path(source, template.name), environment) if source else None
    if tree is None:
        return
    known = _exported(tree)
    for line, name in used:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            listed = f"it has: {', '.join(known) or 'none'}"
            advice = f"did you mean `{near[0]}`? {listed}" if near else listed
            yield diagnose("GP523", template.span(line, name), f"`{source}` has no macro `{name}`", help=advice)


def _exported(tree: nodes.Template) -> list[str]:
    """List what a template gives to those that import it: its macros, and what it sets."""
    macros = [macro.name for macro in tree.find_all(nodes.Macro)]
    values = [node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)]
    return list(dict.fromkeys([*macros, *values]))
