"""New plans: a small one without any company's content, to be filled in."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from string import Template

from genplan import resources
from genplan.diagnostics import Span
from genplan.source.yaml import Scalar
from genplan.source.yaml_text import scalar_text

LANGUAGES = ("zh-CN", "zh-TW", "en")
_POSITION = {"zh-CN": "岗位", "zh-TW": "崗位", "en": "position"}
_TITLES = {"zh-CN": "{}绩效考核方案", "zh-TW": "{}績效考核方案", "en": "{} performance plan"}


class Form(StrEnum):
    """How a new plan counts."""

    WEIGHTS = "weights"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a new plan is about. `position` may be empty, if the plan is for a whole department."""

    name: str
    title: str
    department: str
    position: str
    form: Form
    language: str

    def text(self) -> str:
        """Return the plan, which passes all checks as it is."""
        path = resources.templates() / "starters" / "plans" / f"{self.form}.{self.language}.md"
        position = f"{_POSITION[self.language]}: {_scalar(self.position)}\n" if self.position else ""
        return Template(path.read_text("utf-8")).substitute(
            name=self.name, title=_scalar(self.title), department=_scalar(self.department), position=position
        )


def language_of(text: str) -> str:
    """Return the language of a new plan from the words it is to contain: Chinese if there are Chinese characters among them."""
    if not any("CJK" in unicodedata.name(character, "") for character in text):
        return "en"
    return "zh-TW" if _is_encodable(text, "big5") and not _is_encodable(text, "gb2312") else "zh-CN"


def _is_encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def usual_title(subject: str, language: str) -> str:
    """Return the title of a plan for a position or department."""
    return _TITLES[language].format(subject)


def _scalar(text: str) -> str:
    return scalar_text(Scalar(text, quoted=True, span=Span("")))
