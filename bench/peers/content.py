"""What the documents say, for every peer the same: a workspace of so many people, and of each document its data and its tree."""

import csv
import io
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from genplan import resources
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.look import Look

SAMPLE = "community-operations-specialist"
PERIOD = "2026-Q3"
KIND = "result"
LANGUAGE = "zh-CN"
ISSUED = date(2026, 10, 1)
SVG = "http://www.w3.org/2000/svg"
_COMMENT, _CONCLUSION = "评语", "结论"
"""Columns of the sample's files, of which each has one."""
_BEST, _HIGHEST = "98", 97
"""Score of the first person in everything, and the highest of anybody else: when the first one's changes, nobody else's rank does."""
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡", "伟芳娜敏静磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建"


def workspace(folder: Path, people: int) -> Path:
    """Write a workspace of the sample's plan with so many people, each with a name, scores and a comment of their own."""
    plans = folder / "plans"
    target = plans / "results" / SAMPLE
    target.mkdir(parents=True, exist_ok=True)
    (folder / "genplan.yml").write_text("plans: plans\noutput: output\n", "utf-8")
    (plans / f"{SAMPLE}.md").write_text((resources.samples() / f"{SAMPLE}.md").read_text("utf-8"), "utf-8")
    files = sorted((resources.samples() / "results" / SAMPLE).glob("*.csv"))
    people_of = [list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))) for path in files]
    head = [column for column in people_of[0][0] if all(column in table[0] for table in people_of)]
    rows = [[*(row[column] for column in head), row.get(_COMMENT) or row.get(_CONCLUSION, "")] for table in people_of for row in table]
    with (target / f"{PERIOD}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*head, _COMMENT])
        for number in range(people):
            _, _, rater, *scores, comment = rows[number % len(rows)]
            scores = [_BEST if number == 0 else _varied(score, number, at) for at, score in enumerate(scores)]
            writer.writerow([f"{number:05}", _name(number), rater, *scores, _mixed(comment, rows[number * 5 % len(rows)][-1])])
    return folder


def _name(number: int) -> str:
    """Make up a name: people with the same characters would share the fonts that are cut for them."""
    surname, first, second = (word[number * step % len(word)] for word, step in ((_SURNAMES, 1), (_GIVEN, 3), (_GIVEN, 7)))
    return f"{surname}{first}{second}{number}"


def _varied(score: str, number: int, place: int) -> str:
    """Vary a score by up to four points, since equal documents would be made from caches."""
    return str(max(Decimal(0), min(Decimal(_HIGHEST), Decimal(score) + number * (3 + 2 * place) % 9 - 4)))


def _mixed(comment: str, other: str) -> str:
    """Put the beginning of one comment before the end of another."""
    return f"{comment.partition('，')[0]}，{other.rpartition('，')[2]}"


def change_score(folder: Path, score: str) -> None:
    """Give the first person another score in the first indicator."""
    path = folder / "plans" / "results" / SAMPLE / f"{PERIOD}.csv"
    head, first, *rest = path.read_text("utf-8-sig").splitlines()
    cells = first.split(",")
    cells[3] = score
    path.write_text("\n".join([head, ",".join(cells), *rest]) + "\n", "utf-8-sig")


@dataclass(frozen=True)
class Content:
    """A document: its number, what its template sees, its tree, the style sheet and fonts (`look`), the picture in its header (`logo`)."""

    number: int
    order: DocumentSpec
    theme: Theme
    look: Look

    @cached_property
    def context(self) -> object:
        """What its template sees."""
        return self.order.context(self.theme)

    @cached_property
    def data(self) -> bytes:
        """What its template sees, to be kept in a file."""
        return pickle.dumps(self.context)

    @cached_property
    def tree(self) -> Element:
        document, found = render(self.theme, self.order.kind, self.order.context(self.theme), ISSUED)
        assert document is not None, found
        return document.tree

    @property
    def name(self) -> str:
        return f"{self.number:05}"

    @property
    def logo(self) -> Path:
        image = next(self.tree.iter("img"))
        path = self.look.resolve(image.get("src", ""))
        assert path is not None
        return path

    def texts(self, *, numbers: bool = True) -> list[str]:
        """List what must be read in every file made of it, the drawings aside: texts, numbers of headings, running lines."""
        return list(_texts(self._body, numbers=numbers))

    def labels(self) -> list[str]:
        """List what its drawings say."""
        return [squeezed("".join(text.itertext())) for svg in self._body.iter("svg") for text in svg.iter("text")]

    @property
    def _body(self) -> Element:
        body = self.tree.find("body")
        assert body is not None  # an HTML parser always makes one
        return body

    def keys(self) -> list[str]:
        """List what must be read in one piece: the person, the total, every indicator."""
        rows = [row for table in self.tree.iter("table") if table.get("class") == "data" for row in table.iter("tr")]
        cells = [_said(cell) for row in rows for cell in row]
        person = [_said(cell) for table in self.tree.iter("table") if table.get("class") == "form" for cell in table.iter("td")]
        figures = [_said(cell) for cell in self.tree.iter("p") if "figure-value" in cell.get("class", "").split()]
        return [key for key in (*person, *figures, *cells) if key]


def _said(element: Element) -> str:
    return "".join(_texts(element, numbers=False))


def _texts(element: Element, *, numbers: bool) -> Iterator[str]:
    yield squeezed((element.get("data-number", "") if numbers else "") + (element.text or ""))
    for child in element:
        if child.tag != "svg":
            yield from _texts(child, numbers=numbers)
        yield squeezed(child.tail or "")


def squeezed(text: str) -> str:
    """Leave out all white space."""
    return re.sub(r"\s+", "", text)


def contents(folder: Path) -> list[Content]:
    """List the documents of a workspace."""
    theme, found = load_theme(None, LANGUAGE)
    assert theme is not None, found
    assessment, found = assess(folder / "plans" / f"{SAMPLE}.md", SAMPLE, folder / "plans", theme)
    assert assessment is not None, found
    look = make_look(theme, folder / "plans")
    wanted = [order for order in list_documents(assessment) if order.kind.name == KIND]
    return [Content(number, order, theme, look) for number, order in enumerate(wanted)]
