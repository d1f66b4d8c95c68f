"""What is wrong, where, why, and what to do: the only way genplan reports bad input."""

from genplan.diagnostics.codes import CODES, Code, Severity
from genplan.diagnostics.model import Diagnostic, Outcome, Related, Span, diagnose, has_errors

__all__ = ["CODES", "Code", "Diagnostic", "Outcome", "Related", "Severity", "Span", "diagnose", "has_errors"]
