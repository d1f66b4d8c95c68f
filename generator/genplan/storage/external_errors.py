"""What a build needs from outside and may not get: a store, a cluster, a folder that stays what it was, room for temporary files."""

from genplan.diagnostics import Diagnostic, Span, diagnose


class ExternalError(OSError):
    """Something outside refuses, is not there, or is not what it should be; `diagnostic` says what, and what to do."""

    def __init__(self, code: str, place: str, message: str, advice: str) -> None:
        super().__init__(message)
        self._all = (code, place, message, advice)
        self.diagnostic: Diagnostic = diagnose(code, Span(place), message, help=advice)

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> "ExternalError":
        """Make one that carries a diagnostic."""
        return cls(diagnostic.code, diagnostic.span.file, diagnostic.message, diagnostic.help)

    def __reduce__(self) -> tuple[type["ExternalError"], tuple[str, str, str, str]]:
        return ExternalError, self._all
