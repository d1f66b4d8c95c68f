"""Jinja for templates written in Word: the environment of all templates, which prints text in place of HTML."""

import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import jinja2
from markupsafe import Markup, escape

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.environment import explain
from genplan.theme.plain_text import plain_text

_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and what docxtpl takes for commands (page and paragraph breaks)."""
_WORD_MARKUP = "<w:"


def make_word_environment(base: jinja2.Environment) -> jinja2.Environment:
    """Make the environment of templates written in Word of the one of HTML templates."""
    environment = base.overlay(finalize=partial(_storable, base.finalize))
    environment.filters = {**base.filters, "lines": _text, "paragraphs": _paragraphs, "safe": _text}
    return environment


def _storable(printable: Any, value: object) -> object:  # noqa: ANN401 - jinja's own
    """Print markup as text, and text without what a Word document cannot hold."""
    value = printable(value)
    if isinstance(value, Markup):
        # Jinja escapes what stands in a template itself before it gets here, so what leaves must be escaped too.
        return value if _WORD_MARKUP in value else escape(_clean(_text(value)))
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))


def _text(value: str) -> str:
    """Return the text of markup; white space counts as in HTML only where there are tags."""
    if not isinstance(value, Markup):
        return str(value)
    return plain_text(value) if "<" in value else value.unescape()


def _paragraphs(value: str) -> list[str]:
    """List the lines of a text that hold something, or the blocks of a section of prose."""
    return [line.strip() for line in _text(value).split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a template did wrong, and the line of its source."""

    line: int
    error: Exception

    def diagnostic(self, span: Span) -> Diagnostic:
        """Say it, at a place of the Word file."""
        if isinstance(self.error, jinja2.TemplateSyntaxError):
            return diagnose("GP502", span, msg("template syntax: {message}", message=self.error.message), help=msg("correct the tag"))
        return explain(self.error, span, msg("correct the expression"))


@dataclass(frozen=True)
class Compiled:
    """A template's source, ready to be rendered; `name` stands for its file in tracebacks."""

    environment: jinja2.Environment
    source: str
    name: str
    template: jinja2.Template

    def render(self, context: Mapping[str, object]) -> tuple[str, list[Mistake]]:
        """Fill in the template; every name that does not exist on the way is found, and one other mistake."""
        try:
            return self.template.render(context), []
        except Exception as error:  # noqa: BLE001 - a template's own mistake, of whatever type, is its author's to mend
            mistake = Mistake(_line(error, self.name), error)
            unknown = self._unknown(context) if isinstance(error, jinja2.UndefinedError) else []
            return "", unknown or [mistake]

    def _unknown(self, context: Mapping[str, object]) -> list[Mistake]:
        """Render once more, taking what does not exist for empty, to find all such names."""
        log: dict[tuple[int, str], Mistake] = {}
        lenient = self.environment.overlay(undefined=_recorder(log, self.name))
        again = compile_template(lenient, self.source, self.name)
        assert isinstance(again, Compiled)  # it was compiled before
        try:
            again.template.render(context)
        except Exception as error:  # noqa: BLE001 - as above
            line = _line(error, self.name)
            if line not in {mistake.line for mistake in log.values()}:
                log[line, str(error)] = Mistake(line, error)
        return list(log.values())


def compile_template(environment: jinja2.Environment, source: str, name: str) -> Compiled | Mistake:
    """Compile a template, or say what is wrong with its syntax."""
    try:
        code = environment.compile(source, filename=name)
    except jinja2.TemplateSyntaxError as error:
        return Mistake(error.lineno, error)
    template = jinja2.Template.from_code(environment, code, environment.make_globals(None))
    return Compiled(environment, source, name, template)


def misread(environment: jinja2.Environment, expression: str) -> Exception | None:
    """Find what is wrong with the syntax of a single tag; a tag that opens or closes a block is not told from here."""
    try:
        environment.parse(expression)
    except jinja2.TemplateSyntaxError as error:
        return error
    return None


def _line(error: BaseException, name: str) -> int:
    """Find the line of a template that an error came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return (frames[-1].lineno or 1) if frames else 1


def _current_line(name: str) -> int:
    """Find the line of a template that is being rendered."""
    frame = sys._getframe()  # noqa: SLF001 - how jinja itself finds lines
    while frame.f_back and frame.f_code.co_filename != name:
        frame = frame.f_back
    template = frame.f_globals.get("__jinja_template__")
    return template.get_corresponding_lineno(frame.f_lineno) if template else 1


def _recorder(log: dict[tuple[int, str], Mistake], name: str) -> type[jinja2.Undefined]:  # noqa: C901 - one short method an operator
    """Make a stand-in for what does not exist: it notes what it was taken for, and is empty."""

    def note(self: jinja2.Undefined) -> None:
        line, message = _current_line(name), self._undefined_message
        log.setdefault((line, message), Mistake(line, jinja2.UndefinedError(message)))

    class Recorder(jinja2.Undefined):
        def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - stands for anything
            if attribute.startswith("__"):
                raise AttributeError(attribute)
            note(self)
            return self

        def __str__(self) -> str:
            note(self)
            return ""

        def __iter__(self) -> Iterator[Any]:
            note(self)
            return iter(())

        def __len__(self) -> int:
            note(self)
            return 0

        def __bool__(self) -> bool:
            note(self)
            return False

        def __eq__(self, other: object) -> bool:
            note(self)
            return False

        def __ne__(self, other: object) -> bool:
            return not self == other

        def __hash__(self) -> int:
            return id(type(self))

        def _itself(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - stands for anything
            note(self)
            return self

        def _no(self, _: object) -> bool:
            note(self)
            return False

        __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = cast("Any", _itself)
        __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = __neg__ = cast("Any", _itself)
        __lt__ = __le__ = __gt__ = __ge__ = __contains__ = cast("Any", _no)

    return Recorder
