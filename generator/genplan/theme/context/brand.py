"""The company's look, for templates."""

from genplan.theme.brand import Brand
from genplan.theme.languages import chain

Context = dict[str, object]
_SIZES = ("small", "medium", "large")


def brand_context(brand: Brand, language: str) -> Context:
    """Return names, logos, addresses, colours, and the families of body text in a language."""
    return {
        "name": brand.name,
        "full_name": brand.full_name,
        "logo": brand.logo,
        "logo_alt": brand.logo_alt,
        "logos": {size: _logo(brand, size) for size in _SIZES},
        "links": {"home": None} | brand.links,
        "colors": dict(brand.colors),
        "font": ", ".join(chain(brand.body_font, brand.fallback, language)),
    }


def _logo(brand: Brand, size: str) -> Context | None:
    logo = brand.logos.get(size)
    return {"src": logo.path, "alt": logo.alt} if logo else None
