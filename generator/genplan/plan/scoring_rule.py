"""How a plan writes a scoring rule: a method's name in English or Chinese, alone or with its parameters."""

from functools import reduce
from operator import or_
from typing import Any

from genplan.messages import listing, msg
from genplan.methods import METHODS
from genplan.methods.direct import Direct
from genplan.methods.method import Method
from genplan.methods.parameters import RuleModel
from genplan.source.model import Also, Annotated, Discriminator, InvalidValue, Tag, in_both_languages, shown
from genplan.source.traditional import in_both_scripts, one_in_chinese

UNSTATED: RuleModel = Direct()
"""The rule of indicators whose plan says nothing: the score is entered."""

METHOD_WORDS = {word: tag for tag, method in METHODS.items() for word in in_both_scripts((tag, method.parameters.LABEL))}
"""The names of the methods, in English and Chinese, and the method that each stands for."""


def method_name(method: Method) -> str:
    """Name a method in messages, in English and Chinese."""
    return in_both_languages(method.tag, one_in_chinese(method.parameters.LABEL))


def _expand(value: object) -> object:
    """Let the method's name stand for the mapping, and its Chinese name for the English one."""
    if isinstance(value, str):
        value = {"method": value}
    if not isinstance(value, dict):
        raise InvalidValue(
            "GP203", msg("{value} where a scoring method is expected", value=shown(value)), msg("write e.g. `scoring: direct`")
        )
    method = value.get("method")
    if method is None:
        raise InvalidValue("GP202", msg("key `method` (方法) is missing"), msg("add `method:` here"))
    if not isinstance(method, str) or method not in METHOD_WORDS:
        offered = listing(map(method_name, METHODS.values()))
        raise InvalidValue(
            "GP204", msg("{method} is not a scoring method", method=shown(method)), msg("write one of: {offered}", offered=offered)
        )
    return {**value, "method": METHOD_WORDS[method]}


def _tag(value: Any) -> str:  # noqa: ANN401 - pydantic hands over what was written or the model
    return str(value["method"] if isinstance(value, dict) else value.TAG)


_Rule: Any = reduce(or_, (Annotated[method.parameters, Tag(tag)] for tag, method in METHODS.items()))

Scoring = Annotated[_Rule, Discriminator(_tag), Also(_expand, {"enum": list(METHOD_WORDS)})]
