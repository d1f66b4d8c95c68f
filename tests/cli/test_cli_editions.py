"""`genplan build --edition` and `--watermark`, and the settings behind them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genplan.incremental.manifest import Manifest


@pytest.fixture
def workspace(team: Path) -> Path:
    (team / "plans" / "results" / "2026-Q3.csv").write_text("工号,姓名,甲,乙\n0001,甲某,80,90\n0002,乙某,70,80\n", "utf-8")
    return team


@pytest.fixture
def listed(genplan: Callable[..., Any]) -> Callable[..., set[str]]:
    """The folders of what would be built, below the period's."""

    def run(*options: str) -> set[str]:
        ran = genplan("build", "--dry-run", "--format", "pdf", *options)
        assert not ran.code, ran.err
        return {"/".join(line.split("/")[2:-1]) for line in ran.out.splitlines() if "2026-Q3" in line}

    return run


def test_editions_by_option_and_by_setting(workspace: Path, listed) -> None:
    assert listed("--kind", "result") == {"result"}
    assert listed("--kind", "result", "--edition", "hr", "--edition", "employee") == {"hr/result", "employee/result"}
    assert listed("--kind", "summary", "--edition", "all") == {"hr/summary", "manager/summary"}
    (workspace / "genplan.yml").write_text("plans: plans\neditions: [manager]\n", "utf-8")
    assert listed("--kind", "result") == {"manager/result"}
    assert listed("--kind", "result", "--edition", "hr") == {"hr/result"}
    assert listed("--kind", "result", "--edition", "none") == {"result"}


def test_unknown_edition(workspace: Path, genplan) -> None:
    ran = genplan("build", "--edition", "employe")
    assert ran.code == 1
    assert "GP709" in ran.err
    assert "did you mean `employee`?" in ran.err
    (workspace / "genplan.yml").write_text("editions: [boss]\n", "utf-8")
    ran = genplan("build")
    assert ran.code == 1
    assert "genplan.yml" in ran.err
    assert not (workspace / "output").exists()


def test_page_lists_editions(workspace: Path, genplan) -> None:
    assert not genplan("build", "--format", "html", "--kind", "result", "--edition", "all").code
    with Manifest(workspace / "output") as manifest:
        register = [entry._asdict() for entry in manifest.entries()]
    titles = {row["edition"]: row["edition_title"] for row in register}
    assert titles == {"employee": "员工版", "manager": "主管版", "hr": "人力资源版"}
    page = (workspace / "output" / "index.html").read_text("utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert data["edition"] == ["员工版", "人力资源版", "主管版"]
    assert len(data["documents"]) == 6
    assert 'id="edition"' in page


@pytest.mark.parametrize("text", ["长" * 21, "两\n行", "偏\u202e转", "罕\U0002f9f4字"])
def test_watermark_that_cannot_be_drawn(workspace: Path, genplan, text: str) -> None:
    ran = genplan("build", "--watermark", text)
    assert ran.code == 1
    assert "GP626" in ran.err
    assert not (workspace / "output").exists()


def test_watermark_by_option_and_by_setting(workspace: Path, genplan) -> None:
    def pages(*options: str) -> bytes:
        assert not genplan("build", "--format", "html", "--kind", "result", *options).code
        return min((workspace / "output").rglob("0001*.html")).read_bytes()

    bare = pages()
    (workspace / "genplan.yml").write_text("plans: plans\nwatermark: draft\n", "utf-8")
    assert pages() == pages("--watermark", "草稿")
    assert pages() != pages("--watermark", "confidential") != bare
    assert pages("--watermark", "") == bare
