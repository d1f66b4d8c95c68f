"""What WeasyPrint may reach: the pictures, fonts and style sheets of a look, and nothing else."""

from copy import copy
from mimetypes import guess_type
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from genplan.messages import msg
from genplan.theme.resource_checks.fonts import check_font, is_font_name
from genplan.theme.resource_checks.problem import UnusableError
from genplan.writers.look import Look

_SHEET = ".css"
BASE = "file:///theme/"
"""What relative addresses start from. No such folder is ever opened: the fetcher looks names up in the theme."""


class ThemeFetcher(URLFetcher):  # type: ignore[misc] # weasyprint has no types
    """Reaches the pictures, fonts and style sheets that the look resolves, and nothing else; what was refused is kept."""

    def __init__(self, look: Look) -> None:
        super().__init__(allowed_protocols=[])
        self.look = look
        self.own: dict[str, tuple[bytes, str]] = {}
        """What a document brings along, by address: bytes and their type."""
        self.refused: list[UnusableError] = []

    def anew(self) -> "ThemeFetcher":
        """Return one for the next document; creating one from scratch would build handlers of protocols that are never used."""
        new = copy(self)
        new.own, new.refused = {}, []
        return new

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - weasyprint's signature
        """Return what stands at an address; what may not be reached is refused, and the document with it."""
        if url in self.own:
            data, type_ = self.own[url]
            return URLFetcherResponse(url, data, {"Content-Type": type_})
        try:
            data, type_ = self._read(url)
        except UnusableError as error:
            self.refused.append(error)
            raise FatalURLFetchingError(url) from error
        return URLFetcherResponse(url, data, {"Content-Type": type_})

    def _read(self, url: str) -> tuple[bytes, str]:
        """Read a picture, a font or a style sheet, each known by its name and its content."""
        name = unquote(url.removeprefix(BASE)) if url.startswith(BASE) else ""
        if not is_font_name(name) and not name.endswith(_SHEET):
            picture = self.look.picture(url.removeprefix(BASE))
            return picture.data, picture.facts.type
        path = self.look.resolve(name)
        if path is None:
            raise UnusableError(
                "GP602",
                msg("`{name}` is not a file of the theme", name=name),
                msg("copy it into the theme and use its path relative to the theme"),
            )
        if is_font_name(name):
            check_font(path, name)
        return path.read_bytes(), guess_type(path.name)[0] or "application/octet-stream"
