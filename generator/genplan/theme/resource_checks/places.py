"""Where in a theme's templates something was written that came out in a document."""

import re
from collections.abc import Iterator, Sequence

import jinja2

from genplan.diagnostics import Span
from genplan.theme.environment import templates_used
from genplan.theme.files import ThemeFiles
from genplan.theme.template_files import known_as, template_file


def place_of(needles: Sequence[str], template: str, environment: jinja2.Environment, files: ThemeFiles) -> Span:
    """Find the first line of the templates that a document was made from which matches a pattern, the patterns in their order.

    A tree does not say where its elements come from. What a template wrote out it holds as it is; of what it put together, or took from
    data, the template itself is named, without a line.
    """
    sources = [*_sources(template, environment, files)]
    for needle in needles:
        pattern = re.compile(needle, re.IGNORECASE)
        for name, text in sources:
            for number, line in enumerate(text.splitlines(), 1):
                match = pattern.search(line)
                if match:
                    return Span(name, number, match.start() + 1, match.end() + 1)
    return Span(known_as(template, files.roots))


def _sources(template: str, environment: jinja2.Environment, files: ThemeFiles) -> Iterator[tuple[str, str]]:
    """List the templates used, with their texts: the document's own first, then by their folders, those of the workspace first."""
    paths = [path for name in (template, *templates_used(environment, template)) if (path := template_file(files, name))]
    roots = [root.resolve() for root in files.roots]
    level = {path: next(number for number, root in enumerate(roots) if path.is_relative_to(root)) for path in paths}
    ordered = sorted(dict.fromkeys(paths), key=lambda path: (path != paths[0], level[path]))
    for path in ordered:
        yield known_as(str(path), files.roots), path.read_text("utf-8", "replace")
