"""genplan as its users install it: from a wheel, outside the repository, without the network; and what its source distribution holds."""

import os
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def distribution(kind: str, folder: Path) -> Path:
    """Make the wheel or the source distribution of this checkout."""
    pytest.importorskip("hatchling")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return distribution("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment with nothing but the wheel; its dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    own = subprocess.run([python, "-c", "import site; print(site.getsitepackages()[0])"], capture_output=True, encoding="utf-8", check=True)
    (Path(own.stdout.strip()) / "dependencies.pth").write_text("\n".join(site.getsitepackages()))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", "--force-reinstall", str(wheel)], check=True, capture_output=True
    )
    return folder / "bin" / "genplan"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_wheel_holds_the_package_the_theme_and_the_samples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"genplan", f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}
    for name in ("genplan/cli/app.py", "genplan/diagnostics/codes.toml", "genplan/py.typed"):
        assert name in names
    for folder in ("templates", "plans"):
        wanted = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {f"genplan/_data/{path.relative_to(ROOT).as_posix()}" for path in wanted} <= set(names)
    assert [name for name in names if name.endswith("LICENSE")]
    assert [name for name in names if name.endswith("OFL.txt")]


def test_the_source_distribution_holds_every_file_that_is_committed(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    """Its tests look at all of them: the documentation, benchmarks, tools, lock files and the repository's own settings."""
    listed = subprocess.run([require_tool("git"), "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of git's")
    path = distribution("sdist", tmp_path)
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    committed = {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}
    assert committed - names == set()
    assert {"requirements/build.txt", "bench/run.py", ".ci/run", "Containerfile", "genplan.schema.json"} <= names


def test_two_commands_make_documents_outside_the_repository(installed: Path, tmp_path: Path) -> None:
    first = run(installed, "init", "x", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    second = run(installed, "build", cwd=tmp_path / "x")
    assert second.returncode == 0, second.stderr
    files = [path for path in (tmp_path / "x" / "output").rglob("*") if path.is_file()]
    assert len([path for path in files if path.suffix == ".pdf"]) == len([path for path in files if path.suffix == ".docx"]) == 85
    assert (tmp_path / "x" / "output" / "index.html") in files


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import genplan; from genplan import resources; print(genplan.__file__, resources.templates(), resources.samples())"
    ran = run(installed.parent / "python", "-c", code, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert all(path.startswith(str(installed.parents[1])) for path in ran.stdout.split())
    assert all("_data" in path for path in ran.stdout.split()[1:])


def test_samples_are_there(installed: Path, tmp_path: Path) -> None:
    assert len(run(installed, "new", "--list", cwd=tmp_path).stdout.splitlines()) == 6
    assert run(installed, "new", "mine", "--from", "community-management-policy", cwd=tmp_path).returncode == 0
    ran = run(installed, "build", "mine.md", "--format", "pdf", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert list((tmp_path / "output").rglob("*.pdf"))
    assert run(installed, "doctor", cwd=tmp_path).returncode == 0
