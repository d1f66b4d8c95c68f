"""Plans with a place in them, marked by ¦, for tests."""

from pathlib import Path

from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Position


def marked(text: str, path: Path = Path("plan.md")) -> tuple[PlanText, Position]:
    """Return a plan, and the place that is marked in it; without front matter the text is made it."""
    if path.suffix == ".md" and not text.startswith("---\n"):
        text = f"---\n{text}"
    before, _, after = text.partition("¦")
    return PlanText(path, before + after), Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
