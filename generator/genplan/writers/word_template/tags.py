"""The tags of a story, where each stands, and what can be determined wrong of them before anything is filled in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.writers.word_file.places import TC, TR, ParagraphPlace, Paragraphs

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_FULL_WIDTH = re.compile(r"｛[｛%％{]|\{[％｛]|[％%}｝]｝")
_INSIDE = re.compile(r"\{[{%#][-+]?\s*(?:(tr|tc|p|r)\s)?(.*?)\s*[-+]?[}%#]\}", re.DOTALL)
_WORD = re.compile(r"\w+")
_SPECIAL = re.compile(r"(?:colspan|cellbg)\s+")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_BLOCKS = frozenset({"for", "if", "macro", "call", "filter", "with", "autoescape", "block", "raw"})
_BETWEEN = frozenset({"else", "elif"})
_LEVELS = {"tr": "tr", "tc": "tc", "p": "p"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it was written. `level` is what it repeats or leaves out: `tr`, `tc`, `p`, or text; `depth` how deep that stands."""

    text: str
    place: ParagraphPlace
    level: str
    depth: int

    @property
    def inside(self) -> str:
        """What Jinja reads between the braces."""
        return inside(self.text)

    @property
    def word(self) -> str:
        """The first word of a statement; empty for other tags."""
        match = _WORD.match(self.inside) if self.text.startswith("{%") else None
        return match[0] if match else ""


def inside(tag: str) -> str:
    """Return what stands between the braces, without the letter that docxtpl takes away, its quotes straight as docxtpl makes them."""
    match = _INSIDE.fullmatch(tag)
    return _SPECIAL.sub("", match[2] if match else tag).translate(_QUOTES)


class Story:
    """The paragraphs of a part that holds text, and the tags in them."""

    def __init__(self, root: etree._Element, kind: str) -> None:
        self.kind = "" if kind == "document.main" else kind
        places = Paragraphs(root, self.kind).places
        self.places = list(places.values())
        self.tags = [tag for paragraph, place in places.items() for tag in _tags(paragraph, place.text, place)]

    def check(self, file: str) -> list[Diagnostic]:
        """Find the tags that are not closed in their paragraph (GP619), those in full width (GP622), and pairs out of step (GP618)."""
        span = Span(file)
        return [*self._loose(span), *_pairs(self.tags, span)]

    def _loose(self, span: Span) -> Iterator[Diagnostic]:
        for place in self.places:
            rest = TAG.sub("", place.text)
            loose = _LOOSE.search(rest)
            if loose:
                message = (
                    msg("{place}: `{tag}` is not closed in its paragraph", place=place, tag=loose[0])
                    if loose[0].startswith("{")
                    else msg("{place}: `{tag}` closes nothing", place=place, tag=loose[0])
                )
                advice = msg("write the whole tag in one paragraph, without a line break, and close {{ with }} and {% with %}")
                yield diagnose("GP619", span, message, help=advice)
            if _FULL_WIDTH.search(rest):
                yield diagnose(
                    "GP622",
                    span,
                    msg("{place}: full-width braces do not form a tag", place=place),
                    help=msg("type { } and % with the English keyboard"),
                )


def _tags(paragraph: etree._Element, text: str, place: ParagraphPlace) -> Iterator[Tag]:
    depth = sum(1 for _ in paragraph.iterancestors())
    for match in TAG.finditer(text):
        parts = _INSIDE.fullmatch(match[0])
        level = _LEVELS.get((parts[1] if parts else None) or "", "text")
        holder = next(paragraph.iterancestors(TR if level == "tr" else TC), None) if level in ("tr", "tc") else None
        yield Tag(match[0], place, level, depth if holder is None else sum(1 for _ in holder.iterancestors()))


def _pairs(tags: Sequence[Tag], span: Span) -> Iterator[Diagnostic]:
    """Find blocks that are not closed, and those whose two ends would not repeat whole rows, cells or paragraphs."""
    waiting: list[Tag] = []
    for tag in tags:
        if tag.word in _BLOCKS:
            waiting.append(tag)
        elif tag.word.startswith("end") and tag.word != "endset":
            opened = waiting.pop() if waiting else None
            if opened is None or tag.word != f"end{opened.word}":
                yield _unpaired(tag, opened, span)
                return
            yield from _out_of_step(opened, tag, span)
        elif tag.word in _BETWEEN and waiting:
            yield from _out_of_step(waiting[-1], tag, span)
    for tag in waiting:
        advice = _ADD[tag.level].with_values(tag=_statement(tag.level, f"end{tag.word}"))
        yield diagnose("GP618", span, msg("{place}: `{tag}` is not closed", place=tag.place, tag=tag.text), help=advice)


_ADD = {
    "tr": msg("add {tag} in a row of its own"),
    "tc": msg("add {tag} in a cell of its own"),
    "p": msg("add {tag} in a paragraph of its own"),
    "text": msg("add {tag}"),
}
_WRITE = {
    "tr": msg("write {tag} in a row of its own"),
    "tc": msg("write {tag} in a cell of its own"),
    "p": msg("write {tag} in a paragraph of its own"),
    "text": msg("write {tag}"),
}


def _statement(level: str, inside: str) -> str:
    return f"{{%{'' if level == 'text' else level} {inside} %}}"


def _unpaired(tag: Tag, opened: Tag | None, span: Span) -> Diagnostic:
    if opened is None:
        return diagnose(
            "GP618",
            span,
            msg("{place}: `{tag}` closes nothing", place=tag.place, tag=tag.text),
            help=msg("delete it, or add the tag that it closes"),
        )
    related = [Related(span, str(opened.place))]
    message = msg("{place}: `{tag}` is where `{opened}` should be closed", place=tag.place, tag=tag.text, opened=opened.text)
    return diagnose("GP618", span, message, help=msg("close blocks in the reverse order in which they were opened"), related=related)


def _out_of_step(opened: Tag, tag: Tag, span: Span) -> Iterator[Diagnostic]:
    if opened.level != tag.level:
        advice = _WRITE[opened.level].with_values(tag=_statement(opened.level, tag.inside))
        message = msg(
            "{place}: `{tag}` belongs to `{opened}`, which covers whole {whole}",
            place=tag.place,
            tag=tag.text,
            opened=opened.text,
            whole=_WHOLE[opened.level],
        )
        yield diagnose("GP618", span, message, help=advice, related=[Related(span, str(opened.place))])
    elif opened.depth != tag.depth:
        message = msg("{place}: `{tag}` is not in the same text or table as `{opened}`", place=tag.place, tag=tag.text, opened=opened.text)
        advice = msg("put both ends of a block in one table, or one cell, or both outside of tables")
        yield diagnose("GP618", span, message, help=advice, related=[Related(span, str(opened.place))])


_WHOLE = {"tr": msg("rows (tr)"), "tc": msg("cells (tc)"), "p": msg("paragraphs (p)"), "text": msg("text")}
