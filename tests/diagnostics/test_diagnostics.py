"""Spans, the order of diagnostics, the table of codes, and the reports that other programs read."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from genplan.cli.explain import explanation
from genplan.cli.report import Painter, json_report, sarif_report, text_report
from genplan.diagnostics import CODES, Code, Diagnostic, Related, Severity, Span, diagnose, has_errors

WEIGHT = Span("plans/specialist.md", 31, 13, 16)
CELL = Span("results/team.xlsx", cell="考核结果!C17")
FOUND = [
    diagnose(
        "GP301",
        WEIGHT,
        "indicator weights add up to 120 %, not 100 %",
        help="correct the weights",
        label="社群新增用户数 30 %",
        related=[Related(Span("plans/specialist.md", 38, 13, 16), "用户活跃度 30 %")],
    ),
    diagnose("GP406", CELL, "`约500人` is not a number"),
    diagnose("GP401", Span("results/team.csv"), "the file has headers but no records", severity=Severity.WARNING),
]

NAMED_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"]},
                "region": {"type": "object", "required": ["startLine"], "additionalProperties": {"type": "integer", "minimum": 1}},
            },
        }
    },
}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "help"],
    "properties": {"shortDescription": NAMED_TEXT, "fullDescription": NAMED_TEXT, "help": NAMED_TEXT},
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "properties": {
        "level": {"enum": ["error", "warning", "note", "none"]},
        "message": NAMED_TEXT,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1},
        "relatedLocations": {"type": "array", "items": LOCATION},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {"properties": {"driver": {"required": ["name"], "properties": {"rules": {"items": RULE}}}}},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""The parts of SARIF 2.1.0 that are used here."""


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span("plans/a.md"), "plans/a.md"),
        (Span("plans/a.md", 3), "plans/a.md:3"),
        (Span("plans/a.md", 3, 7, 9), "plans/a.md:3:7"),
        (CELL, "results/team.xlsx[考核结果!C17]"),
        (Span("results/team.csv", 2, cell="姓名"), "results/team.csv:2[姓名]"),
    ],
)
def test_span_is_written_as_editors_take_it(span: Span, text: str) -> None:
    assert str(span) == text


def test_diagnostics_sort_as_a_reader_meets_them() -> None:
    spans = [
        Span("a.md"),
        Span("a.md", 2, 10),
        Span("a.md", 10, 1),
        *(Span("b.xlsx", cell=f"Sheet!{place}") for place in ("A2", "Z2", "AA2", "A10")),
        Span("c.csv", 2, cell="姓名"),
    ]
    placed = [diagnose("GP406", span, "") for span in spans]
    same_place = [diagnose("GP405", CELL, "b"), diagnose("GP406", CELL, "a"), diagnose("GP406", CELL, "b")]
    for expected in (placed, same_place):
        backwards = list(reversed(expected))
        assert sorted(backwards, key=lambda d: d.order) == expected


def test_severity_is_the_tables_unless_stated() -> None:
    assert [d.severity for d in FOUND] == [Severity.ERROR, Severity.ERROR, Severity.WARNING]
    assert has_errors(FOUND)
    assert not has_errors(FOUND[2:])
    with pytest.raises(KeyError):
        diagnose("GP999", CELL, "")


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_every_code_is_explained(code: Code) -> None:
    assert all(part.strip() for part in (code.title, code.cause, code.example, code.cure))
    assert not code.title.endswith(".")
    assert code.cause.endswith((".", ")"))
    assert explanation(code).startswith(f"{code.name} ({code.severity}): {code.title}\n")


def test_text_report_counts_by_severity() -> None:
    assert text_report([], Painter(on=False)) == "no problems"
    lines = text_report(FOUND, Painter(on=False)).splitlines()
    assert lines[0] == "plans/specialist.md:31:13: error[GP301]: indicator weights add up to 120 %, not 100 %"
    assert lines[-1] == "2 errors, 1 warning"
    assert "\x1b[" in text_report(FOUND, Painter(on=True))


def test_json_report_gives_back_what_was_found() -> None:
    rows = json.loads(json_report(FOUND))["diagnostics"]
    assert [_from_json(row) for row in rows] == FOUND


def _from_json(row: dict) -> Diagnostic:
    related = tuple(Related(_span(r), r["note"]) for r in row["related"])
    return replace(
        diagnose(row["code"], _span(row), row["message"], help=row["help"], label=row["label"], severity=Severity(row["severity"])),
        related=related,
    )


def _span(row: dict) -> Span:
    return Span(row["file"], row.get("line"), row.get("column"), row.get("end_column"), row.get("cell"))


@pytest.mark.parametrize("found", [FOUND, []], ids=["three", "none"])
def test_sarif_report_is_valid(found: list[Diagnostic]) -> None:
    log = json.loads(sarif_report(found))
    Draft202012Validator(SARIF).validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [d.code for d in found]


def test_sarif_report_keeps_places() -> None:
    weights, cell, file = json.loads(sarif_report(FOUND))["runs"][0]["results"]
    assert weights["locations"][0]["physicalLocation"]["region"] == {"startLine": 31, "startColumn": 13, "endColumn": 16}
    assert weights["relatedLocations"][0]["message"] == {"text": "用户活跃度 30 %"}
    assert cell["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "考核结果!C17"}]
    assert file["level"] == "warning"
