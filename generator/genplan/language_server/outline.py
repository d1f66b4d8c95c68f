"""Reads YAML that is being typed: by lines and their indentation, so that what is wrong in one line does not hide the others.

The reader in `source/yaml.py` refuses a text at its first mistake, and a text that is being typed always has one. This one refuses nothing;
it knows what plans use of YAML. Only completion, hover and the like use it: what is wrong with a plan is found by reading it properly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from genplan.language_server.flow import DEEPEST, FlowReader
from genplan.language_server.positions import Place
from genplan.language_server.tree import KeyNode, Leaf, ListNode, TableNode, Tree

_KEY = re.compile(r"""(?P<key>"[^"]*"\s*|'[^']*'\s*|[^\s#:"'\[\]{},&*!|>%@`](?:[^#:]|:(?!\s|$))*):(?=\s|$)""")
_DASH = re.compile(r"-(?=\s|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")
_REMARK = re.compile(r"\s#")


@dataclass(slots=True)
class _Open:
    """A table or list that may go on, with the column of its keys or dashes."""

    column: int
    node: TableNode | ListNode


def outline(lines: Sequence[str], first: int, last: int) -> Tree | None:
    """Read the lines from `first` up to, but without, `last`."""
    return _Outliner(lines[:last]).read(first)


class _Outliner:
    """Reads lines one after another into the tables and lists that are open."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.root: Tree | None = None
        self.open: list[_Open] = []

    def read(self, line: int) -> Tree | None:
        while line < len(self.lines):
            line = self._line(line)
        return self.root

    def _line(self, line: int) -> int:
        """Read a line, and return the next one to read."""
        text = self.lines[line]
        column = _indent(text)
        if column == len(text) or text[column] == "#":
            return line + 1
        while _DASH.match(text, column):
            if not self._member(column):
                return line + 1
            after = column + 1 + _indent(text[column + 1 :])
            if after == len(text) or text[after] == "#":
                return line + 1
            column = after
        key = _KEY.match(text, column)
        if key is None:
            return self._without_key(line, column)
        word = key["key"].rstrip()
        entry = KeyNode(_unquoted(word), Place(line, column, column + len(word)))
        self._table(column).entries.append(entry)
        return self._value(line, key.end(), column)

    def _without_key(self, line: int, column: int) -> int:
        """Read a line that has no key: a value, what may become a key, or more of the text above."""
        self._close(column)
        top = self.open[-1] if self.open else None
        if top and isinstance(top.node, TableNode) and top.column == column:
            word = _without_remark(self.lines[line][column:])
            top.node.entries.append(KeyNode(word, Place(line, column, column + len(word)), colon=False))
            return line + 1
        if top is None and self.root is None:
            return self._value(line, column, -1, alone=True)
        if top and top.column < column and self._pending(top.node):
            return self._value(line, column, top.column, alone=True)
        return line + 1

    def _value(self, line: int, column: int, indent: int, *, alone: bool = False) -> int:
        """Read what follows a key or a dash, and return the next line to read."""
        text = self.lines[line]
        column += _indent(text[column:])
        if column == len(text) or text[column] == "#":
            return line + 1
        if text[column] in "[{\"'":
            reader = FlowReader(self.lines, line, column, indent)
            self._attach(reader.value())
            return reader.line + 1
        if _BLOCK.match(text, column):
            return self._block(line, column, indent)
        word = _without_remark(text[column:])
        self._attach(Leaf(word, Place(line, column, column + len(word)), alone=alone))
        return line + 1

    def _block(self, line: int, column: int, indent: int) -> int:
        """Read a text of several lines."""
        end = line + 1
        while end < len(self.lines) and (not self.lines[end].strip() or _indent(self.lines[end]) > indent):
            end += 1
        said = "\n".join(text.strip() for text in self.lines[line + 1 : end])
        self._attach(Leaf(said, Place(line, column, len(self.lines[line].rstrip()))))
        return end

    def _table(self, column: int) -> TableNode:
        """Find the table whose keys are in a column, or begin it."""
        self._close(column)
        if self.open and self.open[-1].column == column and isinstance(self.open[-1].node, ListNode):
            self.open.pop()  # a list in the column of its key has ended
        if self.open and self.open[-1].column == column and isinstance(self.open[-1].node, TableNode):
            return self.open[-1].node
        table = TableNode()
        before = self._waiting_value()
        if isinstance(before, Leaf) and before.alone and before.place.start == column:  # a word that may become a key
            table.entries.append(KeyNode(before.text, before.place, colon=False))
        if len(self.open) < DEEPEST:
            self._attach(table)
            self.open.append(_Open(column, table))
        return table

    def _member(self, column: int) -> bool:
        """Begin a member of the list whose dashes are in a column; return False if it is nested too deeply."""
        self._close(column)
        top = self.open[-1].node if self.open and self.open[-1].column == column else None
        if not isinstance(top, ListNode):
            if len(self.open) >= DEEPEST:
                return False
            top = ListNode()
            self._attach(top)
            self.open.append(_Open(column, top))
        top.members.append(None)
        return True

    def _close(self, column: int) -> None:
        """Close what is further to the right."""
        while self.open and self.open[-1].column > column:
            self.open.pop()

    @staticmethod
    def _pending(node: TableNode | ListNode) -> bool:
        """Return whether the last key or dash waits for its value."""
        if isinstance(node, ListNode):
            return bool(node.members) and node.members[-1] is None
        return bool(node.entries) and node.entries[-1].colon and node.entries[-1].value is None

    def _waiting_value(self) -> Tree | None:
        """Return what the last key or dash has as its value so far."""
        if not self.open:
            return self.root
        node = self.open[-1].node
        return node.members[-1] if isinstance(node, ListNode) else node.entries[-1].value

    def _attach(self, tree: Tree | None) -> None:
        """Make something the value of the last key or dash; one that has a value keeps it, unless that was a word that may become a key."""
        before = self._waiting_value()
        if not self.open:
            self.root = tree if before is None or isinstance(tree, TableNode) else before
        elif before is None or (isinstance(before, Leaf) and before.alone):
            node = self.open[-1].node
            if isinstance(node, ListNode):
                node.members[-1] = tree
            else:
                node.entries[-1].value = tree


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _without_remark(text: str) -> str:
    remark = _REMARK.search(text)
    return (text[: remark.start()] if remark else text).rstrip()


def _unquoted(word: str) -> str:
    return word[1:-1] if word[:1] in ('"', "'") else word
