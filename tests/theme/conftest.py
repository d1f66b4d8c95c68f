"""Workspaces with templates of their own, for the tests of the theme."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Diagnostic, Outcome
from genplan.documents.specs import list_documents
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import assess

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "plans").glob("*.md"))
SECRET = "SECRET-OUTSIDE-THE-THEME"

HEADER = "{#---\ntitle: 通知\nscope: plan\n---#}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write files into the templates/ of a workspace; a secret stands beside it."""
    templates = tmp_path / "workspace" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "secret.html.j2").write_text(SECRET, "utf-8")

    def make(files: Mapping[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = templates / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return templates

    return make


@pytest.fixture
def load(workspace: Callable[..., Path]) -> Callable[..., Outcome[Theme | None]]:
    """Load the theme of a workspace with these files over the built-in ones."""
    return lambda files: load_theme(workspace(files), "zh-CN")


@pytest.fixture(scope="session")
def sample_context(theme: Theme) -> dict[str, object]:
    """What a plan's documents see: the first sample's."""
    plan = next(path for path in SAMPLES if path.stem == "community-operations-specialist")
    assessment, _ = assess(plan, plan.name, ROOT, theme)
    assert assessment is not None
    return next(order for order in list_documents(assessment) if order.kind.name == "scheme").context(theme)


@pytest.fixture
def render_kind(load: Callable[..., Outcome[Theme | None]], sample_context: dict[str, object]) -> Callable[..., Outcome[Document | None]]:
    """Render a kind of a workspace: by name, from the files given."""

    def make(files: Mapping[str, str | bytes], name: str = "memo") -> Outcome[Document | None]:
        theme, found = load(files)
        assert theme is not None
        assert {diagnostic.code for diagnostic in found} <= {"GP505", "GP523"}  # which are found again when it is rendered
        return render(theme, theme.kinds[name], sample_context, date(2026, 7, 1))

    return make


@pytest.fixture
def render_text(render_kind: Callable[..., Outcome[Document | None]]) -> Callable[[str], str | Diagnostic]:
    """Render a template's text; the text of the document, or what is wrong with it."""

    def make(template: str) -> str | Diagnostic:
        document, found = render_kind({"kinds/memo.html.j2": f"{HEADER}<p>{template}</p>"})
        return found[0] if document is None else "".join(document.tree.itertext()).strip()

    return make
