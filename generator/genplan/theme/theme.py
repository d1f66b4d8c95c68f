"""A theme as a whole, loaded from a workspace's templates/ laid over the built-in one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from genplan import resources
from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.theme.brand import Brand, load_brand
from genplan.theme.brand.carried import CARRIED
from genplan.theme.editions import Edition, load_editions
from genplan.theme.files import ThemeFiles, unusable
from genplan.theme.glyphs import Coverage, Readable, coverage_of, joined, load_coverage
from genplan.theme.kinds import Kind, load_kinds
from genplan.theme.labels import load_locale
from genplan.theme.languages import brand_in, carried, chain
from genplan.theme.locale import Locale
from genplan.theme.mentions import Mentions
from genplan.theme.resource_checks.fonts import characters
from genplan.theme.resource_checks.page import check_page
from genplan.theme.resource_checks.sheets import check_sheets
from genplan.theme.stylesheet import check_families, make_stylesheet, own_sheets
from genplan.theme.template_files import own_templates
from genplan.theme.themes import ThemeChoice, roots_of

if TYPE_CHECKING:
    import jinja2

REINSTALL = msg("the built-in theme is incomplete: reinstall genplan")


@dataclass(frozen=True)
class Theme:
    """Brand, kinds and words for one language; the themes of other languages are siblings that share all but words and faces."""

    files: ThemeFiles
    brand: Brand
    kinds: dict[str, Kind]
    locale: Locale
    original: Brand
    """The brand as brand.yml has it, before the language chose its faces."""
    editions: Mapping[str, Edition] = field(default_factory=dict)
    """What circles of readers may see, by name."""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with the style sheets and fonts: as long as there is something, no document is made with them."""
    siblings: "dict[str, Outcome[Theme]]" = field(default_factory=dict, compare=False, repr=False)
    of_units: "dict[tuple[str, str], Theme]" = field(default_factory=dict, compare=False, repr=False)

    def speaking(self, language: str) -> "Outcome[Theme]":
        """Return the theme for a language, loaded when first asked for.

        Finds what loading its locale finds.
        """
        if language == self.locale.language:
            return Outcome(self, [])
        if language not in self.siblings:
            locale, diagnostics = load_locale(self.files, language)
            self.siblings[language] = Outcome(replace(self, locale=locale, brand=brand_in(self.original, language)), diagnostics)
        return self.siblings[language]

    def assessing(self, unit: str | None) -> "Theme":
        """Return the theme with the words for a plan that assesses units, called `unit`; itself where it assesses people."""
        if unit is None:
            return self
        key = self.locale.language, unit
        if key not in self.of_units:
            self.of_units[key] = replace(self, locale=self.locale.assessing(unit))
        return self.of_units[key]

    def branded(self, brand: Brand) -> "Theme":
        """Return the same theme under another brand, as its brand.yml has it, in this language and in all others."""
        return replace(self, brand=brand_in(brand, self.locale.language), original=brand, siblings={}, of_units={})

    @cached_property
    def environment(self) -> "jinja2.Environment":
        """The Jinja environment, made when first used."""
        from genplan.theme.environment import make_environment  # noqa: PLC0415 - checks and scores need none, and it takes long to load

        return make_environment(self.files, self.brand, self.locale)

    @cached_property
    def word_environment(self) -> "jinja2.Environment":
        """The same, for templates written in Word."""
        from genplan.theme.word import make_word_environment  # noqa: PLC0415 - as above

        return make_word_environment(self.environment)

    @cached_property
    def mentions(self) -> Mentions:
        """Which keys of a plan the templates ask for."""
        return Mentions(self.files)

    @staticmethod
    def trusted(text: str) -> str:
        """Mark text of the theme's own, or already made safe, as markup that templates do not escape."""
        return Markup(text)  # noqa: S704 - callers answer for it

    @cached_property
    def stylesheet(self) -> str:
        """The style sheet of every document."""
        return make_stylesheet(self.brand, self.files, self.locale.language)

    @cached_property
    def coverage(self) -> Coverage:
        """The characters that the fonts of the language's chain can show."""
        brand = self.brand
        families = {name for font in (brand.body_font, brand.heading_font) for name in chain(font, brand.fallback, self.locale.language)}
        folder = resources.templates() / "fonts"
        built_in = [load_coverage(folder / f"{name.replace(' ', '')}.coverage.txt") for name in sorted(families & CARRIED.keys())]
        own = [self.files.find(font.path) for font in brand.fonts if font.family in families and not carried(font)]
        return joined([*built_in, *(coverage_of(characters(path)) for path in own if path)])

    @cached_property
    def readable(self) -> Readable:
        """What tells the characters that a document cannot show."""
        return Readable(self.coverage)


def load_theme(templates: Path | None, language: str, choice: ThemeChoice = ThemeChoice()) -> Outcome[Theme | None]:  # noqa: B008 - it never changes
    """Load a theme; `templates` is the workspace's folder, laid over it where it exists.

    Finds GP535 (no such theme) and what reading its parts finds. The value is None where the theme has no usable brand, or no labels in
    the language.
    """
    diagnostics: list[Diagnostic] = []
    roots, problems = roots_of(templates, choice)
    diagnostics += problems
    if templates is not None and (problems := unusable(templates)):
        return Outcome(None, [*diagnostics, *problems])
    files = ThemeFiles(roots.folders)
    brand_path = ThemeFiles(tuple(folder for folder in roots.folders if folder / "brand.yml" not in roots.brands)).find("brand.yml")
    if brand_path is None:
        return Outcome(None, [diagnose("GP001", Span("templates/brand.yml"), msg("the theme has no brand.yml"), help=REINSTALL)])
    brand, problems = load_brand(brand_path, "templates/brand.yml", files.find, roots.brands)
    diagnostics += problems
    kinds, problems = load_kinds(files)
    diagnostics += problems
    locale, problems = load_locale(files, language)
    diagnostics += problems
    editions, problems = load_editions(files, locale)
    diagnostics += problems
    sheets = check_sheets(files)
    diagnostics += [*sheets, *check_page(files), *(check_families(own_sheets(files), brand) if brand else ())]
    if brand is None or not locale.labels:
        return Outcome(None, diagnostics)
    spoilt = tuple(each for each in diagnostics if each.code == "GP545" or (each in sheets and has_errors([each])))
    theme = Theme(files, brand_in(brand, language), kinds, locale, brand, editions, spoilt)
    return Outcome(theme, diagnostics + _check_templates(theme))


def _check_templates(theme: Theme) -> list[Diagnostic]:
    """Check the templates that are not genplan's own: `check_overrides`."""
    if not any(own_templates(theme.files)):
        return []
    from genplan.theme.overrides import check_overrides  # noqa: PLC0415 - see Theme.environment

    return check_overrides(theme.files, theme.environment)
