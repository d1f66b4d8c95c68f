"""No template reaches Python, files or the network, nor takes memory without bound by a short expression."""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genplan.diagnostics import CODES, Diagnostic

RenderText = Callable[[str], str | Diagnostic]

ESCAPES = [
    # classes and what hangs on them
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ [''][0]['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ ['']|map(attribute='__class__')|first }}",
    "{{ [plan]|map(attribute='__class__.__mro__')|join }}",
    "{{ [plan, brand]|sort(attribute='__class__') }}",
    "{{ ([plan]|groupby('__class__')|first).grouper }}",
    "{{ [plan]|sum(attribute='__class__') }}",
    "{{ [plan]|selectattr('__class__')|list }}",
    "{{ [plan]|unique(attribute='__init__')|list }}",
    "{{ [plan, brand]|max(attribute='__class__') }}",
    "{{ plan.__init__.__globals__ }}",
    "{{ {}.__class__.__base__ }}",
    "{{ ()['__class__'] }}",
    "{{ 1.__class__ }}",
    # functions, macros and Jinja's own objects
    "{{ t.__globals__ }}",
    "{{ t.__self__ }}",
    "{{ t.__func__.__globals__ }}",
    "{{ t.__call__.__self__ }}",
    "{{ range.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace().__class__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self._TemplateReference__context.environment }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% import 'parts/tables.html.j2' as m %}{{ m.__class__ }}",
    "{% import 'parts/tables.html.j2' as m %}{{ m._body_stream }}",
    "{% block b %}{{ super.__globals__ }}{% endblock %}",
    # formatting, which reads attributes by itself
    "{{ '{0.__class__}'.format(plan) }}",
    "{{ '{0.__class__}'|format(plan) }}",
    "{{ '{x.__class__}'.format_map({'x': plan}) }}",
    "{% set f = ''['format'] %}{{ f }}",
    "{{ ''|attr('format') }}",
    "{{ ['{0.__class__}']|map('format', plan)|list }}",
    "{{ '%s' % plan.title }}",
    # what changes data, or asks the machine
    "{{ plan.update({'title': 'x'}) }}",
    "{{ plan.pop('title') }}",
    "{{ indicators.append(1) }}",
    "{{ plan.issued.today() }}",
    "{{ plan.issued.strftime('%Y') }}",
    "{{ [1, 2, 3]|random }}",
    # names that other environments have
    "{{ config }}",
    "{{ request.application.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner.__init__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ dict(a=1) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os') }}",
    "{{ import_module('os') }}",
    # files
    "{% include '../../secret.html.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'builtin/../../../etc/passwd' %}",
    "{% include '..\\\\..\\\\secret.html.j2' %}",
    "{% import '../../secret.html.j2' as m %}",
    "{% extends '../../secret.html.j2' %}",
]

BOMBS = [
    "{{ 'x' * 10**9 }}",
    "{{ 2 ** 10000000 }}",
    "{{ 'x' * 1000000000 }}",
    "{{ 1000000000 * 'x' }}",
    "{{ [0] * 1000000000 }}",
    "{{ (1, 2) * 1000000000 }}",
    "{{ ('x' * 90000) * 90000 }}",
    "{{ 'x'|e * 1000000000 }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ 'x'.rjust(1000000000) }}",
    "{{ 'x'.zfill(1000000000) }}",
    "{{ '\t'.expandtabs(1000000000) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|e % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x\ny'|indent(1000000000) }}",
    "{{ 'x y'|wordwrap(1, wrapstring='x' * 90000) }}",
    "{{ {'a': 1}|tojson(indent=1000000000) }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ [1]|batch(1000000000, 0)|list }}",
    "{{ [1]|slice(1000000000)|list }}",
    "{{ range(1000000000)|list }}",
    "{{ ('x' * 90000)|replace('x', 'y' * 90000) }}",
    "{{ 'x'.replace('', 'y' * 90000) }}",
    "{{ ''|replace('', 'y' * 90000)|replace('', 'y' * 90000) }}",
    "{{ range(90000)|join('x' * 90000) }}",
    "{{ ('x' * 90000).join(range(90000)|map('string')) }}",
    "{{ ['x' * 90000]|list * 90000 }}",
    "{{ (['x' * 90000] * 90000) ~ '' }}",
    "{{ (['x' * 90000] * 90000)|string }}",
    "{{ [['x' * 90000]] * 9 }}",
    "{{ (['x' * 90000] * 90000)|join }}",
    "{{ ([[0] * 90000] * 90000)|sum(start=[]) }}",
    "{{ ('x' * 90000) + ('x' * 90000) }}",
    "{{ 5.to_bytes(1000000000, 'big') }}",
    "{{ 1.5|round(1000000000, 'ceil') }}",
    "{{ 1.5|round(-1000000000, 'floor') }}",
    "{% set ns = namespace(x=9) %}{% for i in range(40) %}{% set ns.x = ns.x * ns.x %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x='x') %}{% for i in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[0]) %}{% for i in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'kinds/memo.html.j2' %}",
    "{% for x in [[]] recursive %}{{ loop([x]) }}{% endfor %}",
    "{{ published_total.scaleb(99999999) }}",
    "{{ plan.published_total.scaleb(99999999)|number }}",
]

SPARE = 512 * 1024 * 1024


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """Fail rather than take the machine's memory, should a bomb go off."""
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + SPARE, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, limits)


@pytest.mark.parametrize("template", ESCAPES)
def test_escape_is_refused(render_text: RenderText, template: str):
    result = render_text(template)
    assert isinstance(result, Diagnostic), result
    assert result.code in {"GP502", "GP503", "GP504", "GP505", "GP506"}
    assert result.span.file == "templates/kinds/memo.html.j2"
    for leak in ("/usr", "/etc/", "<class", "<function", "<module", "object at 0x", "SECRET", "site-packages"):
        assert leak not in result.message.replace("`/etc/passwd`", "").replace("/../../../etc/passwd", "")


def test_enough_escapes_are_tried():
    assert len(ESCAPES) >= 24
    assert len(set(ESCAPES)) == len(ESCAPES)


@pytest.mark.parametrize("template", BOMBS)
def test_bomb_is_refused(render_text: RenderText, template: str):
    result = render_text(template)
    assert isinstance(result, Diagnostic), f"{len(result)} characters"
    assert result.code in {"GP502", "GP503", "GP504", "GP506"}
    assert "MemoryError" not in result.message


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{{ ''.__class__ }}", "GP504"),
        ("{{ 'x' * 1000000000 }}", "GP504"),
        ("{{ cycler }}", "GP503"),
        ("{{ 1 + 'x' }}", "GP506"),
        ("{% include 'no.html.j2' %}", "GP505"),
        ("{{ 'x'|center(9) }}", "GP502"),
    ],
)
def test_the_code_says_what_it_was(render_text: RenderText, template: str, code: str):
    result = render_text(template)
    assert isinstance(result, Diagnostic)
    assert result.code == code
    assert code in CODES


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 'ab' * 3 }}", "ababab"),
        ("{{ 3 * 4 }}", "12"),
        ("{{ 7 % 4 }}", "3"),
        ("{{ 'a' + 'b' }}{{ 1 + 2 }}{{ ([1] + [2])|length }}", "ab32"),
        ("{{ ['a', 'b']|join('、') }}", "a、b"),
        ("{{ 'a-b'|replace('-', '_') }}", "a_b"),
        ("{{ 2.345|round(1) }}", "2.3"),
        ("{{ [1, 2, 3]|batch(2)|list|length }}", "2"),
        ("{{ [[1], [2]]|sum(start=[])|length }}{{ [1, 2]|sum }}", "23"),
        ("{{ 'a b'.split()|last }}{{ ' x '.strip() }}{{ 'ab'.startswith('a')|string }}", "bxTrue"),
        ("{% for key, value in {'a': 1}.items() %}{{ key }}{{ value }}{% endfor %}", "a1"),
        ("{{ {'a': 1}.get('b', 2) }}", "2"),
        ("{{ plan.issued.year }}{{ plan.issued.isoformat() }}", "20262026-03-16"),
        ("{{ range(3)|list|length }}", "3"),
        ("{% for x in 'ab' %}{{ loop.index }}{{ x }}{% if not loop.last %}，{% endif %}{% endfor %}", "1a，2b"),
        ("{{ '<b>' }}", "<b>"),
        ("{{ plan.published_total }}{{ plan.issued }}", "1.20002026-03-16"),
    ],
)
def test_what_templates_need_works(render_text: RenderText, template: str, text: str):
    assert render_text(template) == text


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ indicators[0].indicators[0].threshold }}", "nothing (none)"),
        ("{{ plan.weighted }}", "true or false"),
        ("{{ plan.cycle }}", "a list"),
        ("{{ plan.rounding }}", "a dict"),
        ("{{ t }}", "a function"),
    ],
)
def test_what_python_would_print_is_refused(render_text: RenderText, template: str, shown: str):
    result = render_text(template)
    assert isinstance(result, Diagnostic)
    assert (result.code, result.message) == ("GP506", f"TypeError: {shown} cannot be printed")
