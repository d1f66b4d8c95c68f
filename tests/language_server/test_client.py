"""`genplan lsp` as an editor meets it: a process that is spoken to over standard input and output."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import scripts
from click.testing import CliRunner

from genplan.cli.console import Console
from genplan.cli.lsp import command
from genplan.methods import METHODS

lsp_trace = scripts.load("tools/lsp_trace.py")
Client, WAIT = lsp_trace.Client, lsp_trace.WAIT
ROOT = Path(__file__).parents[2]

PLAN = """\
---
格式版本: 1
标题: 客户经理绩效考核方案
部门: 销售部
岗位职责:
  - 职责领域: 开拓渠道
  - 职责领域: 催收回款
考核指标:
  - {名称: 😀销售额, 权重: 60%, 计分: 直接评分, 对应职责: 开拓渠道}
  - 名称: 回款率
    权重: 40%
    计分: 直接评分
    对应职责: [催收回款]
---
"""
LINES = PLAN.split("\n")
HEAVIER = PLAN.replace("60%", "70%")
UNCLOSED = PLAN.replace("    计分: 直接评分\n", "    计分: {\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("编辑").resolve()
    (folder / "genplan.yml").write_text("plans: plans\n", "utf-8")
    (folder / "plans").mkdir()
    (folder / "plans/经理.md").write_text(PLAN, "utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator:
    with Client(folder) as client:
        client.start(locale="zh-cn", rootUri=folder.as_uri())
        yield client


def place(line: int, word: str, units: int | None = None) -> dict:
    """Return the range of a word in a line; columns are those of UTF-16, or `units` before the word."""
    start = len(LINES[line].partition(word)[0].encode("utf-16-le")) // 2 if units is None else units
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + len(word)}}


def said(diagnostics: list[dict]) -> list[tuple[str, dict]]:
    return [(each["code"], each["range"]) for each in diagnostics]


def test_a_plan_is_checked_as_it_is_typed(editor, folder: Path):
    uri = editor.open(folder / "plans/经理.md")
    assert "GP301" not in [code for code, _ in said(editor.diagnostics(uri))]
    editor.change(uri, HEAVIER)
    (found,) = [each for each in editor.diagnostics(uri) if each["code"] == "GP301"]
    assert found["range"] == place(8, "60%")  # behind a character that is two units
    assert found["severity"] == 1
    assert found["source"] == "genplan"
    assert "110 %" in found["message"]
    assert "帮助：" in found["message"]
    (related,) = found["relatedInformation"]
    assert related["location"] == {"uri": uri, "range": place(10, "40%")}
    editor.change(uri, PLAN)
    assert "GP301" not in [code for code, _ in said(editor.diagnostics(uri))]
    assert (folder / "plans/经理.md").read_text("utf-8") == PLAN


def test_questions_are_answered(editor, folder: Path):
    uri = editor.open(folder / "plans/经理.md", UNCLOSED)
    line = "    计分: {"
    offers = editor.at("completion", uri, 11, len(line))
    assert [(each["label"], each["textEdit"]["newText"]) for each in offers] == [("采用量表", "采用量表: "), ("方法", "方法: ")]
    editor.change(uri, UNCLOSED.replace(line, f"{line}方法: "))
    offers = editor.at("completion", uri, 11, len(f"{line}方法: "))
    assert [each["label"] for each in offers] == [method.parameters.LABEL for method in METHODS.values()]
    assert offers[3]["documentation"]["value"].startswith("实际值")
    editor.change(uri, UNCLOSED.replace(line, f"{line}方法: 层差法, "))
    offers = editor.at("completion", uri, 11, len(f"{line}方法: 层差法, "))
    assert [each["label"] for each in offers] == ["采用量表", "边界归属", "分档"]

    hover = editor.at("hover", uri, 10, 5)
    assert hover["range"] == place(10, "权重")
    assert hover["contents"]["value"].startswith("**权重** · **weight**\n\n占")

    target = [{"uri": uri, "range": place(6, "催收回款")}]
    assert editor.at("definition", uri, 12, 12) == target
    assert editor.at("definition", uri, 10, 5) == []
    symbols = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [each["name"] for each in symbols[-1]["children"]] == ["😀销售额", "回款率"]


def test_other_files_hear_of_it_too(editor, folder: Path):
    """A base is not checked as a plan of its own: what it does to the plans that extend it is said there."""
    base, own = folder / "plans/_base.md", folder / "plans/继承.md"
    base.write_text(PLAN, "utf-8")
    own.write_text("---\n继承: _base.md\n标题: 客户经理（华东）\n---\n", "utf-8")
    uri = editor.open(base, PLAN.replace("对应职责: [催收回款]", "对应职责: [催收]"))
    codes = {each["code"]: each["range"] for each in editor.diagnostics(uri)}
    assert codes["GP322"]["start"] == {"line": 12, "character": 11}
    editor.change(uri, PLAN + "\n# 没有这个标题\n\n正文\n")
    assert "GP322" not in [code for code, _ in said(editor.diagnostics(uri))]
    editor.send("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert editor.diagnostics(uri) == []


def test_what_is_no_plan_is_left_alone(editor, folder: Path):
    readme = editor.open(folder / "README.md", "---\ntitle: x\n---\n")
    config = editor.open(folder / "plans/other.yml", "services: \n")
    plan = editor.open(folder / "plans/new.md", "")
    assert [code for code, _ in said(editor.diagnostics(plan))] == ["GP003"]
    published = [each["params"] for each in editor.notifications if each["method"] == "textDocument/publishDiagnostics"]
    assert not [each for each in published if each["uri"] in (readme, config) and each["diagnostics"]]
    assert editor.at("completion", readme, 1, 0) == editor.at("completion", config, 0, 10) == []


def test_data_beside_prose_is_served_too(editor, folder: Path):
    (folder / "plans/两份.md").write_text("# 考核目的\n\n略\n", "utf-8")
    uri = editor.open(folder / "plans/两份.yml", HEAVIER.replace("---\n", ""))
    (found,) = [each for each in editor.diagnostics(uri) if each["code"] == "GP301"]
    assert found["range"]["start"]["line"] == 7


def test_the_server_survives_what_it_is_told(editor, folder: Path):
    uri = editor.open(folder / "plans/经理.md", "---\n\ud800\0{[")
    assert editor.diagnostics(uri)
    assert editor.at("completion", uri, 99, 99) == []
    assert editor.at("hover", "untitled:Untitled-1", 0, 0) is None
    code, errors = editor.stop()
    assert (code, errors, editor.stray) == (0, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "environment", "params", "word"),
    [
        (["--stdio"], {"LANG": "C.UTF-8"}, {"locale": "en-GB"}, "weights"),
        ([], {}, {"locale": "en", "initializationOptions": {"language": "zh-TW"}}, "權重"),
        (["--lang", "en"], {"GENPLAN_LANG": "zh-CN"}, {"initializationOptions": {"language": "zh-TW"}}, "weights"),
    ],
)
def test_messages_are_in_the_language_asked_for(folder: Path, arguments, environment, params, word):
    with Client(folder, *arguments, **environment) as client:
        told = client.start(capabilities={"general": {"positionEncodings": ["utf-8", "utf-16"]}}, **params)
        assert told["capabilities"]["positionEncoding"] == "utf-8"
        uri = client.open(folder / "plans/经理.md", HEAVIER)
        (found,) = [each for each in client.diagnostics(uri) if each["code"] == "GP301"]
        assert word in found["message"]
        assert found["range"] == place(8, "60%", len(LINES[8].partition("60%")[0].encode()))
        assert client.process.stdin is not None
        client.process.stdin.close()
        client.process.wait(WAIT)


def test_without_pygls_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    monkeypatch.delitem(sys.modules, "genplan.language_server.server", raising=False)
    run = CliRunner().invoke(command, [], obj=Console())
    assert run.exit_code == 1
    assert "GP524" in run.stderr
    assert 'pip install "genplan[lsp]"' in run.stderr


@pytest.mark.parametrize(("language", "page"), [("en", "editors.md"), ("zh-CN", "editors.zh-CN.md")])
def test_the_docs_show_what_is_said(language: str, page: str):
    printed = "\n".join(lsp_trace.trace(language))
    assert f"```text\n{printed}\n```" in (ROOT / "docs/it" / page).read_text("utf-8")
