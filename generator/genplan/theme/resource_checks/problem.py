"""What is wrong with something a document would use, before it is known where that is named."""

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import Message


class UnusableError(Exception):
    """A file that documents cannot use, or may not; it has its diagnostic but for the place."""

    def __init__(self, code: str, message: Message, cure: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.cure = cure

    def at(self, span: Span) -> Diagnostic:
        """Return the diagnostic at a place."""
        return diagnose(self.code, span, self.message, help=self.cure)
