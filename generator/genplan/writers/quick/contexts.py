"""What Pango is told about a style, kept with the style.

For every piece of text that is measured, and again when it is drawn, WeasyPrint makes a Pango context, a language and a description of the
font, and puts together the font's features, from properties that are the same for every text of a style. Here the context and the
description are kept; a layout takes them without changing them. Styles with decorated text, or with a language of their own for the font,
are left to WeasyPrint.

The list of attributes is a layout's own, as a text's spacing is written into it. It is also released with the layout, which WeasyPrint's is
not.
"""

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from genplan.writers.quick.replacement import Replacement
from genplan.writers.quick.styles import SHARED

_plain = line_break.Layout.setup
_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


def _context(style: Any) -> tuple[Any, Any, Any, bytes] | None:  # noqa: ANN401
    """Make the context, language, font description and features of a style; None where WeasyPrint does more than that."""
    if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["lang"]:
        pointer, _held = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    features = ",".join(f"{key} {value}" for key, value in font_features(*(style[name] for name in _FEATURES)).items())
    return context, language, get_font_description(style), features.encode()


def setup(self: Any, style: Any) -> None:  # noqa: ANN401
    """Prepare a layout for text of a style."""
    if type(style) not in SHARED:
        _plain(self, style)
        return
    derived = style.derived
    if "context" not in derived:
        context = _context(style)
        derived["context"] = context
    kept = derived["context"]
    if kept is None:
        _plain(self, style)
        return
    context, self.language, description, features = kept
    self.style = style
    self.first_line_direction = 0
    self.ascent = self.underline_position = self.strikethrough_position = None
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003
    pango.pango_layout_set_font_description(self.layout, description)
    if features:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(features))
        pango.pango_layout_set_attributes(self.layout, attributes)


def replacements() -> list[Replacement]:
    """Prepare layouts from what is kept."""
    return [Replacement(line_break.Layout, "setup", setup)]
