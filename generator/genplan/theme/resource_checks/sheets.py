"""The style sheets of a workspace, looked at as a theme is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from genplan import resources
from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.source.text import read_text
from genplan.theme.files import ThemeFiles
from genplan.theme.resource_checks.fonts import check_font, is_font_name
from genplan.theme.resource_checks.pictures import picture_name, read_picture
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.resource_checks.styles import shown, style_problems, unclosed
from genplan.theme.template_files import known_as

SHEETS = ("styles/document.css", "styles/theme.css", "styles/custom.css", "styles/page.css")


def check_sheets(files: ThemeFiles) -> list[Diagnostic]:
    """Look at the style sheets that are not built in, and those that they import.

    Finds GP545 (a font that cannot be used), GP546 (something else than pictures and fonts of the theme), GP547 (nested too deep), GP541 to
    GP544 (pictures that cannot be shown), GP603 (a brace that is not closed), and what reading texts finds.
    """
    diagnostics: dict[Diagnostic, None] = {}
    waiting = [*SHEETS]
    seen: set[Path] = set()
    while waiting:
        name = waiting.pop(0)
        path = files.find(name)
        if path is None or path in seen or path.is_relative_to(resources.templates().resolve()):
            continue
        seen.add(path)
        judge = _Judge(files)
        diagnostics |= dict.fromkeys(_check(path, known_as(str(path), files.roots), judge))
        waiting += judge.imported
    return list(diagnostics)


def _check(path: Path, file: str, judge: "_Judge") -> Iterator[Diagnostic]:
    text, problems = read_text(path, file)
    yield from problems
    if place := unclosed(text or ""):
        yield diagnose("GP603", Span(file, *place), msg("this is not closed"), help=msg("add what closes it: }, ], ) or */"))
    for problem in style_problems(text or "", judge):
        span = Span(file, problem.line, problem.column)
        if judge.refused:
            yield judge.refused.pop().at(span)
        else:
            yield diagnose(problem.code, span, problem.message, help=problem.cure)


@dataclass
class _Judge:
    """Looks up the addresses of a sheet, which start from the theme's folder, wherever the sheet stands.

    It notes the sheets that are `imported`, and of a file that is `refused` what is wrong with it.
    """

    files: ThemeFiles
    imported: list[str] = field(default_factory=list)
    refused: list[UnusableError] = field(default_factory=list)

    def __call__(self, address: str) -> str:
        name = picture_name(address)
        path = self.files.find(name)
        if path is None:
            return msg("`{address}` is not a file of the theme", address=shown(address))
        if name.lower().endswith(".css"):
            self.imported.append(name)
            return ""
        try:
            if is_font_name(name):
                check_font(path, name)
            else:
                read_picture(path, name)
        except UnusableError as error:
            self.refused.append(error)
            return error.message
        return ""
