"""What a theme gives every writer to dress a document with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from genplan.messages import msg
from genplan.theme.brand import Brand
from genplan.theme.resource_checks.pictures import Picture, nowhere, picture_name, read_picture
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.stylesheet import Sheet


@dataclass(frozen=True, slots=True)
class Look:
    """The brand, and the theme's files that a format needs.

    `reference` is the Word document whose styles and page the DOCX writer takes over; `css` styles the PDF and the page;
    `fonts` is the folder of the fonts that `css` names.
    """

    brand: Brand
    reference: Path
    resolve: Callable[[str], Path | None]
    """Finds a file of the theme, or a picture, by its name; None where there is none, or none that a document may use."""
    css: str
    fonts: Path
    sheets: tuple[Sheet, ...] = ()
    """The style sheets in `css` that are not built in."""

    def picture(self, address: str) -> Picture:
        """Read the picture that an `img src` names.

        Raises:
            UnusableError: GP541 to GP544 (it is no picture that documents can show), GP602 (there is none where pictures stand).
        """
        name = picture_name(address)
        if not name:
            raise UnusableError("GP602", msg("an <img> has no picture"), msg('name it: <img src="images/logo.png">'))
        path = self.resolve(name)
        if path is None:
            raise nowhere(address)
        return read_picture(path, name)
