"""What escapes no HTML template escapes no Word template either."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import Outcome

_SPEC = importlib.util.spec_from_file_location("html_sandbox", Path(__file__).parents[2] / "theme" / "test_sandbox.py")
assert _SPEC is not None
assert _SPEC.loader is not None
_HTML = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_HTML)
little_memory = _HTML.little_memory


@pytest.mark.parametrize("template", [text for text in (*_HTML.ESCAPES, *_HTML.BOMBS) if "kinds/notice" not in text])
def test_is_refused(filled: Callable[..., Outcome[bytes | None]], template: str) -> None:
    data, found = filled(template.replace("\n", " ").replace("\t", " "))
    assert data is None
    assert found
    for diagnostic in found:
        assert diagnostic.code in {"GP502", "GP503", "GP504", "GP505", "GP506", "GP618"}
        assert diagnostic.span.file == "templates/kinds/notice.docx"
        said = diagnostic.message.rpartition("”: ")[2]
        for leak in ("/usr", "<class", "<function", "<module", "object at 0x", "site-packages"):
            assert leak not in said
