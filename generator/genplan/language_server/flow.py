"""Reads brackets and quotes, which may span lines, and whose end may be missing."""

from collections.abc import Sequence

from genplan.language_server.positions import Place
from genplan.language_server.tree import KeyNode, Leaf, ListNode, TableNode, Tree

DEEPEST = 32
"""Levels of brackets, and of keys and lists, that are read, as in plans."""
_CLOSING = "]}"
_QUOTES = "'\""


class FlowReader:
    """Reads one value that starts at a place. It continues only on lines that are indented by more than `indent`, as in YAML."""

    def __init__(self, lines: Sequence[str], line: int, column: int, indent: int) -> None:
        self.lines = lines
        self.line, self.column = line, column
        self.indent = indent

    def value(self, depth: int = 0) -> Tree | None:
        """Read a value; None if there is none."""
        character = self._next()
        if character == "{" and depth < DEEPEST:
            return self._table(depth)
        if character == "[" and depth < DEEPEST:
            return self._items(depth)
        return None if character in ("", ",", *_CLOSING) else self._leaf()

    def quoted(self) -> Leaf:
        """Read a value in quotes."""
        return self._leaf()

    def _table(self, depth: int) -> TableNode:
        table = TableNode()
        self.column += 1
        while (character := self._next()) not in ("", "]"):
            if character == "}":
                self.column += 1
                break
            if character == ",":
                self.column += 1
                continue
            key = self._leaf()
            entry = KeyNode(key.text, key.place, colon=self._next() == ":")
            table.entries.append(entry)
            if entry.colon:
                self.column += 1
                entry.value = self.value(depth + 1)
        return table

    def _items(self, depth: int) -> ListNode:
        items = ListNode()
        self.column += 1
        while (character := self._next()) not in ("", "}"):
            if character == "]":
                self.column += 1
                break
            if character == ",":
                self.column += 1
                continue
            items.members.append(self.value(depth + 1))
            if self._next() == ":":  # a key in a list, which no plan has
                self.column += 1
        return items

    def _leaf(self) -> Leaf:
        """Read a word or what is in quotes: at least one character."""
        line, start = self.line, self.column
        text = self.lines[line]
        if text[start] in _QUOTES:
            return self._in_quotes()
        end = start + 1
        while end < len(text) and not self._ends(text, end):
            end += 1
        self.column = end
        word = text[start:end].rstrip()
        return Leaf(word, Place(line, start, start + len(word)))

    @staticmethod
    def _ends(text: str, at: int) -> bool:
        """Return whether a word without quotes ends before a character."""
        character = text[at]
        if character == ":":
            return at + 1 == len(text) or text[at + 1] in " \t,[]{}"
        return character in ",[]{}" or (character == "#" and text[at - 1].isspace())

    def _in_quotes(self) -> Leaf:
        line, start = self.line, self.column
        quote = self.lines[line][start]
        parts: list[str] = []
        self.column += 1
        while True:
            text = self.lines[self.line]
            end = self._closing(text, quote)
            parts.append(text[self.column : end].strip() if parts else text[self.column : end])
            if end < len(text):
                self.column = end + 1
                break
            self.column = end
            if not self._to_next_line():
                break
        last = self.column if self.line == line else len(self.lines[line])
        return Leaf(" ".join(parts), Place(line, start, last))

    def _closing(self, text: str, quote: str) -> int:
        """Find where quotes close in a line; its length if they do not."""
        at = self.column
        while at < len(text):
            if text[at] == quote:
                if quote == '"' or text[at + 1 : at + 2] != quote:
                    return at
                at += 1
            elif text[at] == "\\" and quote == '"':
                at += 1
            at += 1
        return len(text)

    def _next(self) -> str:
        """Go to what is next, and return its first character; an empty text at the end."""
        while True:
            text = self.lines[self.line]
            while self.column < len(text) and text[self.column].isspace():
                self.column += 1
            if self.column < len(text) and not self._is_remark(text):
                return text[self.column]
            if not self._to_next_line():
                return ""

    def _is_remark(self, text: str) -> bool:
        return text[self.column] == "#" and (self.column == 0 or text[self.column - 1].isspace())

    def _to_next_line(self) -> bool:
        """Go to the next line that belongs to the value, if there is one."""
        for line in range(self.line + 1, len(self.lines)):
            text = self.lines[line]
            if text.strip():
                if len(text) - len(text.lstrip()) <= self.indent:
                    return False
                self.line, self.column = line, 0
                return True
        return False
