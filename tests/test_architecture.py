"""The shape of the package: imports run one way, each library is imported in one place, files stay short, and only the commands print."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator/genplan"

LAYERS = (
    "messages",
    "diagnostics",
    "source",
    "methods",
    "plan",
    "people",
    "scoring",
    ("theme", "workbook"),
    "writers",
    "storage",
    "workspace",
    "documents",
    "incremental",
    "portal",
    "execution",
    "api",
    "language_server",
    "cli",
)
"""Each imports those before it, and itself."""

SIDE = {"collector", "resources"}
"""Modules that know nothing of the others and may be imported from anywhere."""

LIBRARIES = {
    "jinja2": ("theme", "writers/word_template"),
    "markupsafe": ("theme",),
    "markdown_it": ("theme/prose.py",),
    "tinyhtml5": ("theme/parsing.py", "theme/wellformed.py"),
    "weasyprint": (
        "writers/pdf",
        "writers/native.py",
        "writers/standards.py",
        "writers/tagging.py",
        "writers/inspection.py",
    ),
    "uharfbuzz": ("writers/pdf/speedups/fonts.py",),
    "pydyf": ("writers/tagging.py", "writers/pdf/speedups"),
    "cssselect2": ("writers/pdf", "writers/typst"),
    "typst": ("writers/typst",),
    "docx": ("writers/docx",),
    "lxml": ("writers/docx", "writers/word_file", "writers/word_template"),
    "pydantic": ("source/model.py", "source/scalars.py"),
    "pydantic_core": ("source/model.py", "source/scalars.py"),
    "yaml": ("source/yaml.py", "source/yaml_errors.py"),
    "openpyxl": ("people", "workbook"),
    "charset_normalizer": ("people/encodings.py",),
    "defusedxml": ("people",),
    "babel": ("theme",),
    "resvg_py": ("theme/brand/visibility.py", "writers"),
    "docxtpl": ("writers/word_template",),
    "pikepdf": ("writers",),
    "fontTools": ("theme/resource_checks/fonts.py", "writers/pixels.py", "writers/typst", "writers/watermark.py"),
    "tinycss2": ("theme/resource_checks/styles.py", "writers/pdf", "writers/typst"),
    "msoffcrypto": ("writers",),
    "pypdfium2": ("writers",),
    "PIL": ("theme/brand/visibility.py", "theme/resource_checks/pictures.py", "writers"),
    "click": ("cli",),
    "psutil": ("execution/limits.py", "storage/processes.py"),
    "watchfiles": ("cli/watch.py",),
    "fsspec": ("storage/remote.py",),
    "pygls": ("language_server/server.py",),
    "lsprotocol": ("language_server/server.py",),
    "distributed": ("execution/cluster/__init__.py", "execution/cluster/tasks.py"),
}
"""Where each third-party library may be imported: a folder or a file of the package."""

HEAVY = (
    "jinja2",
    "markdown_it",
    "pydantic",
    "yaml",
    "weasyprint",
    "pydyf",
    "uharfbuzz",
    "cssselect2",
    "docx",
    "lxml",
    "openpyxl",
    "tinyhtml5",
    "charset_normalizer",
    "defusedxml",
    "fontTools",
    "babel",
    "resvg_py",
    "docxtpl",
    "pikepdf",
    "msoffcrypto",
    "pypdfium2",
    "PIL",
    "watchfiles",
    "fsspec",
    "s3fs",
    "distributed",
    "dask",
    "pygls",
    "lsprotocol",
)
LONGEST = 400
MOVES_TO_CLI = {"__main__"}

FILES = sorted(PACKAGE.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def of_each_file(test: Callable[[Path], None]) -> Callable[[], None]:
    """Make a test of a file one test of all files."""

    def of_all() -> None:
        for path in FILES:
            test(path)

    return of_all


MODULES = {".".join(("genplan", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path for path in FILES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """List the modules that a file imports, those inside functions too, and those it names to `import_module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(path)}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "genplan")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in MODULES:
            yield node.value


def layer(part: str) -> int:
    return next(at for at, names in enumerate(LAYERS) if part in names or part == names)


def parts(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@of_each_file
def test_imports_run_one_way(path: Path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    own = [module for module in imports(path) if module.split(".")[0] == "genplan" and parts(module)]
    if here in SIDE or here == "__init__":
        assert not own
        return
    for module in own:
        there = parts(module)
        if there in SIDE or there == "__version__" or here in MOVES_TO_CLI:
            continue
        assert there == here or layer(there) < layer(here), f"{name(path)} imports {module}"


def imported_modules(path: Path) -> set[str]:
    """List the modules of the package that a file imports: of `from a.b import c`, `a.b.c` if it is a module, else `a.b`."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {full if (full := f"{node.module}.{alias.name}") in MODULES else node.module or "" for alias in node.names}
    return found & MODULES.keys()


STARTS_THE_COMMANDS = ("genplan.cli", "genplan.cli.app")
"""The one import that leads back: `main` loads the commands when it runs, so that importing it costs nothing."""


def test_no_module_imports_itself_by_way_of_others():
    graph = {name: imported_modules(path) - {name} for name, path in MODULES.items()}
    graph[STARTS_THE_COMMANDS[0]] = set()
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_every_part_has_its_layer():
    known = {part for names in LAYERS for part in ([names] if isinstance(names, str) else names)}
    found = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    assert found <= known | SIDE | MOVES_TO_CLI | {"__init__"}


@of_each_file
def test_each_library_is_imported_in_its_place(path: Path):
    foreign = {module.split(".")[0] for module in imports(path)} - sys.stdlib_module_names - {"genplan"}
    for library in foreign:
        places = LIBRARIES.get(library)
        assert places is not None, f"{name(path)} imports {library}, which has no place"
        assert any(name(path) == place or name(path).startswith(f"{place}/") for place in places), f"{name(path)} imports {library}"


def test_every_library_is_declared():
    names = {
        "markdown_it": "markdown-it-py",
        "docx": "python-docx",
        "yaml": "pyyaml",
        "pydantic_core": "pydantic",
        "markupsafe": "jinja2",
        "resvg_py": "resvg-py",
        "PIL": "pillow",
        "charset_normalizer": "charset-normalizer",
        "msoffcrypto": "msoffcrypto-tool",
        "fontTools": "fonttools",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [dependency for name, group in project["optional-dependencies"].items() if name != "test" for dependency in group]
    declared = {dependency.split(">")[0].split("=")[0] for dependency in (*project["dependencies"], *extras)}
    used = {module.split(".")[0] for path in FILES for module in imports(path)} & LIBRARIES.keys()
    assert {names.get(library, library) for library in used} <= declared


def loaded(statement: str) -> set[str]:
    """List the modules that are there after a statement, in a process of its own."""
    code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import genplan", HEAVY),
        ("import genplan.cli", (*HEAVY, "click")),
        ("import genplan.cli.app", HEAVY),
        ("from genplan.cli.app import app", HEAVY),
        ("import genplan.diagnostics", HEAVY),
        ("import genplan.cli.lsp", ("pygls", "lsprotocol", "pydantic", "jinja2")),
        ("import genplan.language_server.diagnostics", ("pygls", "lsprotocol", "weasyprint", "docx")),
        ("import genplan.plan.checks", ("jinja2", "weasyprint", "docx", "lxml", "openpyxl")),
        ("import genplan.cli.check, genplan.cli.score", ("jinja2", "weasyprint", "docx", "lxml", "openpyxl")),
        ("import genplan.scoring.scorecard", ("jinja2", "weasyprint", "docx", "openpyxl")),
        ("import genplan.writers", ("weasyprint", "docx")),
        ("import genplan.execution.build_documents", ("weasyprint", "docx", "docxtpl")),
        ("from genplan.writers import writer; writer('docx')", ("weasyprint",)),
        ("from genplan.writers import writer; writer('html')", ("weasyprint", "docx")),
    ],
)
def test_heavy_libraries_wait_until_they_are_used(statement: str, absent: tuple[str, ...]):
    assert not loaded(statement) & set(absent)


def calls(path: Path, *names: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


@of_each_file
def test_only_commands_print(path: Path):
    if not name(path).startswith("cli/"):
        assert not calls(path, "print", "input")
        written = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}]
        assert not [node for node in written if isinstance(node.value, ast.Name) and node.value.id == "sys"]


@of_each_file
def test_nothing_is_evaluated(path: Path):
    assert not calls(path, "eval", "exec", "compile", "__import__")
    assert "pickle" not in set(imports(path))


@of_each_file
def test_file_is_short(path: Path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, name(path)


@of_each_file
def test_nothing_asks_the_clock_or_a_float(path: Path):
    """Documents depend on their input alone, and numbers of people are never binary floats."""
    if name(path).startswith(("methods/", "scoring/", "plan/", "people/")):
        assert not calls(path, "float")
    if not name(path).startswith(("cli/", "portal/")):
        asked = [
            node.attr
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "time_ns"}
        ]
        assert not asked
