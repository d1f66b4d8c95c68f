"""Data models checked against what was written, with every mistake reported at its place.

The one place that knows pydantic's errors. A model file describes shapes with what this module re-exports.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
    WithJsonSchema,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, core_schema

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import catalogue, current_language, listing, msg
from genplan.source.docstrings import field_docstrings
from genplan.source.keys import Keys
from genplan.source.scalars import (
    LONGEST_NAME,
    LONGEST_TEXT,
    WORDS_SCHEMA,
    Date,
    Flag,
    InvalidValue,
    Name,
    Number,
    SchemaVersion,
    Text,
    Whole,
    decimal,
    shown,
)
from genplan.source.traditional import in_both_scripts, in_chinese
from genplan.source.yaml import Mapping as MappingNode
from genplan.source.yaml import Node, Path, locate, plain

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Also",
    "Annotated",
    "BeforeValidator",
    "Choice",
    "ConfigDict",
    "Date",
    "Discriminator",
    "Field",
    "Flag",
    "InvalidValue",
    "Model",
    "Name",
    "Number",
    "SchemaVersion",
    "Tag",
    "Text",
    "Whole",
    "WithJsonSchema",
    "choice",
    "choice_words",
    "decimal",
    "in_both_languages",
    "json_schema",
    "one_or_many",
    "read",
    "short_form",
    "shown",
]

M = TypeVar("M", bound="Model")
C = TypeVar("C", bound="Choice")


class Model(BaseModel):
    """Base of everything a user writes: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        if value is None:
            advice = msg("write a value after the colon (in quotes if it starts with `#`), or remove the key")
            raise InvalidValue("GP203", msg("the key has no value"), advice)
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe what each key means, by the text below its field."""
        part = handler(schema)
        properties = handler.resolve_ref_schema(part)["properties"]
        for name, text in field_docstrings(cls).items():
            properties[cls.model_fields[name].alias or name]["description"] = _translated(text)
        return part


class Choice(StrEnum):
    """A value that is one of a few words, each with its Chinese labels."""

    labels: tuple[str, ...]

    def __new__(cls, value: str, *labels: str) -> Self:
        """Set the value and the labels of the member."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.labels = labels
        return member


def choice(options: type[C]) -> Any:  # noqa: ANN401 - an annotation, which has no narrower type
    """Return the annotation of a field that takes one of `options`, in English or Chinese."""
    words = {word: member for member in options for word in (member.value, *in_both_scripts(member.labels))}

    def pick(value: object) -> object:
        if isinstance(value, str) and value in words:
            return words[value]
        offered = listing(in_both_languages(member.value, in_chinese(member.labels)) for member in options)
        raise InvalidValue(
            "GP204", msg("{value} is not one of the allowed values", value=shown(value)), msg("write one of: {offered}", offered=offered)
        )

    return Annotated[options, BeforeValidator(pick), WithJsonSchema({"enum": list(words)})]


def in_both_languages(word: str, chinese: str) -> str:
    """Name a word of plans with what it is called in Chinese, if anything."""
    return msg("{word} ({chinese})", word=word, chinese=chinese) if chinese else word


def choice_words(options: type[C]) -> list[str]:
    """List the words that a field of `options` takes."""
    return [word for member in options for word in (member.value, *in_both_scripts(member.labels))]


@dataclass(frozen=True, slots=True, eq=False)
class Also:
    """Annotation: the field takes a further form. `convert` makes the field's own form of it, `schema` describes it to editors."""

    convert: Callable[[Any], object]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's protocol
        return core_schema.no_info_before_validator_function(self.convert, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [dict(self.schema), handler(schema)]}


def short_form(key: str) -> Also:
    """Let text stand for a mapping with that one key: `scoring: direct` for `scoring: {method: direct}`."""
    return Also(lambda value: {key: value} if isinstance(value, str) else value, WORDS_SCHEMA)


def one_or_many(value: object) -> object:
    """Make a list of a single value."""
    return value if value is None or isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns one validation's errors into diagnostics."""

    root: Node
    keys: Keys
    model: type[Model]

    def diagnostic(self, error: ErrorDetails) -> Diagnostic:
        return _TRANSLATIONS.get(error["type"], _Reader.other)(self, error)

    def span(self, error: ErrorDetails, *, key: bool = False) -> Span:
        return locate(self.root, error["loc"], self.keys, key=key)

    def called(self, key: str) -> str:
        """Name a key as its author writes keys: in Chinese where most keys of the file are."""
        words = [key.value for key, _ in self.root.entries] if isinstance(self.root, MappingNode) else []
        chinese = sum(not word.isascii() for word in words) * 2 > len(words)
        return next(iter(self.keys.written(key)), key) if chinese else key

    def unknown_key(self, error: ErrorDetails) -> Diagnostic:
        word = str(error["loc"][-1])
        known = _known_keys(self.model, error["loc"][:-1])
        words = [w for name in known for w in (name, *self.keys.aliases(name))]
        near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
        listed = (
            msg("the keys allowed here are: {known}", known=listing(map(self.called, known)))
            if len(known) <= _MOST_LISTED
            else msg("docs/plan-reference.md lists the keys")
        )
        advice = msg("did you mean `{near}`?", near=near[0]) if near else listed
        return diagnose("GP201", self.span(error, key=True), msg("unknown key `{word}`", word=word), help=advice)

    def missing_key(self, error: ErrorDetails) -> Diagnostic:
        name = str(error["loc"][-1])
        aliases = in_chinese(self.keys.written(name))
        message = msg("key `{name}` is missing", name=name)
        if aliases:
            message = msg("key `{name}` ({chinese}) is missing", name=name, chinese=aliases)
        span = locate(self.root, error["loc"][:-1], self.keys, key=True)
        return diagnose("GP202", span, message, help=msg("add `{name}:` here", name=self.called(name)))

    def wrong_shape(self, error: ErrorDetails) -> Diagnostic:
        wanted, advice = _SHAPES[error["type"]]
        message = msg("{value} where {wanted} is expected", value=shown(error["input"]), wanted=wanted)
        return diagnose("GP203", self.span(error), message, help=advice)

    def out_of_bounds(self, error: ErrorDetails) -> Diagnostic:
        fault, bound, advice = _BOUNDS[error["type"]]
        message = fault.with_values(value=shown(error["input"]), bound=error.get("ctx", {}).get(bound))
        return diagnose("GP205", self.span(error), message, help=advice)

    def custom(self, error: ErrorDetails) -> Diagnostic:
        context = error.get("ctx", {})
        return diagnose(error["type"], self.span(error), context["message"], help=context["help"])

    def other(self, error: ErrorDetails) -> Diagnostic:
        if error["type"].startswith("GP"):
            return self.custom(error)
        return diagnose("GP203", self.span(error), listing((shown(error["input"]), error["msg"].lower()), ": "), help=_REFERENCE)


_MOST_LISTED = 20
_REFERENCE = msg("docs/plan-reference.md lists what each key accepts")
_LIST = msg("a list"), msg("write each entry on a line that starts with `- `, or all of them in brackets: [A, B]")
_MAPPING = msg("a mapping of keys to values"), msg("write `key: value` lines, or braces: {key: value, key: value}")
_SHAPES = {
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_type": (msg("text"), msg("write text after the colon")),
}
"""Pydantic's error to what is expected, and how that is written."""

_BOUNDS = {
    "greater_than": (msg("{value} is not above {bound}"), "gt", msg("write a larger number")),
    "greater_than_equal": (msg("{value} is below {bound}"), "ge", msg("write a larger number")),
    "less_than": (msg("{value} is not below {bound}"), "lt", msg("write a smaller number")),
    "less_than_equal": (msg("{value} is above {bound}, the maximum for this key"), "le", msg("write a smaller number")),
    "too_short": (msg("{value} has too few entries; the minimum is {bound}"), "min_length", msg("add entries")),
    "too_long": (msg("{value} has more than {bound} entries"), "max_length", msg("shorten the list")),
    "string_too_long": (
        msg("{value} is longer than {bound} characters"),
        "max_length",
        msg("shorten the text, or move it to the prose below the front matter"),
    ),
}
"""Pydantic's error to what is wrong, the name of the bound, and the cure."""

_TRANSLATIONS: dict[str, Callable[[_Reader, ErrorDetails], Diagnostic]] = {
    "extra_forbidden": _Reader.unknown_key,
    "missing": _Reader.missing_key,
    **dict.fromkeys(_SHAPES, _Reader.wrong_shape),
    **dict.fromkeys(_BOUNDS, _Reader.out_of_bounds),
}


def _known_keys(model: type[Model], path: Path) -> list[str]:
    """List the keys of the (sub-)model that `path` leads to, by walking the fields' annotations."""
    models = _models_at(model, path)
    return list(dict.fromkeys(field.alias or name for m in models for name, field in m.model_fields.items()))


def _models_at(model: type[Model], path: Path) -> list[type[Model]]:
    here: list[type[Model]] = [model]
    for step in path:
        deeper = [
            inner
            for m in here
            for name, field in m.model_fields.items()
            if (field.alias or name) == step
            for inner in _models_in(field.annotation)
        ]
        labelled = [m for m in here if m.__name__ == step or getattr(m, "TAG", None) == step]
        here = deeper or labelled or here
    return here


def _models_in(annotation: Any) -> list[type[Model]]:  # noqa: ANN401 - annotations have no narrower type
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    arguments = getattr(annotation, "__args__", ())
    return [m for argument in arguments for m in _models_in(argument)]


def read(model: type[M], root: Node, keys: Keys = Keys.NONE) -> Outcome[M | None]:
    """Check what was written against a model.

    Finds GP103 and the GP2xx codes; all mistakes are found, and the value is there only when there are none.
    """
    data, diagnostics = plain(root, keys)
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        reader = _Reader(root, keys, model)
        errors = error.errors(include_url=False)
        diagnostics += [reader.diagnostic(e) for e in errors if not _follows(e, errors)]
        return Outcome(None, diagnostics)
    return Outcome(None if diagnostics else value, diagnostics)


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Return whether a list is too short only because entries with errors of their own were not counted."""
    place = error["loc"]
    inside = (each["loc"] for each in errors if len(each["loc"]) > len(place))
    return error["type"] == "too_short" and any(loc[: len(place)] == place for loc in inside)


def json_schema(model: type[Model], keys: Keys, words_for: Callable[[str], Iterable[str]] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a model, described in the language in use.

    A key may be written as any of `words_for(key)`; by default as itself or one of its aliases.
    """
    schema = model.model_json_schema(by_alias=True)
    for part in [schema, *schema.get("$defs", {}).values()]:
        _name_keys(part, words_for or (lambda key: (key, *keys.aliases(key))))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _name_keys(part: dict[str, Any], words_for: Callable[[str], Iterable[str]]) -> None:
    if "description" in part:
        part["description"] = _translated(part["description"])
    if "properties" in part:
        part["properties"] = {word: schema for key, schema in part["properties"].items() for word in words_for(key)}
    required = part.pop("required", [])
    if required:
        part["allOf"] = [{"anyOf": [{"required": [word]} for word in words_for(name)]} for name in required]


def _translated(docstring: str) -> str:
    """Translate what a class or a key says of itself; in the catalogues it is one line."""
    return catalogue(current_language()).gettext(" ".join(docstring.split()))
