"""Smaller distances save a page whose few lines would otherwise be alone on it."""

from datetime import date

import pytest

from genplan import resources
from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import pdf

SPECIALIST, DEPARTMENT = "community-operations-specialist", "community-operations-department-quarterly"


@pytest.mark.parametrize(
    ("plan", "kind", "person", "pages"),
    [
        (SPECIALIST, "notice", "0001", 1),
        (SPECIALIST, "notice", "0007", 1),
        (SPECIALIST, "result", "0001", 2),
        (SPECIALIST, "result", "0007", 2),
        (SPECIALIST, "improvement", "0018", 2),
        (DEPARTMENT, "interview", "0021", 2),
        (DEPARTMENT, "summary", None, 2),
        (DEPARTMENT, "contract", "0021", 3),
    ],
)
def test_pages_of_the_samples(theme: Theme, plan: str, kind: str, person: str | None, pages: int):
    plans = resources.samples()
    assessment, _ = assess(plans / f"{plan}.md", plan, plans, theme)
    assert assessment is not None
    for document in list_documents(assessment):
        if document.kind.name == kind and (document.person.id if document.person else None) == person:
            tree, _ = render(theme, document.kind, document.context(theme), date(2026, 10, 1))
            assert tree is not None
            assert len(pdf.lay_out(tree, make_look(theme, plans)).pages) == pages
            return
    pytest.fail("there is no such document")
