"""PDFs keep what they claim, by veraPDF's judgement: documents of every kind as PDF/A-3a and PDF/UA-1 at once, and each alone."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from genplan.writers.options import PDF_VARIANTS

PROFILES = {
    "pdf/a-3a": {"PDF/A-3a validation profile"},
    "pdf/ua-1": {"PDF/UA-1 validation profile"},
    "pdf/a-3a+ua-1": {"PDF/A-3a validation profile", "PDF/UA-1 validation profile"},
}
BOTH = "pdf/a-3a+ua-1"
LOOKS = (("official", "zh-CN"), ("official", "zh-TW"), ("modern", "en"), ("quiet", "zh-TW"), ("vivid", "en"))
Verdicts = dict[Path, dict[str, list[str]]]


def judged(verapdf: str, *folders: Path) -> Verdicts:
    """Give, for each file, the standards that it claims and the rules of each that it breaks."""
    command = [verapdf, "--flavour", "0", "--format", "json", "--maxfailuresdisplayed", "1", "--recurse", *map(str, folders)]
    brief = os.environ | {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}  # compiling more takes longer than it saves
    run = subprocess.run(command, capture_output=True, check=False, env=brief)
    verdicts: Verdicts = {}
    for job in json.loads(run.stdout)["report"]["jobs"]:
        assert "validationResult" in job, job
        verdicts[Path(job["itemDetails"]["name"])] = {
            result["profileName"]: [
                f"{rule['clause']}-{rule['testNumber']}: {rule['checks'][0]['context']}" for rule in result["details"]["ruleSummaries"]
            ]
            for result in job["validationResult"]
        }
        assert all(result["compliant"] == (not result["details"]["failedRules"]) for result in job["validationResult"])
    return verdicts


def kept(variant: str) -> dict[str, list[str]]:
    """Give the verdict on a file that breaks no rule of what it claims."""
    return {profile: [] for profile in PROFILES[variant]}


@pytest.fixture(scope="session")
def in_both(samples, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples as files that claim both standards."""
    output = tmp_path_factory.mktemp("both")
    run = samples.genplan("build", "--format", "pdf", "--pdf-variant", BOTH, "--jobs", "0", "--output", output)
    assert run.returncode == 0, run.stderr
    return output


@pytest.fixture(scope="session")
def chosen_in_both(in_both: Path, samples, chosen: list[Path]) -> list[Path]:
    """Those of them that differ in more than the person: veraPDF takes a third of a second for each."""
    return [in_both / stem.relative_to(samples.output).with_suffix(".pdf") for stem in chosen]


@pytest.fixture(scope="session")
def in_each(small_built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A document of every kind as each variant."""
    outputs = {variant: tmp_path_factory.mktemp("variant") for variant in PDF_VARIANTS}
    for variant, output in outputs.items():
        options = ("--pdf-variant", variant, "--jobs", "0")  # processes would cost more than they save
        run = small_built.genplan("build", "--format", "pdf", *options, "--output", output, PYTHONHASHSEED="3")
        assert run.returncode == 0, run.stderr
    return outputs


@pytest.fixture(scope="session")
def in_looks(small_built, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """A document of every kind in other themes and languages, as files that claim both standards."""
    outputs = {look: tmp_path_factory.mktemp("look") for look in LOOKS}
    for (theme, language), output in outputs.items():
        options = ("--theme", theme, "--language", language, "--pdf-variant", BOTH, "--jobs", "0")
        run = small_built.genplan("build", "--format", "pdf", *options, "--output", output)
        assert run.returncode == 0, run.stderr
    return outputs


@pytest.fixture(scope="session")
def broken(in_each: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that are no longer what they claim."""
    folder = tmp_path_factory.mktemp("broken")
    path = next(in_each[BOTH].rglob("*.pdf"))
    with pikepdf.open(path) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(folder / "colourless.pdf")
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(folder / "untagged.pdf")
    return folder


@pytest.fixture(scope="session")
def verapdf(require_tool: Callable[[str], str]) -> str:
    """Asked for before what it judges, so that nothing is built for it in vain."""
    return require_tool("verapdf")


@pytest.fixture(scope="session")
def qpdf(require_tool: Callable[[str], str]) -> str:
    return require_tool("qpdf")


@pytest.fixture(scope="session")
def verdicts(
    verapdf: str, chosen_in_both: list[Path], in_each: dict[str, Path], in_looks: dict[tuple[str, str], Path], broken: Path
) -> Verdicts:
    """The verdicts on all files, which veraPDF is started once for."""
    return judged(verapdf, *chosen_in_both, *(in_each[variant] for variant in PROFILES), *in_looks.values(), broken)


def test_the_samples_are_both(verdicts: Verdicts, samples, in_both: Path, chosen_in_both: list[Path]) -> None:
    built = {path.relative_to(in_both) for path in samples.built("pdf", in_both)}
    assert built == {path.relative_to(samples.output) for path in samples.built("pdf")}
    assert len(chosen_in_both) > 30
    assert {path: verdicts[path] for path in chosen_in_both} == {path: kept(BOTH) for path in chosen_in_both}


@pytest.mark.parametrize("variant", PROFILES)
def test_every_kind_is_what_each_variant_claims(verdicts: Verdicts, samples, in_each: dict[str, Path], variant: str) -> None:
    paths = samples.built("pdf", in_each[variant])
    assert len(paths) >= 6
    assert {path: verdicts[path] for path in paths} == {path: kept(variant) for path in paths}


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_every_kind_is_both_in_other_themes_and_languages(
    verdicts: Verdicts, samples, in_looks: dict[tuple[str, str], Path], look: tuple[str, str]
) -> None:
    paths = samples.built("pdf", in_looks[look])
    assert len({path.parent.name for path in paths}) == 14
    assert {path: verdicts[path] for path in paths} == {path: kept(BOTH) for path in paths}


def test_verapdf_is_listened_to(verdicts: Verdicts, broken: Path) -> None:
    """Files that are no longer what they claim are found out, so that silence means something."""
    assert verdicts[broken / "colourless.pdf"]["PDF/A-3a validation profile"]
    assert verdicts[broken / "untagged.pdf"]["PDF/UA-1 validation profile"]


def test_all_variants_pass_qpdf(qpdf: str, in_both: Path, in_each: dict[str, Path]) -> None:
    paths = [path for folder in (in_both, *in_each.values()) for path in sorted(folder.rglob("*.pdf"))]
    assert len(paths) > 70
    said = {path: subprocess.run([qpdf, "--check", str(path)], capture_output=True, encoding="utf-8", check=False) for path in paths}
    wrong = {path: run.stdout + run.stderr for path, run in said.items() if run.returncode or "No syntax" not in run.stdout}
    assert not wrong


def test_a_plain_file_is_what_is_built_without_asking(small_built, in_each: dict[str, Path]) -> None:
    for path in small_built.built("pdf"):
        assert (in_each["plain"] / path.relative_to(small_built.output)).read_bytes() == path.read_bytes()


def test_the_same_bytes_elsewhere_and_at_another_time(small_built, small, in_each: dict[str, Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处 3"
    small.root.rename(elsewhere)
    (elsewhere / "genplan.yml").write_text(f"schema: 1\npdf_variant: {BOTH}\n")
    run = small_built.genplan(
        *("build", elsewhere / "plans", "--format", "pdf", "--output", tmp_path / "out"),
        cwd=tmp_path,
        TZ="Asia/Kathmandu",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="42",
        SOURCE_DATE_EPOCH="1900000000",  # another year: these plans say when they were issued
    )
    assert run.returncode == 0, run.stderr
    paths = small_built.built("pdf", in_each[BOTH])
    assert paths
    for path in paths:
        assert (tmp_path / "out" / path.relative_to(in_each[BOTH])).read_bytes() == path.read_bytes()


def attached(path: Path) -> dict:
    with pikepdf.open(path) as pdf:
        return json.loads(pdf.attachments["genplan-data.json"].get_file().read_bytes())


def test_a_person_s_file_holds_the_result_and_how_it_came_about(small_built, in_each: dict[str, Path]) -> None:
    (path,) = in_each["pdf/a-3a"].glob("*/*/result/*.pdf")
    data = attached(path)
    score = json.loads(small_built.genplan("score", f"plans/{data['plan']['id']}.md", "--format", "json").stdout)
    (card,) = [card for card in score["scorecards"] if card["id"] == data["person"]["id"]]
    assert data["person"]["name"] == card["name"]
    assert data["result"]["total"] == card["total"]
    assert data["result"]["grade"] == card["grade"]
    assert [(line["key"], line["actual"]) for line in data["result"]["lines"]] == [
        (line["indicator"], line["actual"]) for line in card["lines"]
    ]
    assert [step["stage"] for step in data["result"]["steps"]] == [step["stage"] for step in card["steps"][1:]]
    assert data["plan"]["number"] == "HR-KH-2026-001"
    assert [indicator["name"] for group in data["indicators"] for indicator in group["indicators"]]


def test_a_summary_s_file_holds_the_ranking_and_a_plan_s_no_person(in_each: dict[str, Path]) -> None:
    (summary,) = in_each["pdf/a-3a"].glob("*/*/summary/*.pdf")
    ranking = attached(summary)["summary"]["ranking"]
    assert [row["rank"] for row in ranking] == sorted(row["rank"] for row in ranking)
    (scheme,) = in_each["pdf/a-3a"].glob("*/*/scheme/*.pdf")
    assert not attached(scheme).keys() & {"person", "result", "summary"}


def test_a_variant_that_does_not_exist_is_refused(small) -> None:
    wrong = small.genplan("build", "--pdf-variant", "pdf/a-9z")
    assert wrong.returncode == 2
    assert "pdf/a-3a+ua-1" in wrong.stderr
    (small.root / "genplan.yml").write_text("schema: 1\npdf_variant: pdf/a-9z\n")
    wrong = small.genplan("build")
    assert wrong.returncode == 1
    assert "GP204" in wrong.stderr
    assert "genplan.yml:2:14" in wrong.stderr
