"""Word counts by itself: what it will count is worked out from the parts, and must be what the tree decided."""

import re
from collections import defaultdict

import pytest
from docx_kit import NS, W, document

from genplan.theme.numbering import chinese
from genplan.writers.docx import write

FORMATS = {"chineseCountingThousand": chinese, "decimal": str, "bullet": lambda _: ""}


class Counter:
    """Counts paragraphs as Word does (ISO 29500 17.9)."""

    def __init__(self, file):
        numbering = file.part("word/numbering.xml")
        self.nums = {num.get(f"{W}numId"): num for num in numbering.findall("w:num", NS)}
        self.abstracts = {a.get(f"{W}abstractNumId"): a for a in numbering.findall("w:abstractNum", NS)}
        self.styles = {style.get(f"{W}styleId"): style for style in file.part("word/styles.xml").findall("w:style", NS)}
        self.counts = defaultdict(dict)
        self.started = set()

    def number(self, paragraph):
        """Return the number of a paragraph as read, or None."""
        num, level = self._place(paragraph.find("w:pPr", NS))
        if num in (None, "0"):
            return None
        abstract = self.nums[num].find("w:abstractNumId", NS).get(f"{W}val")
        levels = {int(lvl.get(f"{W}ilvl")): lvl for lvl in self.abstracts[abstract].findall("w:lvl", NS)}
        counts = self.counts[abstract]
        override = self.nums[num].find(f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride", NS)
        if override is not None and (num, level) not in self.started:
            counts[level] = int(override.get(f"{W}val"))
        else:
            counts[level] = counts.get(level, 0) + 1
        self.started.add((num, level))
        for deeper in [other for other in counts if other > level]:
            restart = levels[deeper].find("w:lvlRestart", NS)
            if restart is None or restart.get(f"{W}val") != "0":
                del counts[deeper]
        return re.sub(r"%(\d)", lambda m: self._format(levels[int(m[1]) - 1], counts[int(m[1]) - 1]), self._text(levels[level]))

    def _place(self, properties):
        """Return a paragraph's list and level: its own, or those of its style."""
        number = properties.find("w:numPr", NS)
        style = properties.find("w:pStyle", NS).get(f"{W}val")
        while number is None and style in self.styles:
            number = self.styles[style].find("w:pPr/w:numPr", NS)
            based = self.styles[style].find("w:basedOn", NS)
            style = None if based is None else based.get(f"{W}val")
        if number is None:
            return None, 0
        level = number.find("w:ilvl", NS)
        return number.find("w:numId", NS).get(f"{W}val"), 0 if level is None else int(level.get(f"{W}val"))

    @staticmethod
    def _text(level):
        return level.find("w:lvlText", NS).get(f"{W}val").rstrip("　")  # the gap behind the number

    @staticmethod
    def _format(level, count):
        return FORMATS[level.find("w:numFmt", NS).get(f"{W}val")](count)


def counted(file):
    counter = Counter(file)
    numbers = [counter.number(paragraph) for paragraph in file.all("//w:body//w:p")]
    return [number for number in numbers if number is not None]


OUTLINE = "<h2>甲</h2><h3>一</h3><h4>a</h4><h4>b</h4><h3>二</h3><h4>c</h4><h2>乙</h2><h3>三</h3>" + "<h2>丙</h2>" * 12
REGULATION = (
    "<h2>总则</h2><p class=article>甲</p><p class=article>乙</p><h4>丙</h4><h4>丁</h4><h2>附则</h2><p class=article>戊</p><h4>己</h4>"
)
EARLY = "<h2>总则</h2><h4>早</h4><h4>早</h4><p class=article>甲</p><h4>丙</h4><h2>附则</h2><h4>早</h4><p class=article>戊</p><h4>己</h4>"
SECTIONS = (
    "<h2>总则</h2><h3 class=article>甲</h3><p>文</p><ol class=items><li>子</li><li>丑</li></ol>"
    "<h2>分则</h2><h3>一</h3><p class=article>乙</p><h4 class=article>丙</h4><ol class=clauses><li>寅</li></ol>"
    "<h3>二</h3><p class=article>丁</p><h2>附则</h2><h3>三</h3><h4 class=article>戊</h4>"
)
# Lists that go on after another of their kind has stood within them.
WITHIN = (
    "<ol><li>甲<ul><li>乙<ol><li>丙</li><li>丁</li></ol></li></ul></li><li>戊</li></ol>"
    "<ol><li>甲<ol class=items><li>乙<ol><li>丙</li></ol></li><li>丁</li></ol></li><li>戊</li></ol>"
)
LISTS = (
    "<ol><li>甲<ol><li>乙</li><li>丙<ol><li>丁</li></ol></li></ol></li><li>戊<ul><li>己<ul><li>庚</li></ul></li></ul></li></ol>"
    "<p>间</p><ol><li>又</li></ol><ol class=items><li>甲<ol class=items><li>乙</li></ol></li><li>丙<ol><li>丁</li></ol></li></ol>"
    "<table><tr><td><ol><li>子</li><li>丑</li></ol></td><td><ol><li>寅</li></ol></td></tr></table><ul><li>卯</li></ul>"
)


@pytest.mark.parametrize("scheme", ["outline", "regulation", "decimal", "items"])
@pytest.mark.parametrize(
    "html",
    [OUTLINE, REGULATION, EARLY, SECTIONS, LISTS, WITHIN, OUTLINE + LISTS + WITHIN + REGULATION + SECTIONS],
    ids=["outline", "articles", "early", "sections", "lists", "within", "all"],
)
def test_word_counts_what_the_tree_says(written, html, scheme):
    expected = [
        e.get("data-number") for e in document(f'<main data-numbering="{scheme}">{html}</main>').tree.iter() if e.get("data-number")
    ]

    assert counted(written(html, numbering=scheme)) == expected


def test_a_second_text_starts_again(written):
    html = '<body><main data-numbering="outline"><h2>a</h2><h2>b</h2></main><main data-numbering="outline"><h2>c</h2></main></body>'

    assert counted(written(html)) == ["一、", "二、", "一、"]


def test_headings_take_their_number_from_the_style_and_unnumbered_ones_decline_it(written):
    file = written('<h2>甲</h2><h2 class="unnumbered">乙</h2>')

    first, second = file.all("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert first.find("w:pPr/w:numPr", NS) is None
    assert second.find("w:pPr/w:numPr/w:numId", NS).get(f"{W}val") == "0"


def test_one_style_is_linked_to_one_level_only(written):
    for scheme in ("outline", "regulation"):
        file = written("<h2>甲</h2>", numbering=scheme)
        linked = file.all("//w:abstractNum/w:lvl/w:pStyle/@w:val", "word/numbering.xml")
        assert len(linked) == len(set(linked))
        assert "Heading1" in linked


def test_headings_without_a_scheme_have_no_numbers(written):
    assert counted(written("<body><main><h2>甲</h2><p class=article>乙</p></main></body>")) == []


def test_headings_of_articles_stand_where_articles_do(written):
    file = written(
        "<h2>甲</h2><h3 class=article>乙</h3><h3>丁</h3><h4 class=article>戊</h4><p class=article>丙</p>", numbering="regulation"
    )

    heading, below = file.all("//w:p[w:pPr/w:pStyle/@w:val='Heading3']")
    assert [p.find("w:pPr/w:outlineLvl", NS) is not None for p in (heading, below)] == [True, False]
    assert heading.find("w:pPr/w:outlineLvl", NS).get(f"{W}val") == "1"
    num = heading.find("w:pPr/w:numPr/w:numId", NS).get(f"{W}val")
    abstract = file.all(f"//w:num[@w:numId='{num}']/w:abstractNumId/@w:val", "word/numbering.xml")[0]
    of_level = file.all(f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[1]/w:pPr/w:ind/@w:firstLine", "word/numbering.xml")
    of_style = file.all("//w:style[w:name/@w:val='Article']/w:pPr/w:ind/@w:firstLine", "word/styles.xml")
    assert of_level == of_style == ["420"]


def test_nested_lists_stand_below_the_text_of_their_item(written):
    file = written("<ol><li>甲<ul><li>乙</li></ul></li></ol>")

    places = []
    for num in file.all("//w:body//w:numId/@w:val"):
        abstract = file.all(f"//w:num[@w:numId='{num}']/w:abstractNumId/@w:val", "word/numbering.xml")[0]
        indent = file.all(f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[1]/w:pPr/w:ind", "word/numbering.xml")[0]
        places.append((int(indent.get(f"{W}left")) - int(indent.get(f"{W}hanging")), int(indent.get(f"{W}left"))))
    (_, text), (inner, _) = places
    assert inner == text


@pytest.mark.parametrize(("language", "left", "hanging"), [("zh-CN", "1050", "630"), ("zh-TW", "840", "420")])
def test_the_text_of_an_article_s_items_stands_behind_the_first_line_s_number(written, language, left, hanging):
    file = written("<p class=article>甲</p><ol class=items><li>乙</li></ol>", language=language, numbering="regulation")

    (num,) = file.all("//w:style[w:name/@w:val='Item']/w:pPr/w:numPr/w:numId/@w:val", "word/styles.xml")
    abstract = file.all(f"//w:num[@w:numId='{num}']/w:abstractNumId/@w:val", "word/numbering.xml")[0]
    indent = file.all(f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[1]/w:pPr/w:ind", "word/numbering.xml")[0]
    assert (indent.get(f"{W}left"), indent.get(f"{W}hanging")) == (left, hanging)


def test_the_same_document_counts_the_same_twice(look):
    first, second = (write(document(f"<main>{LISTS}</main>"), look).value for _ in range(2))
    assert first == second
