"""A company's look, as its brand.yml gives it (the public format of https://posit-dev.github.io/brand-yml/)."""

from genplan.theme.brand.brand import Brand, Finder, FontFile, HeadingType, LinkType, LogoFile
from genplan.theme.brand.load import BUILT_IN_FAMILY, load_brand

__all__ = ["BUILT_IN_FAMILY", "Brand", "Finder", "FontFile", "HeadingType", "LinkType", "LogoFile", "load_brand"]
