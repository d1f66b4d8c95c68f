"""Lines that are one short text, the most common ones: cells, labels, headings.

WeasyPrint makes a line by fitting box after box, breaking where it is full, aligning all of it vertically and moving it where it belongs.
Where a line box holds one text in the same style, which fits, and nothing floats beside it, the same numbers come out of a few sums; they
are done in WeasyPrint's order, as binary fractions would differ in another. All other lines are left to WeasyPrint.

The height of a style's lines is kept with the style.

Needless once WeasyPrint has a way of its own for a line box with one text that fits.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break

from genplan.writers.pdf.speedups.lines import LONGEST
from genplan.writers.pdf.speedups.replacement import Replacement, everywhere
from genplan.writers.pdf.speedups.shared import SHARED, once_a_style

_plain = inline.get_next_linebox


def get_next_linebox(  # noqa: PLR0913, PLR0917 - as WeasyPrint's
    context: Any,  # noqa: ANN401
    linebox: Any,  # noqa: ANN401
    position_y: float,
    bottom_space: float,
    skip_stack: Any,  # noqa: ANN401
    containing_block: Any,  # noqa: ANN401
    absolute_boxes: Any,  # noqa: ANN401
    fixed_boxes: Any,  # noqa: ANN401
    first_letter_style: Any,  # noqa: ANN401
    first_line_style: Any,  # noqa: ANN401
) -> tuple[Any, Any]:
    """Make the next line of a line box."""
    if skip_stack is None and not first_letter_style and not first_line_style and not context.excluded_shapes and _is_plain(linebox):
        line = _line(context, linebox, position_y, containing_block)
        if line is not None:
            return line, None
    arguments = containing_block, absolute_boxes, fixed_boxes, first_letter_style, first_line_style
    plain: tuple[Any, Any] = _plain(context, linebox, position_y, bottom_space, skip_stack, *arguments)
    return plain


def _is_plain(linebox: Any) -> bool:  # noqa: ANN401
    """Return whether a line box holds one short text, whose style says nothing of where it stands."""
    if len(linebox.children) != 1 or linebox.text_indent:
        return False
    child, style = linebox.children[0], linebox.style
    if type(child) is not boxes.TextBox or child.style is not style or type(style) not in SHARED:
        return False
    text = child.text
    if not text or len(text) > LONGEST or text[0] == " " or text[-1] == " " or child.justification_spacing:
        return False
    derived = style.derived
    if "simple" not in derived:
        simple = (
            style["direction"] == "ltr"
            and style["position"] == "static"
            and style["float"] == "none"
            and style["vertical_align"] == "baseline"
            and style["font_size"] > 0
            and style["white_space"] in {"normal", "nowrap"}
            and not any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
            and "justify" not in {style["text_align_all"], style["text_align_last"]}
        )
        derived["simple"] = simple
    return bool(derived["simple"])


def _line(context: Any, linebox: Any, position_y: float, containing_block: Any) -> Any:  # noqa: ANN401
    """Make the line; None where the text does not fit."""
    child, style = linebox.children[0], linebox.style
    start = containing_block.content_box_x()
    end = start + containing_block.width
    start += linebox.margin_left
    end -= linebox.margin_right
    available = end - start
    position_x = start - linebox.margin_left
    inline.resolve_percentages(child, containing_block)
    room = (position_x + available) * (1 + 1e-9) - position_x
    first_line = inline.split_first_line(child.text, style, context, room, 0, is_line_start=True)
    layout, length, resume_at, width, height, baseline = first_line
    if resume_at is not None or not length:
        return None
    linebox.position_x, linebox.position_y = position_x, position_y
    child.position_x, child.position_y = position_x, position_y

    text = child.copy_with_text(layout.text)
    text.width, text.pango_layout, text.height = width, layout, height
    line_height, line_baseline = inline.strut(style)
    text.margin_top = text.margin_bottom = (line_height - height) / 2
    text.baseline = baseline + text.margin_top

    line = linebox.copy_with_children([text])
    line.width = text.position_x + text.margin_width() - line.content_box_x()
    line.baseline, line.height = line_baseline, style["font_size"]
    half_leading = (line_height - line.height) / 2
    line.margin_top = half_leading - line.border_top_width - line.padding_top
    line.margin_bottom = half_leading - line.border_bottom_width - line.padding_bottom
    linebox.width, linebox.height = line.width, line.height
    offset_x = inline.text_align(context, line, available, last=True)

    text.position_y = 0 - text.baseline
    bottom = max(text.position_y + text.margin_height(), 0 - line.baseline + line.margin_height())
    top = min(text.position_y, 0 - line.baseline)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset_x, position_y - top)
    line.position_y = position_y
    return line


strut = once_a_style(line_break.strut)
"""Gives the height of a style's lines, and their base line."""


def replacements() -> list[Replacement]:
    """Make simple lines here."""
    return [
        Replacement(inline, "get_next_linebox", get_next_linebox),
        *everywhere(line_break, "strut", strut),
    ]
