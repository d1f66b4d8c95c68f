"""Generated data sets: plans and results as people write them, from the plainest to the most that documents have to hold.

Case `n` is the same on every machine, and each case is a workspace of its own, read as any other. Cases below FULL have all that the
kinds need, so that each yields every kind; the others leave out all that a plan may leave out. Some assess units, and the kind
`report` is theirs alone.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from generated_words import LANGUAGES, Words, headings
from random_plans import METHODS, Measure, maybe, roll_up, two_way

from genplan import resources
from genplan.plan.load import load_plan
from genplan.plan.score_range import total_range

FULL = 200
BARE = 20
THEMES = ("modern", "official", "quiet", "vivid")
PERIODS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")
_COLOURS = ("#1F4E79", "#7A1F5C", "#0B6E4F", "#8C2F00", "#3D3D3D", "#4B2E83")
_SIZES = ("9pt", "10.5pt", "12pt")
_COUNTS = (1, 4, 6, 7, 9, 10, 11, 13, 15, 50, 22, 12, 8, 40, 5, 18, 3, 30, 2, 60)
_GRADES = (("A", 90, "1.2"), ("B", 75, "1.0"), ("C", 60, "0.8"), ("D", -1000, "0.5"))

_METHODS = tuple(method for method in METHODS if method not in {roll_up, two_way})
"""A roll-up needs another plan, and a two-way table another column; a case has neither."""

Data = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A data set on the disk: the workspace's folder, and in what language and theme it is to be built."""

    number: int
    root: Path
    language: str
    theme: str

    @property
    def plan(self) -> Path:
        return self.root / "plans" / f"case-{self.number:03}.md"


def make_case(number_: int, root: Path) -> Case:
    """Write the data set of a number into a folder."""
    draft = _Draft(number_)
    case = Case(number_, root, draft.words.language, draft.theme)
    draft.write(case)
    return case


def indicator_count(number_: int) -> int:
    """Tell how many indicators a case has, of one to sixty; each number comes round in every language and theme."""
    return _COUNTS[number_ % len(_COUNTS)]


def _texts(data: Any) -> Any:
    """Write numbers as the text that a plan has in their place."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    return [_texts(one) for one in data] if isinstance(data, list) else str(data)


def _save(plan: Data, prose: str, path: Path) -> None:
    front = yaml.safe_dump(_texts(plan), allow_unicode=True, sort_keys=False, width=1 << 20, default_style='"')
    path.write_text(f"---\n{front}---\n{prose}\n", encoding="utf-8")


def _put_grades_in_reach(plan: Data, path: Path) -> None:
    """Let grades start lower where the best total that the written plan can give is below the top grade, which is an error."""
    written = load_plan(path, path.name).value
    assert written is not None
    best = total_range(written).highest
    if best is not None and best < _GRADES[0][1]:
        for grade, (_, low, _) in zip(plan.get("grades", ()), _GRADES, strict=False):
            grade["from"] = str(int(low * best / 100))


class _Draft:
    """A data set in the making."""

    def __init__(self, case: int) -> None:
        self.rng = rng = Random(f"case {case}")
        self.bare = case >= FULL
        self.units = case % 4 == 3 and 3 < case < FULL
        self.apart = Random(f"case {case} apart")
        """Draws what came later, so that all else of a case stays what it was."""
        self.words: Words = [*LANGUAGES.values()][case % 3]
        self.theme = THEMES[case // 3 % len(THEMES)]
        self.long = rng.random() < 0.3
        self.most = 5 if self.long else 2
        self.used: set[str] = set()
        self.count = indicator_count(case)
        self.measures: dict[str, Measure] = {}
        self.raters = [] if self.bare or rng.random() < 0.6 else self._raters()

    def name(self, most: int) -> str:
        """Make a name that nothing else in the plan has."""
        text = self.words.noun(self.rng, most)
        if self.rng.random() < 0.1:
            text += self.words.gap + self.rng.choice(self.words.rare)
        while text.lower() in self.used:
            text += self.words.gap + str(len(self.used))
        self.used.add(text.lower())
        return text

    def _raters(self) -> list[Data]:
        names = ("supervisor", "self", "peer", "customer")[: self.rng.randint(1, 4)]
        weights = {1: ["100%"], 2: ["70%", "30%"], 3: ["60%", "25%", "15%"], 4: ["40%", "30%", "20%", "10%"]}[len(names)]
        return [{"name": self.name(2), "rater": kind, "weight": weight} for kind, weight in zip(names, weights, strict=True)]

    # The plan

    def indicator(self) -> Data:
        rng, words = self.rng, self.words
        measure = rng.choice(_METHODS)(rng)
        name = self.name(self.most)
        self.measures[name] = measure
        texts = maybe(
            rng,
            definition=words.paragraph(rng, 6 if self.long else 1),
            formula=words.sentence(rng),
            counting=words.sentence(rng),
            source=words.noun(rng, self.most),
        )
        if measure.data.get("target", "%")[-1] != "%":
            texts |= maybe(rng, unit=rng.choice(words.units))
        return {"name": name} | ({} if self.bare else texts) | measure.data

    def indicators(self) -> Data:
        """Draw the indicators, flat or in dimensions, with weights that make 100 % or are divided by what they make."""
        rng = self.rng
        drawn = [self.indicator() for _ in range(self.count)]
        normalize = rng.random() < 0.5
        data: Data = {"weights": "normalize" if normalize else "exact"}
        if rng.random() < 0.5 and self.count > 1:
            size = max(1, self.count // rng.randint(1, 8))
            groups = [drawn[place : place + size] for place in range(0, self.count, size)]
            shares = self._shares(len(groups), normalize=normalize)
            dimensions = zip(groups, shares, strict=True)
            return data | {"dimensions": [{"name": self.name(2), "weight": share, "indicators": group} for group, share in dimensions]}
        shares = self._shares(self.count, normalize=normalize)
        return data | {"indicators": [one | {"weight": share} for one, share in zip(drawn, shares, strict=True)]}

    def _shares(self, count: int, *, normalize: bool) -> list[str]:
        if normalize:
            return [f"{self.rng.randint(1, 60)}%" for _ in range(count)]
        tenths = [1000 // count] * count
        tenths[0] += 1000 - sum(tenths)
        return [f"{tenth / 10}%" for tenth in tenths]

    def needed(self) -> Data:
        """Draw what kinds of document need; as little of it as may be, now and then."""
        rng, words = self.rng, self.words
        areas = [
            {"area": self.name(2)} | maybe(rng, summary=words.paragraph(rng, 2), items=[self._duty() for _ in range(rng.randint(1, 8))])
            for _ in range(rng.randint(1, 8))
        ]
        chapters = [
            {"title": words.noun(rng, 2), "articles": [self._article() for _ in range(rng.randint(1, 8))]} for _ in range(rng.randint(1, 6))
        ]
        if self.apart.random() < 0.5:
            chapters = [self._sectioned(chapter) for chapter in chapters]
        appeal = {"window": words.noun(rng), "handler": words.noun(rng, self.most)} | maybe(rng, form=words.paragraph(rng, 2))
        grades = [
            {"name": self._grade(letter), "from": str(low), "coefficient": factor} | maybe(rng, then=words.paragraph(rng, 2))
            for letter, low, factor in _GRADES
        ]
        return self._regulation() | {
            "duties": areas,
            "chapters": chapters,
            "appeal": appeal,
            "grades": grades,
            "improvement": {"below": grades[1]["name"]},
        }

    def _regulation(self) -> Data:
        return {"regulation": self.apart.choice(("articles", "outline"))} if self.apart.random() < 0.5 else {}

    def _grade(self, letter: str) -> str:
        return f"{letter}{self.words.gap}{self.name(self.most)}" if self.long else letter

    def _duty(self) -> Data:
        return {"text": self.words.sentence(self.rng)} | maybe(self.rng, standard=self.words.sentence(self.rng, 3))

    def _article(self) -> Data:
        return {"text": self.words.paragraph(self.rng, 3)} | maybe(self.rng, items=[self.words.sentence(self.rng, 3) for _ in range(4)])

    def _sectioned(self, chapter: Data) -> Data:
        """Give some of the articles of a chapter headings, and put them into sections, now and then."""
        rng = self.apart
        titled = [{"title": self.words.noun(rng, 3)} | article if rng.random() < 0.7 else article for article in chapter["articles"]]
        if rng.random() < 0.3:
            return chapter | {"articles": titled}
        size = rng.randint(1, 4)
        groups = [titled[place : place + size] for place in range(0, len(titled), size)]
        return {"title": chapter["title"], "sections": [{"title": self.words.noun(rng, 2), "articles": group} for group in groups]}

    def optional(self) -> Data:
        """Draw what a plan may have and no kind asks for."""
        rng, words = self.rng, self.words
        data = maybe(
            rng,
            position=words.noun(rng, self.most),
            number="HR-KH-2026-001" + ("-REV.12/ANNEX-B" if self.long else ""),
            version="1.0",
            effective="2020-01-01",
            confidentiality=words.noun(rng, 2),
            cycle=["quarterly", "ad-hoc"],
            summary=words.paragraph(rng, 4),
            reports_to=words.noun(rng, self.most),
            authority=[words.sentence(rng) for _ in range(rng.randint(1, 6))],
            relations=[{"with": words.noun(rng, self.most), "about": words.sentence(rng)} for _ in range(rng.randint(1, 5))],
            qualifications=[words.sentence(rng) for _ in range(rng.randint(1, 6))],
            process=[
                {"step": words.noun(rng)}
                | maybe(rng, detail=words.paragraph(rng, 2), responsible=words.noun(rng, 2), deadline=words.noun(rng, 2))
                for _ in range(rng.randint(1, 9))
            ],
            total={"minimum": "0", "maximum": "120"},
            results_use=[{"when": words.noun(rng, 3), "then": words.paragraph(rng, 2)} for _ in range(rng.randint(1, 4))],
            publication="open",
            proration="coefficient",
            signatories=[
                {"role": words.noun(rng, self.most)} | maybe(rng, name=words.person(rng, long=self.long)) for _ in range(rng.randint(1, 4))
            ],
            distribution={"rounding": "half-up", "quotas": []},
        )
        for key in ("bonuses", "deductions"):
            if rng.random() < 0.4:
                drawn = ({"name": self.name(self.most)} | maybe(rng, points="2", cap="6", definition=words.sentence(rng)) for _ in range(3))
                data[key] = [*drawn]
        if rng.random() < 0.4:
            data["vetoes"] = [
                {"name": self.name(2)},
                {"name": self.name(2), "effect": "cap", "cap": "60", "definition": words.sentence(rng)},
            ]
        return data

    def plan(self) -> Data:
        rng, words = self.rng, self.words
        data: Data = {
            "schema": "1",
            "title": words.noun(rng, self.most),
            "department": words.noun(rng, self.most),
            "language": words.language,
            "issued": "2026-06-15",
            "missing": rng.choice(("exclude", "zero")),
            "rounding": {"places": str(rng.randint(0, 4)), "mode": rng.choice(("half-up", "half-even", "down"))},
        }
        data |= self.indicators()
        if self.bare:
            return data | ({"results": "results/*.csv"} if rng.random() < 0.5 else {})
        data |= self.needed() | self.optional() | {"period": PERIODS[-1], "results": "results/*.csv"}
        if self.units:
            data["assessed_unit"] = words.assessed
        if self.raters:
            data["raters"] = self.raters
        if "distribution" in data:
            names = [grade["name"] for grade in data["grades"]]
            data["distribution"]["quotas"] = [
                {"grade": names[0], "at_most": "20%"},
                {"grade": names[-1], "at_least": "5%", "at_most": "10%"},
            ]
        judged = [name for name, measure in self.measures.items() if measure.judged]
        if judged and self.count < 30 and data["missing"] == "zero":  # a ceiling cannot be decided by what is excluded
            data["ceilings"] = [{"when": f'"{judged[0]}".得分 < 60', "grade": data["grades"][1]["name"]}]
        return data

    def prose(self) -> str:
        if self.bare:
            return ""
        known = headings(self.words.language)
        parts = [heading for name, heading in known.items() if self.rng.random() < 0.5 or name == "general"]
        parts += [self.words.noun(self.rng, self.most * 2)] if self.rng.random() < 0.5 else []
        return "\n\n".join(f"# {heading}\n\n{self.words.prose(self.rng)}" for heading in dict.fromkeys(parts))

    # The results

    def people(self, position: str | None) -> list[Data]:
        rng, words = self.rng, self.words
        departments = [words.noun(rng, self.most) for _ in range(rng.choice((1, 1, 3, 10)))]
        width = 4 if rng.random() < 0.7 else 12
        return [
            {
                "id": f"{number_:0{width}}",
                "name": words.person(rng, long=self.long and rng.random() < 0.5),
                "department": rng.choice(departments),
                "position": words.noun(rng, self.most) if position is None else position,
            }
            for number_ in range(1, rng.choice((1, 2, 3, 4, 6, 12, 30)) + 1)
        ]

    def comment(self) -> str:
        if self.rng.random() < 0.4:
            return ""
        return "\n".join(self.words.paragraph(self.rng, 6 if self.long else 2) for _ in range(self.rng.randint(1, 5 if self.long else 2)))

    def rows(self, people: list[Data], plan: Data) -> Iterator[Data]:
        """Draw a period's rows: one a person, or one for each who rates them; or two for one who moved within the period."""
        rng, words = self.rng, self.words
        facts = {name: measure for name, measure in self.measures.items() if not (measure.judged and self.raters)}
        for person in people:
            columns = [(header, measure) for name, measure in facts.items() for header in measure.counted or (name,)]
            given = {header: measure.draw(rng) for place, (header, measure) in enumerate(columns) if not place or rng.random() < 0.97}
            given |= {item["name"]: str(rng.randint(0, 4)) for key in ("bonuses", "deductions") for item in plan.get(key, ())}
            given |= {veto["name"]: self.words.yes for veto in plan.get("vetoes", ()) if rng.random() < 0.05}
            row = {self.words.headers[key]: value for key, value in person.items()} | given
            row[self.words.headers["confirmed"]] = words.yes  # actuals are drawn far beyond their targets, too
            if comment := self.comment():
                row[self.words.headers["comment"]] = comment
            if self.units:
                row |= maybe(self.apart, **{header: words.paragraph(self.apart, 3) for header in words.said})
            if not self.raters:
                yield row
                continue
            judged = {name: measure for name, measure in self.measures.items() if name not in facts}
            for place, rater in enumerate(self.raters):
                scores = {name: measure.draw(rng) for name, measure in judged.items()}
                who = {self.words.headers["rater"]: rater["name"]} | scores
                yield (row if not place else {k: row[k] for k in [*row][:4]}) | who

    # The files

    def write(self, case: Case) -> None:
        plan = self.plan()
        people = self.people(plan.get("position"))
        prose = self.prose()
        case.plan.parent.mkdir(parents=True)
        _save(plan, prose, case.plan)
        _put_grades_in_reach(plan, case.plan)
        _save(plan, prose, case.plan)
        if "results" in plan:
            folder = case.plan.parent / "results"
            folder.mkdir()
            for period in PERIODS[-self.rng.choice((1, 1, 2, 4)) :]:
                rows = [*self.rows(people, plan)]
                fields = dict.fromkeys(field for row in rows for field in row)
                with (folder / f"{period}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, fields)
                    writer.writeheader()
                    writer.writerows(rows)
        self._brand(case)

    def _brand(self, case: Case) -> None:
        """Write a brand: the built-in one with another name and colour, and with another size of the text where the theme sets none."""
        templates = case.root / "templates"
        shutil.copytree(resources.templates() / "images", templates / "images")
        text = (resources.templates() / "brand.yml").read_text("utf-8")
        name = self.words.noun(self.rng, self.most * 2)
        changes = {
            "示例科技有限公司": name,
            "示例科技": name,
            "#1F4E79": self.rng.choice(_COLOURS),
            "size: 10.5pt": f"size: {self.rng.choice(_SIZES)}",
        }
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (templates / "brand.yml").write_text(text, encoding="utf-8")
        (case.root / "genplan.yml").write_text(f"schema: 1\ntheme: {self.theme}\n")
