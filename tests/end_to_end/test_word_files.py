"""Every Word document that genplan writes passes the check that templates have to pass."""

from collections.abc import Callable

import pytest

from genplan import resources
from genplan.writers.word_template.package import open_package


def test_documents_of_the_samples(samples: Callable[..., object]) -> None:
    built = samples.built("docx")
    assert len(built) > 10
    for path in built:
        assert open_package(path.read_bytes()).stories


@pytest.mark.parametrize("name", ["reference.docx", *(f"themes/{name}/reference.docx" for name in ("official", "quiet", "vivid"))])
def test_references_that_are_built_in(name: str) -> None:
    assert open_package((resources.templates() / name).read_bytes()).stories
