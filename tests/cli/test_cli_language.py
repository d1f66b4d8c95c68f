"""The command speaks the language that its user asks for, from help to mistakes in the arguments."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from genplan.cli.app import COMMANDS, app
from genplan.cli.localized_commands import localized_command
from genplan.messages import use_language
from genplan.messages.language import PSEUDO

BROKEN = "---\nschema: 1\ntitle: 方案\n部门: 部门\nwieght: 1\n---\n"


@pytest.fixture(autouse=True)
def _english():
    yield
    use_language("en")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.md").write_text(BROKEN, "utf-8")
    (tmp_path / "genplan.yml").write_text("plans: plans\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_english_is_the_last_choice(genplan: Callable, broken: Path) -> None:
    assert "error[GP201]: unknown key `wieght`" in genplan("check").err


@pytest.mark.parametrize(
    ("environ", "settings", "arguments", "said"),  # what decides, and how the first diagnostic then begins
    [
        ({}, "language: zh-CN\n", (), "错误[GP201]"),
        ({}, "语言: zh-TW\n", (), "錯誤[GP201]"),
        ({"LANG": "en_US.UTF-8"}, "language: zh-CN\n", (), "error[GP201]"),
        ({"LANG": "zh_CN.UTF-8"}, "language: zh-TW\n", (), "错误[GP201]"),
        ({"LANG": "zh_CN.UTF-8", "GENPLAN_LANG": "zh-TW"}, "", (), "錯誤[GP201]"),
        ({"GENPLAN_LANG": "zh_HK"}, "", (), "錯誤[GP201]"),
        ({"GENPLAN_LANG": "zh-TW"}, "", ("--lang", "zh-CN"), "错误[GP201]"),
        ({"GENPLAN_LANG": "zh-TW"}, "", ("--lang=en",), "error[GP201]"),
    ],
)
def test_who_asks_most_directly_decides(  # noqa: PLR0913, PLR0917 - three fixtures
    genplan, broken, monkeypatch, environ, settings, arguments, said
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    (broken / "genplan.yml").write_text(f"plans: plans\n{settings}", "utf-8")
    ran = genplan("check", *arguments)
    assert ran.code == 1
    assert f"{said}: " in ran.err


def test_the_language_may_be_named_before_the_command(genplan: Callable, broken: Path) -> None:
    assert "错误[GP201]" in genplan("--lang", "zh-CN", "check").err


@pytest.mark.parametrize(("environ", "arguments"), [({"GENPLAN_LANG": "fr"}, ()), ({}, ("--lang", "fr"))])
def test_a_language_that_is_not_supported_is_refused(genplan, broken, monkeypatch, environ, arguments) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    ran = genplan("check", *arguments)
    assert ran.code == 2
    assert "`fr` is not supported; use one of en, zh-CN, zh-TW" in ran.err


def test_the_workspaces_language_is_one_of_the_messages(genplan: Callable, broken: Path) -> None:
    (broken / "genplan.yml").write_text("plans: plans\nlanguage: french\n", "utf-8")
    ran = genplan("check")
    assert ran.code == 1
    assert "genplan.yml:2:11: error[GP204]: `french` is not a language of messages" in ran.err


def test_data_keeps_its_codes_and_keys(genplan: Callable, broken: Path) -> None:
    english, chinese = (json.loads(genplan("check", "--format", "json", "--lang", tag).out)["diagnostics"] for tag in ("en", "zh-CN"))
    assert [each["code"] for each in english] == [each["code"] for each in chinese] == ["GP201"]
    assert english[0].keys() == chinese[0].keys()
    assert english[0]["data"] == chinese[0]["data"] == {"word": "wieght"}
    assert english[0]["message"] != chinese[0]["message"]


def test_mistakes_in_the_arguments(genplan: Callable, broken: Path) -> None:
    ran = genplan("chek", "--lang", "zh-TW")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "錯誤：沒有指令 `chek`；您是指 `check` 嗎？"
    assert "did you mean `check`?" in genplan("检查").err
    assert genplan("check", "--formt", "json", "--lang", "zh-CN").err.splitlines()[-1].startswith("错误：没有选项 '--formt'")


def helps(command: click.Command) -> list[str]:
    """List the help of a command, its options, and the commands in it."""
    own = [command.help or "", command.epilog or "", *(each.help or "" for each in command.params if isinstance(each, click.Option))]
    return own + ([text for each in command.commands.values() for text in helps(each)] if type(command) is click.Group else [])


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_no_help_bypasses_translation(name: str | None) -> None:
    use_language(PSEUDO)
    command = localized_command(app) if name is None else app.get_command(click.Context(app), name)
    assert [text for text in helps(command) if re.search("[aceinouy]", text)] == []


def test_the_heads_of_scores(genplan: Callable, workspace: Path, plan: Path) -> None:
    heads = {
        tag: genplan("score", str(plan), "--format", "csv", "--lang", tag).out.splitlines()[0].split(",")
        for tag in ("en", "zh-CN", "zh-TW")
    }
    assert heads["en"][:3] == ["period", "rank", "id"]
    assert heads["zh-CN"][:3] == ["考核期", "名次", "工号"]
    assert heads["zh-TW"][-2:] == ["總分", "等第"]
