"""`make bench`: a short run makes its report, what peers leave out is noticed, and what was not measured is not told as if it had been."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "bench"
RATIO = re.compile(r"\d[\d,]*(\.\d+)?")


@pytest.fixture(scope="module", autouse=True)
def _bench_modules():
    """Let the tests import what stands in bench/, and no other test."""
    before = {*sys.modules}
    sys.path.insert(0, str(BENCH))
    yield
    sys.path.remove(str(BENCH))
    for name in {*sys.modules} - before:
        if str(getattr(sys.modules[name], "__file__", None)).startswith(str(BENCH)):
            del sys.modules[name]


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    pytest.importorskip("docx")
    from peers.content import contents, workspace

    return contents(workspace(tmp_path_factory.mktemp("workspace"), 2))[1]


def tables(report: str) -> list[list[list[str]]]:
    """Read the tables of a report, cell by cell."""
    found = [[]]
    for line in report.splitlines():
        if line.startswith("| "):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


@pytest.mark.skipif(sys.platform == "win32", reason="builds are processes of Unix, forked")
def test_faults_leave_the_output_whole():
    """Every three-hundredth of the faults of one build of bench/faults.py."""
    command = [sys.executable, str(BENCH / "faults.py"), "changed", "0", "300"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d disturbed builds, 0 wrong$", done.stdout, re.MULTILINE), done.stdout


def test_a_short_run_writes_the_report(tmp_path):
    pytest.importorskip("pypdfium2")
    target = tmp_path / "RESULTS.md"
    command = [sys.executable, str(BENCH / "run.py"), "smoke", str(target)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stderr
    report = target.read_text("utf-8")
    assert "leaves out" not in report
    assert "failed" not in report
    assert "LibreOffice (pdf): not run" in report
    compared = [table for table in tables(report) if any("× genplan" in cell for cell in table[0])]
    assert {"PDF", "DOCX", "PDF and DOCX"} <= {table[0][0] for table in compared}
    for head, _, *rows in compared:
        at = next(number for number, cell in enumerate(head) if "× genplan" in cell)
        assert rows[0][0] == "genplan"
        assert rows[0][at] == "1.00"
        assert all(RATIO.fullmatch(row[at]) for row in rows)
    assert str(tmp_path) not in report
    assert str(ROOT) not in report


def test_a_file_that_says_less_is_noticed(document, tmp_path):
    from peers import OUT, python_docx
    from verify import missing

    (tmp_path / OUT).mkdir()
    python_docx.prepare(document, tmp_path)
    with python_docx.session(tmp_path, "docx", drawn=True) as make:
        make([document.number])
        whole = tmp_path / OUT / f"{document.name}.docx"
        assert missing(document, whole) == []
        page = (tmp_path / f"{document.name}.json").read_text("utf-8")
        (tmp_path / f"{document.name}.json").write_text(page.replace("用户参与度", "用户"), "utf-8")
        make([document.number])
    assert "用户参与度" in missing(document, whole)


def test_every_peer_has_its_module():
    from peers import PEERS, find

    assert len({peer.key for peer in PEERS}) == len(PEERS)
    for peer in PEERS:
        assert (BENCH / "peers" / f"{peer.module}.py").is_file()
        assert find(peer.key) is peer


def test_a_peer_that_is_not_installed_is_told_of():
    from peers import PEERS

    peer = replace(PEERS[0], packages={"no-such-package": "no_such_module"}, programs=("no-such-program|another",))
    assert peer.lacking() == "no-such-package, no-such-program"


def test_fewer_documents_are_scaled_up_from_what_starting_takes():
    from measure import Cost
    from peers import find
    from plan import PLANS
    from report import Results, figures
    from singles import Single
    from whole import Whole

    peer = find("typst-pdf")
    each = {peer.key: Single(peer, [Cost(2.0, 2.0)])}
    one = Whole(peer, 1, 1, 1, [Cost(3.0, 3.0)])
    many = Whole(peer, 100, 2, 10, [Cost(22.0, 11.0, 5)])
    found = figures(many, Results("default", PLANS["default"], [], singles=each, wholes=[one, many]))
    assert found.scaled
    assert found.cpu == pytest.approx(2 + 20 * 10)
    assert found.wall == pytest.approx(1 + 10 * 10)
    assert not figures(one, Results("default", PLANS["default"], [], singles=each, wholes=[one])).scaled


def test_the_first_round_is_kept_within_its_time():
    from whole import _share

    share = _share([(100, 1), (10, 1), (1000, 10)], 500)
    assert min(100, share) + min(10, share) + min(1000, 10 * share) == pytest.approx(500, rel=0.01)
    assert _share([(1, 1), (2, 1)], 100) >= 2


@pytest.mark.parametrize("peer", ["typst", "weasyprint", "docxtpl", "python_docx"])
def test_peers_import_nothing_of_genplan(peer: str) -> None:
    code = f"import sys, importlib; importlib.import_module('peers.{peer}'); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=BENCH)
    assert [name for name in ran.stdout.split() if name.partition(".")[0] == "genplan"] == []


def test_people_of_the_bench_differ(tmp_path: Path) -> None:
    from peers.content import PERIOD, SAMPLE, workspace

    workspace(tmp_path, 200)
    rows = (tmp_path / "plans/results" / SAMPLE / f"{PERIOD}.csv").read_text("utf-8-sig").splitlines()[1:]
    assert len({row.partition(",")[2] for row in rows}) == 200
    scores = [[float(score) for score in row.split(",")[3:10]] for row in rows]
    assert max(max(line) for line in scores[1:]) < min(scores[0]) == 98
