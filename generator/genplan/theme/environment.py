"""The Jinja environment that templates run in: sandboxed, strict, escaping."""

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import jinja2.utils
from jinja2.exceptions import SecurityError
from jinja2.sandbox import safe_range
from markupsafe import Markup

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import listing, msg, reason
from genplan.theme.brand import Brand
from genplan.theme.charts import make_chart
from genplan.theme.files import ThemeFiles
from genplan.theme.loads import Recording
from genplan.theme.locale import Locale, MissingLabelError
from genplan.theme.misspelt import Misspelt, UnknownNameError, suggestion
from genplan.theme.template_files import known_as, resolve, template_text
from genplan.theme.wrapping import wrapped

SYNTAX: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
"""How the text of templates is read."""
_PAGE = "docs/adding-a-kind.md"
_ACCESS = msg("give yourself read permission, and check that it is a file")
_EXPRESSION = msg("correct the expression at this line")
_ENDLESS = msg("look for a template that includes itself, a macro that calls itself, or a very long loop")


def make_environment(files: ThemeFiles, brand: Brand, locale: Locale) -> jinja2.Environment:
    """Make the environment for one language; the last root of the theme is the built-in one."""
    environment = _Layered(
        files,
        loader=_loader(files),
        undefined=Misspelt,
        autoescape=True,
        **SYNTAX,
        auto_reload=False,
    )
    environment.filters |= _filters(locale)
    label, chart = _translator(locale), make_chart(brand, locale.language)
    environment.direct = frozenset({label, chart})
    environment.globals = {"t": label, "range": safe_range, "namespace": jinja2.utils.Namespace, "chart": chart}
    return environment


class _Layered(Recording):
    """Resolves `builtin/` to the folders of the theme below the one that the template with that name stands in."""

    def __init__(self, files: ThemeFiles, **options: Any) -> None:  # noqa: ANN401 - jinja's own options
        super().__init__(**options)
        self._roots = files.roots

    def join_path(self, template: str, parent: str) -> str:
        """Resolve `template` as the template `parent` refers to it."""
        return resolve(template, parent, self._roots)


def templates_used(environment: jinja2.Environment, name: str) -> list[str]:
    """List the templates that one has led to so far, itself included, by the environment's names."""
    return environment.used(name) if isinstance(environment, Recording) else [name]


def _loader(files: ThemeFiles) -> jinja2.FunctionLoader:
    """Load templates as any file of the theme is found: none from outside it, and nothing that is no template."""

    def load(name: str) -> tuple[str, str, None] | None:
        found = template_text(files, name)
        return (found[1], str(found[0]), None) if found else None

    return jinja2.FunctionLoader(load)


def _translator(locale: Locale) -> Callable[..., str]:
    plain: dict[str, str] = {}

    def label(name: str, /, **values: object) -> str:
        if not values:
            if name not in plain:
                plain[name] = locale.label(name)
            return plain[name]
        if None in values.values():
            missing = listing(key for key, value in values.items() if value is None)
            raise TypeError(msg("none cannot be used in the label `{label}`: {names}", label=name, names=missing))
        return locale.label(name, **values)

    return label


def _filters(locale: Locale) -> dict[str, Callable[..., Any]]:
    return {
        "number": lambda number, places=None: locale.number(Decimal(number), places),
        "percent": lambda share, places=None: locale.percent(Decimal(share), places),
        "date": lambda day: locale.date(day) if isinstance(day, date) else locale.date(date.fromisoformat(day)),
        "wrapped": wrapped,
        "lines": lambda text: Markup("<br>").join(text.split("\n")),
    }


def render_template(
    environment: jinja2.Environment, template: str, context: Mapping[str, object], roots: Sequence[Path]
) -> str | Diagnostic:
    """Render a template, or say what is wrong with it: GP501 to GP506, with the template's file and line.

    `roots` are the theme's folders: places are named from there.
    """
    try:
        return environment.get_template(template).render(context)
    except jinja2.TemplateSyntaxError as error:
        span = Span(known_as(error.filename or template, roots), error.lineno)
        return diagnose("GP502", span, msg("template syntax: {message}", message=error.message), help=msg("correct the tag at this line"))
    except Exception as error:  # noqa: BLE001 - a template's own mistake, of whatever type, is the designer's to mend
        return explain(error, _place(error, template, roots))


def explain(error: Exception, span: Span, cure: str = _EXPRESSION) -> Diagnostic:
    """Describe what a template did wrong at a place, by the exception it ended with: GP501, GP503 to GP506 or GP515."""
    for kind, make in _MISTAKES:
        if isinstance(error, kind):
            return make(error, span)
    return diagnose("GP506", span, msg("{error}: {message}", error=type(error).__name__, message=error), help=cure)


def _undefined(error: jinja2.UndefinedError) -> str:
    """Say what a template names that is not there; jinja's words have no translation."""
    said = str(error.message)
    if not isinstance(error, UnknownNameError):
        return said
    name = repr(error.name)
    owner = said.removesuffix(f" has no attribute {name}")
    if said == f"{name} is undefined":
        return msg("{name} is undefined", name=name)
    return said if owner == said else msg("{owner} has no attribute {name}", owner=owner, name=name)


_MISTAKES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any, Span], Diagnostic]], ...] = (
    (
        UnicodeDecodeError,
        lambda _, span: diagnose("GP501", span, msg("a template that is used here is not UTF-8"), help=msg("save it as UTF-8")),
    ),
    (
        jinja2.TemplateNotFound,
        lambda error, span: diagnose(
            "GP505", span, msg("template `{name}` is not in the theme", name=error.name), help=msg("correct the name")
        ),
    ),
    (
        OSError,
        lambda error, span: diagnose(
            "GP501", span, msg("a template that is used here cannot be read: {reason}", reason=reason(error)), help=_ACCESS
        ),
    ),
    (
        SecurityError,
        lambda error, span: diagnose(
            "GP504",
            span,
            msg("templates are not allowed to do this: {reason}", reason=error),
            help=msg("use what {page} lists", page=_PAGE),
        ),
    ),
    (
        jinja2.UndefinedError,
        lambda error, span: diagnose(
            "GP503",
            span,
            _undefined(error),
            help=suggestion(error) or msg("correct the name; {page} lists the available names", page=_PAGE),
        ),
    ),
    (
        MissingLabelError,
        lambda error, span: diagnose(
            "GP515", span, msg("no label `{label}` in this language", label=error), help=msg("add it to the locale file")
        ),
    ),
    (
        (RecursionError, MemoryError),
        lambda error, span: diagnose(
            "GP506", span, msg("the template does not terminate: {error}", error=type(error).__name__), help=_ENDLESS
        ),
    ),
)


def _place(error: BaseException, template: str, roots: Sequence[Path]) -> Span:
    """Find the template line an error came from: the innermost frame that is a template's."""
    folders = tuple(f"{root.resolve()}{os.sep}" for root in roots)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    path, line = next((place for place in reversed(frames) if place[0].startswith(folders)), (template, 1))
    return Span(known_as(path, roots), line)
