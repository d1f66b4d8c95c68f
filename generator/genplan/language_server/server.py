"""The language server: the protocol, by pygls. What is answered comes from the other modules; nothing is written and no network used."""

import asyncio
import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from genplan import __version__
from genplan.diagnostics import Severity
from genplan.language_server.completion import Offer, OfferKind, complete
from genplan.language_server.definition import Symbol, define, symbols
from genplan.language_server.diagnostics import Findings, PlacedDiagnostic, check_document, merged
from genplan.language_server.hover import explain
from genplan.language_server.plan_files import may_become_plan
from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import UTF_16, Place, Position, column_of, in_units, line_at, lines_of
from genplan.language_server.shapes import shapes_at
from genplan.messages import current_language, localized, msg, supported, use_language
from genplan.source.files import reading_unsaved
from genplan.source.text import read_text

PAUSE = 0.3
"""Seconds without typing before a document is checked; longer if checks take longer."""
_UNSAVED = "unsaved.md"
"""The name of documents that are no files yet."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS = {
    OfferKind.KEY: types.CompletionItemKind.Property,
    OfferKind.VALUE: types.CompletionItemKind.EnumMember,
    OfferKind.NAME: types.CompletionItemKind.Reference,
    OfferKind.FILE: types.CompletionItemKind.File,
}


class PlanServer(LanguageServer):
    """A server for one editor. `language` is that of its messages; None: the editor says which."""

    def __init__(self, language: str | None) -> None:
        # Whole texts are synchronized: pygls takes more characters for ends of lines than editors do, and would misplace changes.
        super().__init__("genplan", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.asked_language = language
        self.language = language or current_language()
        self.findings: dict[Path, Findings] = {}
        self.published: Findings = {}
        self.waiting: dict[str, asyncio.Task[None]] = {}
        self.checking = asyncio.Lock()
        self.took = 0.0

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002 - pygls' signature
        """Tell the editor about a bug without the exception's message, which may contain what people wrote."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, _told(error)))

    # The documents

    @property
    def encoding(self) -> str:
        """What columns are counted in."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or UTF_16)

    @property
    def documents(self) -> dict[str, str]:
        """The texts of the documents that are open, by their addresses as the editor writes them."""
        return {document.uri: document.source for document in self.workspace.text_documents.values()}

    def path(self, uri: str) -> Path:
        """Return the file of a document, without links."""
        name = to_fs_path(uri)
        return Path(os.path.realpath(name)) if name else Path(_UNSAVED).absolute()

    def plan(self, uri: str) -> PlanText:
        """Return a document as it is in the editor."""
        return PlanText(self.path(uri), self.documents.get(uri, ""))

    def uri(self, path: Path) -> str:
        """Return the address by which the editor knows a file."""
        return next((uri for uri in self.documents if self.path(uri) == path), path.as_uri())

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read open documents as they are in the editor, and use the editor's language."""
        use_language(self.language)
        texts = {str(self.path(uri)): text.encode("utf-8", "surrogatepass") for uri, text in self.documents.items() if to_fs_path(uri)}
        with reading_unsaved(texts):
            yield

    def asked(self, params: types.CompletionParams | types.HoverParams | types.DefinitionParams) -> tuple[PlanText, Position]:
        """Return the document and the position that a request is about."""
        plan = self.plan(params.text_document.uri)
        line = line_at(plan.lines, params.position.line)
        return plan, Position(params.position.line, column_of(line, params.position.character, self.encoding))

    def range(self, place: Place, line: str) -> types.Range:
        """Return a place as the editor counts."""
        return _range(in_units(place, line, self.encoding))

    # Diagnostics

    def check_later(self, uri: str, pause: float | None = None) -> None:
        """Check a document when nothing was typed for a while."""
        if to_fs_path(uri) is None:
            return
        if uri in self.waiting:
            self.waiting[uri].cancel()
        self.waiting[uri] = asyncio.ensure_future(self._check(uri, max(PAUSE, self.took) if pause is None else pause))

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        async with self.checking:
            if uri not in self.documents:
                return
            plan, start = self.plan(uri), monotonic()
            try:
                with self.reading():
                    found = await asyncio.to_thread(check_document, plan, self.encoding)
            except Exception as error:  # noqa: BLE001 - a mistake of ours must not end the server
                self.report_server_error(error, type(error))
                return
            self.took = monotonic() - start
            if uri in self.documents:
                self.findings[plan.path] = found
                self.publish(plan.path)

    def forget(self, uri: str) -> None:
        """Take back what was said about a document that is closed."""
        if uri in self.waiting:
            self.waiting.pop(uri).cancel()
        path = self.path(uri)
        self.findings.pop(path, None)
        self.publish(path)

    def publish(self, document: Path) -> None:
        """Tell the editor what is known of a document that was checked or closed, and what has changed about other files."""
        found = merged(self.findings.values())
        for path in sorted(self.published.keys() | found.keys() | {document}):
            findings = found.get(path, [])
            if path == document or findings != self.published.get(path, []):
                diagnostics = [self._diagnostic(finding) for finding in findings]
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri(path), diagnostics))
        self.published = found

    def _diagnostic(self, finding: PlacedDiagnostic) -> types.Diagnostic:
        related = [
            types.DiagnosticRelatedInformation(types.Location(self.uri(path), _range(place)), note) for path, place, note in finding.related
        ]
        return types.Diagnostic(
            range=_range(finding.place),
            message=finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source="genplan",
            related_information=related or None,
        )


def _range(place: Place) -> types.Range:
    return types.Range(types.Position(place.line, place.start), types.Position(place.line, place.end))


def _told(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('genplan')[2]}:{frames[-1].lineno}" if frames else "?"
    return localized(msg("genplan {version} failed: {error} at {place}", version=__version__, error=type(error).__name__, place=place))


def serve(source: BinaryIO, sink: BinaryIO, language: str | None) -> None:
    """Serve an editor that writes to `source` and reads `sink`, until it says goodbye. `language` is that of messages, if it is stated."""
    for name in ("pygls", "asyncio"):  # their records quote what people wrote
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    server = PlanServer(language)
    _register_life(server)
    _register_documents(server)
    _register_questions(server)
    server.start_io(source, sink)


def _register_life(server: PlanServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        stated = options.get("language") if isinstance(options, dict) else None
        spoken = (supported(tag) for tag in (stated, params.locale) if isinstance(tag, str))
        server.language = server.asked_language or next(filter(None, spoken), None) or server.language

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        use_language(server.language)
        await asyncio.to_thread(shapes_at, (), ())  # making the schema takes a second, and somebody is waiting later


def _register_documents(server: PlanServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check_later(params.text_document.uri, pause=0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check_later(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    def check_all(_params: object) -> None:
        for uri in server.documents:
            server.check_later(uri)

    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(check_all)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(check_all)


def _register_questions(server: PlanServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", "{", "[", ","]))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        with server.reading():
            plan, position = server.asked(params)
            offers = complete(plan, position) if may_become_plan(plan) else []
            return [_item(server, offer, number, line_at(plan.lines, position.line)) for number, offer in enumerate(offers)]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        with server.reading():
            plan, position = server.asked(params)
            explained = explain(plan, position) if may_become_plan(plan) else None
            if explained is None:
                return None
            place = server.range(explained.place, line_at(plan.lines, explained.place.line))
            return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, explained.text), place)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        with server.reading():
            plan, position = server.asked(params)
            targets = define(plan, position) if may_become_plan(plan) else []
            return [types.Location(server.uri(each.path), server.range(each.place, _line(each.path, each.place))) for each in targets]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        with server.reading():
            plan = server.plan(params.text_document.uri)
            return [_symbol(server, each, plan) for each in symbols(plan)] if may_become_plan(plan) else []


def _line(path: Path, place: Place) -> str:
    """Read the line of a place; the start of a file is known without."""
    return line_at(lines_of(read_text(path, path.name).value or ""), place.line) if place.end else ""


def _item(server: PlanServer, offer: Offer, number: int, line: str) -> types.CompletionItem:
    """Offer something: what is needed first, and found by its word in the other language too."""
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.meaning) if offer.meaning else None,
        sort_text=f"{'0' if offer.needed else '1'}{number:04}",
        filter_text=f"{offer.label} {offer.detail}".strip(),
        text_edit=types.TextEdit(server.range(offer.place, line), offer.text),
    )


def _symbol(server: PlanServer, symbol: Symbol, plan: PlanText) -> types.DocumentSymbol:
    place = server.range(symbol.place, line_at(plan.lines, symbol.place.line))
    members = [_symbol(server, each, plan) for each in symbol.members]
    end = max((each.range.end for each in members), default=place.end, key=lambda end: (end.line, end.character))
    kind = types.SymbolKind.Field if symbol.is_key else types.SymbolKind.Object
    return types.DocumentSymbol(symbol.name, kind, types.Range(place.start, end), place, children=members or None)
