"""Plans that extend another: what several positions have in common stands in one file, and each plan says what differs.

The two are merged before the plan is checked against its model, so that everything behind sees one plan. Each node and section keeps its
file and place: what is wrong is reported where it is written.

- Mappings are merged key by key, except that a scoring rule that names its method replaces the other's.
- Lists whose members have a `name` are merged by name, in the base's order; new members come after them.
- Other lists and single values are replaced.
- Sections of prose replace those with the same heading; others stay, and new ones come after them.
- What `remove` names is left out of the base: members of lists, keys, and sections.
"""

import difflib
import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.plan.keys import KEYS
from genplan.plan.sections import Section, parse_sections
from genplan.source.files import is_file
from genplan.source.frontmatter import has_front_matter, read_data, split
from genplan.source.text import read_text
from genplan.source.yaml import Mapping, Node, Scalar, Sequence

_OWN = frozenset({"extends", "remove", "id", "positions"})
"""Keys that are about one file alone."""


DATA_SUFFIX = ".yml"
"""Of the file beside a plan that has the plan's data, if its own has only prose."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is in a plan; `file` is its name in messages."""

    path: Path
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A file that a plan extends, with its text and what it says; `file` is its name in messages."""

    path: Path
    file: str
    text: str
    data: Mapping
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """Data and prose as they stand together.

    `bases` are the plans that were merged, the nearest first; `others` all files besides the plan's own that are in it.
    """

    data: Mapping
    sections: tuple[Section, ...]
    text: str
    bases: tuple[BaseFile, ...] = ()
    others: tuple[TextFile, ...] = ()


def read_written(path: Path, file: str, below: tuple[Path, ...] = ()) -> Outcome[WrittenPlan | None]:
    """Read a plan file and what it extends; `below` are the files that extend this one.

    Finds what reading text and YAML finds, GP212 (a base that cannot be extended), GP213 (files that extend each other), GP214 (nothing
    to remove of that name), GP215 (several things of that name) and GP217 (data in two places).
    """
    own, diagnostics = _read_own(path, file)
    if own is None:
        return Outcome(None, diagnostics)
    extends = value_of(own.data, "extends")
    if extends is None:
        stray = value_of(own.data, "remove")
        return Outcome(own, [] if stray is None else [_nothing_to_remove_from(stray)])
    base, diagnostics = _base(extends, path, file, (*below, path))
    if base is None:
        return Outcome(None, diagnostics)
    named = BaseFile(*_beside(extends, path, file), base.text, base.data, base.sections)
    remaining, problems = _without_removed(own.data, base)
    merged = merge_mappings(Mapping(tuple(_kept(remaining.data)), own.data.span), own.data)
    others = (*own.others, TextFile(named.path, named.file, named.text), *base.others)
    sections = _merge_sections(remaining.sections, own.sections)
    return Outcome(WrittenPlan(merged, sections, own.text, (named, *base.bases), others), problems)


def _read_own(path: Path, file: str) -> Outcome[WrittenPlan | None]:
    """Read what a plan says itself: front matter and prose, or prose whose data are in the YAML file of the same name."""
    text, diagnostics = read_text(path, file)
    if text is None or diagnostics:
        return Outcome(None, diagnostics)
    beside = path.with_suffix(DATA_SUFFIX)
    data_file = TextFile(beside, posixpath.join(posixpath.dirname(file), beside.name), "") if is_file(beside) else None
    if data_file is not None and not has_front_matter(text):
        return _with_data(data_file, text, file)
    if data_file is not None and _is_plan(data_file):
        message = msg("the plan has front matter, and `{file}` has its data too", file=beside.name)
        advice = msg("move the front matter into that file, or give the file another name")
        return Outcome(None, [diagnose("GP217", Span(file, 1, 1, 4), message, help=advice)])
    parts, diagnostics = split(text, file)
    if parts is None:
        return Outcome(None, diagnostics)
    return Outcome(WrittenPlan(parts.data, parse_sections(parts.body, parts.body_line, file=file), text), diagnostics)


def _is_plan(data_file: TextFile) -> bool:
    """Return whether a YAML file has a plan's data, and not results."""
    written, _ = _with_data(data_file, "", data_file.file)
    return written is not None and value_of(written.data, "schema") is not None


def _with_data(data_file: TextFile, prose: str, file: str) -> Outcome[WrittenPlan | None]:
    """Bring the data of one file and the prose of another together."""
    text, diagnostics = read_text(data_file.path, data_file.file)
    if text is None or diagnostics:
        return Outcome(None, diagnostics)
    data, diagnostics = read_data(text, data_file.file)
    if data is None:
        return Outcome(None, diagnostics)
    return Outcome(WrittenPlan(data, parse_sections(prose, 1, file=file), prose, others=(replace(data_file, text=text),)), [])


def _kept(data: Mapping) -> Iterator[tuple[Scalar, Node]]:
    """Give what a base hands on."""
    return ((key, value) for key, value in data.entries if KEYS(key.value) not in _OWN)


def value_of(node: Mapping, key: str) -> Node | None:
    """Return what stands under a key, in whatever words it is written."""
    return next((value for name, value in node.entries if KEYS(name.value) == key), None)


# The base


def _beside(extends: Node, path: Path, file: str) -> tuple[Path, str]:
    """Return the base's path, and its name in messages."""
    name = extends.value.strip() if isinstance(extends, Scalar) else ""
    return path.parent / name, posixpath.join(posixpath.dirname(file), name)


def is_beside(name: str, path: Path) -> bool:
    """Return whether a name is that of a file in the folder of another, and no link that leads out of it."""
    if "/" in name or os.sep in name:
        return False
    return os.path.dirname(os.path.realpath(path.parent / name)) == os.path.realpath(path.parent)  # noqa: PTH120 - of a real path


def similar_plan(path: Path) -> str | None:
    """Return the name of the plan in the folder of a path that is most like the path's name; None if none is."""
    near = difflib.get_close_matches(path.name, [each.name for each in sorted(path.parent.glob("*.md"))], n=1)
    return near[0] if near else None


def _base(extends: Node, path: Path, file: str, below: tuple[Path, ...]) -> Outcome[WrittenPlan | None]:
    if not isinstance(extends, Scalar) or not extends.value.strip():
        return _refused(
            extends, msg("`extends` (继承) names no file"), msg("write the name of a plan in the same folder: `extends: _base.md`")
        )
    base, name = _beside(extends, path, file)
    if not is_beside(extends.value, path):
        what = msg("`{name}` is not in the plan's folder", name=extends.value)
        return _refused(extends, what, msg("move the base beside the plan, and write its name alone"))
    chain = [os.path.realpath(each) for each in below]
    if os.path.realpath(base) in chain:
        loop = [*below[chain.index(os.path.realpath(base)) :], base]
        names = " → ".join(each.name for each in loop)
        what = msg("the plan extends itself") if len(below) == 1 else msg("plans extend each other: {names}", names=names)
        return Outcome(None, [diagnose("GP213", extends.span, what, help=msg("remove `extends` (继承) from one of them"))])
    if not is_file(base):
        near = similar_plan(base)
        advice = (
            msg("did you mean `{near}`?", near=near) if near else msg("a base stands in the plan's folder; its name often starts with `_`")
        )
        return _refused(extends, msg("there is no plan `{name}` to extend", name=name), advice)
    return read_written(base, name, below)


def _refused(place: Node, what: str, advice: str) -> Outcome[WrittenPlan | None]:
    return Outcome(None, [diagnose("GP212", place.span, what, help=advice)])


# Merging


def merge_mappings(under: Mapping, over: Mapping) -> Mapping:
    """Lay a mapping over another, key by key."""
    added = {KEYS(key.value): (key, value) for key, value in reversed(over.entries)}
    entries: list[tuple[Scalar, Node]] = []
    for key, value in under.entries:
        name = KEYS(key.value)
        entries.append((key, value) if name not in added else (added[name][0], _merged(name, value, added.pop(name)[1])))
    left = {id(key) for key, _ in added.values()}
    entries += [(key, value) for key, value in over.entries if id(key) in left or _repeated(key, over)]
    return Mapping(tuple(entries), over.span)


def _repeated(key: Scalar, mapping: Mapping) -> bool:
    """Return whether a mapping names a key before: that is reported when the plan is read, and must not get lost."""
    first = next(name for name, _ in mapping.entries if KEYS(name.value) == KEYS(key.value))
    return first is not key


def _merged(key: str, under: Node, over: Node) -> Node:
    if isinstance(under, Mapping) and isinstance(over, Mapping):
        replaces = key == "scoring" and (value_of(over, "method") is not None or value_of(over, "scale") is not None)
        return over if replaces else merge_mappings(under, over)
    if isinstance(under, Sequence) and isinstance(over, Sequence) and _by_name(under, over):
        return _merge_lists(under, over)
    return over


def _by_name(under: Sequence, over: Sequence) -> bool:
    """Return whether lists are merged by name: their members have one, or are just names, and some of the base's have more than that."""
    members = (*under.items, *over.items)
    return all(name_of(each) is not None for each in members) and any(isinstance(each, Mapping) for each in members)


def name_of(node: Node) -> str | None:
    """Return the name of a member of a list, which may stand for the member."""
    named = value_of(node, "name") if isinstance(node, Mapping) else node
    return named.value.strip() if isinstance(named, Scalar) else None


def _merge_lists(under: Sequence, over: Sequence) -> Sequence:
    own = {name_of(each): each for each in reversed(over.items)}
    known = {name_of(each) for each in under.items}
    items = [_merge_members(each, own[name_of(each)]) if name_of(each) in own else each for each in under.items]
    first = set(map(id, own.values()))
    items += [each for each in over.items if name_of(each) not in known or id(each) not in first]
    return Sequence(tuple(items), over.span)


def _merge_members(under: Node, over: Node) -> Node:
    if isinstance(under, Mapping) and isinstance(over, Mapping):
        return merge_mappings(under, over)
    return under if isinstance(over, Scalar) else over


def _merge_sections(under: tuple[Section, ...], over: tuple[Section, ...]) -> tuple[Section, ...]:
    own = {section.heading: section for section in reversed(over)}
    first = {id(section) for section in own.values()}
    known = {section.heading for section in under}
    kept = [own.get(section.heading, section) for section in under]
    return (*kept, *(section for section in over if section.heading not in known or id(section) not in first))


# Removing


def _nothing_to_remove_from(place: Node) -> Diagnostic:
    advice = msg("add `extends:` (继承), or leave `remove` (去除) out")
    return diagnose("GP214", place.span, msg("nothing is extended, so there is nothing to remove"), help=advice)


def _without_removed(own: Mapping, base: WrittenPlan) -> Outcome[WrittenPlan]:
    """Take out of the base what `remove` names."""
    listed = value_of(own, "remove")
    words = listed.items if isinstance(listed, Sequence) else (listed,)
    diagnostics: list[Diagnostic] = []
    for word in words:
        if isinstance(word, Scalar) and word.value.strip():
            base, problems = _without(word, base)
            diagnostics += problems
    return Outcome(base, diagnostics)


@dataclass(frozen=True, slots=True)
class _Removable:
    """Something that may be removed: a key with its value, a member of a list or a section; the last of its words names it alone."""

    words: tuple[str, ...]
    what: Scalar | Node | Section


def _without(word: Scalar, base: WrittenPlan) -> Outcome[WrittenPlan]:
    name = word.value.strip()
    everything = list(_removable(base))
    found = [each for each in everything if name in each.words]
    if len(found) == 1:
        what = found[0].what
        sections = tuple(section for section in base.sections if section is not what)
        return Outcome(replace(base, data=_pruned(base.data, what), sections=sections), [])
    if found:
        advice = msg("write one of: {offered}", offered=listing(each.words[-1] for each in found))
        return Outcome(base, [diagnose("GP215", word.span, msg("the base has more than one thing named `{name}`", name=name), help=advice)])
    near = difflib.get_close_matches(name, [each for one in everything for each in one.words], n=1)
    advice = msg("did you mean `{near}`?", near=near[0]) if near else msg("name a member of a list, a key or a heading of the base")
    return Outcome(base, [diagnose("GP214", word.span, msg("the base has nothing named `{name}` to remove", name=name), help=advice)])


def _removable(base: WrittenPlan) -> Iterator[_Removable]:
    for key, value in base.data.entries:
        yield _Removable((*KEYS.aliases(KEYS(key.value)), KEYS(key.value)), key)
        yield from _members(key.value, value)
    yield from (_Removable((section.heading, f"# {section.heading}"), section) for section in base.sections if section.heading)


def _members(word: str, value: Node) -> Iterator[_Removable]:
    """List the named members of a list, and of lists in them: `销售额`, `业绩/销售额`, `indicators/销售额`."""
    for each in value.items if isinstance(value, Sequence) else ():
        name = name_of(each)
        if name:
            yield _Removable((name, f"{word}/{name}"), each)
        for key, inner in each.entries if isinstance(each, Mapping) and name else ():
            yield from _members(name or key.value, inner)


def _pruned(node: Mapping, what: object) -> Mapping:
    """Leave something out of a mapping, wherever it is in it."""
    return Mapping(tuple((key, _pruned_value(value, what)) for key, value in node.entries if key is not what), node.span)


def _pruned_value(node: Node, what: object) -> Node:
    if isinstance(node, Mapping):
        return _pruned(node, what)
    if isinstance(node, Sequence):
        return Sequence(tuple(_pruned_value(each, what) for each in node.items if each is not what), node.span)
    return node
