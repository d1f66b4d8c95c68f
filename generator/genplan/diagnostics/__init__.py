"""What is wrong, where, why, and what to do: the only way genplan reports bad input."""

from genplan.diagnostics.codes import CODES, Code, Severity
from genplan.diagnostics.model import Diagnostic, Outcome, Related, Span, diagnose, has_errors
from genplan.diagnostics.wording import a_few

__all__ = ["CODES", "Code", "Diagnostic", "Outcome", "Related", "Severity", "Span", "a_few", "diagnose", "has_errors"]
