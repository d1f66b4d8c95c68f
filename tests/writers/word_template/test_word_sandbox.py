"""What escapes no HTML template escapes no Word template either."""

from collections.abc import Callable

import pytest
import scripts

from genplan.diagnostics import Outcome

_HTML = scripts.load("tests/theme/test_sandbox.py")
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
