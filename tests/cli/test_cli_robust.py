"""Whatever stands in the files, genplan says what is wrong with them: it never fails itself, which would be exit code 3."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from genplan import resources

SPECIALIST = "community-operations-specialist"
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

ODD = [
    *("", "²", "1e999", "-0", "0x10", "null", "~", "[]", "{}", "'", '"', "&a", "*a", "!!python/object:x", "%", "#", "---", "\t", "\\"),
    *("{{", "{%", "<b>", "9" * 400, "考" * 300, "\u202e", "\ufeff", "\x00", "𠮷", "é", "e\u0301", "\U0010ffff", "..", "/", "2026-02-30"),
    *("100%%", "=1+1", "> " * 200),
]
"""What a hand may put into a line, or somebody who wants to see what happens."""
PROSE = ["x", "**考**", "`c`", "[a](b)", "![a](b)", "<b>", "|a|b|\n|-|-|\n|1|2|", "\\", "&amp;", "# h", "```\nx\n```"]


@st.composite
def mutated(draw: st.DrawFn, original: str) -> bytes:
    """Change a good file a little, line by line, as a slip of the hand does."""
    lines = original.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(["delete", "repeat", "odd", "cut", "indent", "swap"])):
            case "delete":
                lines[at] = ""
            case "repeat":
                lines[at] = f"{line}\n{line}"
            case "odd":
                start = draw(st.integers(0, len(line)))
                lines[at] = line[:start] + draw(st.sampled_from(ODD)) + line[draw(st.integers(start, len(line))) :]
            case "cut":
                lines[at] = line[: draw(st.integers(0, len(line)))]
            case "indent":
                lines[at] = " " * draw(st.integers(1, 5)) + line
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], line
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def sample(path: str) -> str:
    return (resources.samples() / path).read_text("utf-8")


def theme(path: str) -> str:
    return (resources.templates() / path).read_text("utf-8")


@few
@given(st.binary(max_size=300) | mutated(sample(f"{SPECIALIST}.md")))
@example(b"")
@example(b"---\n---\n")
@example(b"\xff\xfe\x00")
@example(b"---\n" + b"[" * 5000)
@example(b"---\n" + b"a: {" * 500)
def test_no_plan_makes_genplan_fail(genplan: Callable, workspace: Path, data: bytes) -> None:
    (workspace / "plans" / f"{SPECIALIST}.md").write_bytes(data)
    for arguments in (
        ["check"],
        ["score", f"plans/{SPECIALIST}.md"],
        ["build", "--format", "html", "--kind", "scheme", "--kind", "duties"],
    ):
        assert genplan(*arguments).code in {0, 1}


@few
@given(st.binary(max_size=300) | mutated(sample(f"results/{SPECIALIST}/2026-Q3.csv")))
@example(b"")
@example(b"\xff\xfe")
@example("工号,姓名\n".encode("utf-16"))
@example(b'"' * 5000)
@example(b"," * 50_000)
def test_no_results_make_genplan_fail(genplan: Callable, workspace: Path, data: bytes) -> None:
    (workspace / "plans" / "results" / SPECIALIST / "2026-Q3.csv").write_bytes(data)
    for arguments in (
        ["check"],
        ["score", f"plans/{SPECIALIST}.md", "--format", "csv"],
        ["build", "--format", "html", "--kind", "summary"],
    ):
        assert genplan(*arguments).code in {0, 1}


@few
@given(
    data=st.binary(max_size=200) | mutated("工号,姓名,甲,=乙,评语\n0001,甲某,80,90,很好"),
    suffix=st.sampled_from(["xlsx", "yml", "json", "txt"]),
)
def test_no_results_of_another_kind_make_genplan_fail(
    genplan: Callable, little: Callable, workspace: Path, data: bytes, suffix: str
) -> None:
    path = little()
    path.write_text(path.read_text("utf-8").replace("*.csv", f"*.{suffix}"), encoding="utf-8")
    (workspace / "plans" / "results" / "little" / f"2026-Q3.{suffix}").write_bytes(data)
    assert genplan("build", "--format", "html").code in {0, 1}


@few
@given(st.binary(max_size=300) | mutated(theme("brand.yml")))
@example(theme("brand.yml").replace("weight: 400", "weight: ²").encode())
@example(theme("brand.yml").replace("10.5pt", "1e9pt").encode())
@example(theme("brand.yml").replace("images/logo.png", "../../../etc/passwd").encode())
@example(theme("brand.yml").replace("images/logo.png", "brand.yml").encode())
def test_no_brand_makes_genplan_fail(genplan: Callable, little: Callable, workspace: Path, data: bytes) -> None:
    little(kinds="scheme")
    (workspace / "templates" / "brand.yml").write_bytes(data)
    assert genplan("build", "--format", "html,docx").code in {0, 1}


@few
@given(st.binary(max_size=300) | mutated(theme("kinds/result.html.j2")))
@example(b"{{ 1/0 }}")
@example(b"{% for i in range(10**9) %}{% endfor %}")
@example(b"{{ 'x' * 10**9 }}")
@example(b"{% include 'kinds/result.html.j2' %}")
@example(b"{{ ''.__class__.__mro__ }}")
@example(b"{{ plan.duties.__init__.__globals__ }}")
@example(b"{% extends 'nothing' %}")
@example(b"<p>" * 3000)
def test_no_template_makes_genplan_fail(genplan: Callable, little: Callable, workspace: Path, data: bytes) -> None:
    little(kinds="result")
    kinds = workspace / "templates" / "kinds"
    kinds.mkdir(exist_ok=True)
    (kinds / "result.html.j2").write_bytes(data)
    assert genplan("build", "--format", "html,docx").code in {0, 1}


@few
@example(f"plans: {'9' * 400}".encode())
@example(f"templates: {'a/' * 200}".encode())
@given(st.binary(max_size=200) | mutated("schema: 1\nplans: plans\ntemplates: templates\noutput: output\n"))
def test_no_settings_make_genplan_fail(genplan: Callable, little: Callable, workspace: Path, data: bytes) -> None:
    little(kinds="scheme")
    (workspace / "genplan.yml").write_bytes(data)
    assert genplan("build", "--dry-run").code in {0, 1}
    assert genplan("new", "x", "--from", "community-management-policy").code in {0, 1, 2}


@few
@given(
    st.recursive(
        st.sampled_from(PROSE),
        lambda inner: st.lists(inner, max_size=3).map("\n\n".join) | inner.map(lambda s: "> " + s) | inner.map(lambda s: "- " + s),
        max_leaves=12,
    )
)
@example("> " * 3000 + "x")
@example("\n".join("  " * depth + "- a" for depth in range(500)))
@example("*" * 3000 + "a")
@example("[" * 3000)
@example("![x](images/nothing.png)")
@example("![x](../../../../../../etc/passwd)")
@example("|" * 2000 + "\n" + "|-" * 2000)
def test_no_prose_makes_genplan_fail(genplan: Callable, little: Callable, prose: str) -> None:
    path = little(kinds="scheme")
    path.write_text(path.read_text("utf-8") + "# 考核目的\n\n" + prose, encoding="utf-8")
    assert genplan("build", "--format", "html,docx").code in {0, 1}


@pytest.mark.parametrize("headings", [12_000])
def test_no_number_of_headings_makes_genplan_fail(genplan: Callable, little: Callable, headings: int) -> None:
    path = little(kinds="scheme")
    path.write_text(path.read_text("utf-8") + "# 考核目的\n\n" + "## 小节\n\n文\n\n" * headings, encoding="utf-8")
    assert genplan("build", "--format", "html").code in {0, 1}
