"""Make the sample workbook of the department's quarterly plan: `python tests/plans_content/make_b2_results.py`.

The same bytes come out each time: the dates a workbook and a ZIP archive carry are fixed.
"""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TARGET = Path(__file__).parents[2] / "plans" / "results" / "community-operations-department-quarterly" / "2026-Q3.xlsx"

TEXT, PERCENT, SCORE, HOURS, COUNT = "@", "0.0%", "0", "0.0", "0"

COLUMNS = (
    ("工号", TEXT, 10),
    ("姓名", TEXT, 12),
    ("增速", PERCENT, 10),
    ("互动率", PERCENT, 10),
    ("内容质量", SCORE, 10),
    ("工时", HOURS, 10),
    ("质量", PERCENT, 10),
    ("流程", SCORE, 10),
    ("参与度", PERCENT, 10),
    ("协作", SCORE, 10),
    ("成长", HOURS, 10),
    ("活动效果", PERCENT, 10),
    ("影响力", COUNT, 10),
    ("满意度", PERCENT, 10),
    ("评语", TEXT, 64),
)

# A percentage is kept as its share; None leaves the cell empty.
# fmt: off
PEOPLE = (
    ("0021", "测试甲", 0.182, 0.235, 94, 7.2, 0.98, 96, 0.96, 95, 15, 1.12, 36, 0.95,
     "用户增长与互动均超出目标，任务用时短、差错少，可承担新社群的筹建工作。"),
    ("0022", "测试乙", 0.156, 0.205, 90, 7.8, 0.955, 92, 0.92, 94, 12, 1.02, 31, 0.92,
     "各项目标稳步完成，协作主动，建议多参与跨部门活动，扩大内容影响力。"),
    ("0023", "测试丙", 0.135, 0.188, 86, 8.4, 0.95, 90, 0.9, 88, 12.5, 0.96, 27, 0.91,
     "工作质量可靠，增速略低于目标，需要拓展引流渠道并完善新人引导。"),
    ("0024", "测试丁", 0.128, 0.192, 88, 9, 0.93, 85, 0.88, 86, 10, 0.9, 24, 0.89,
     "内容策划较好，任务用时偏长，应梳理流程、减少返工，合理安排学习时间。"),
    ("0025", "测试戊", 0.118, 0.165, 80, 9.2, 0.9, 82, 0.85, 80, 9, 0.85, 20, 0.86,
     "基本完成任务，互动话题吸引力不足，请在下季度加强选题和数据分析。"),
    ("0026", "测试己", 0.105, 0.15, 75, 10.2, 0.88, 78, 0.8, 76, 8, 0.76, 18, 0.82,
     "增长与互动均有差距，审核环节多次返工，安排内容规范和工具使用培训。"),
    ("0027", "测试庚", 0.158, 0.172, 82, 8.6, 0.93, 86, 0.94, 90, 13, None, 22, 0.9,
     "本季度未承担活动，学习投入多，引流成绩好，下季度可独立负责一场活动。"),
    ("0028", "测试辛", 0.072, 0.11, 62, 12, 0.78, 65, 0.7, 68, 4, 0.55, 10, 0.7,
     "多数指标未达要求，须制定改进计划，由负责人每两周辅导一次并检查进展。"),
)
# fmt: on

GUIDE = (
    ("一人一行", "每人填写一行；工号按文本填写，保留前面的零。"),
    ("列标题", "列标题与考核方案中的指标名称一致，请勿修改、合并或者删除；列的先后可以调整。"),
    ("比率指标", "增速、互动率、质量、参与度、活动效果、满意度按百分比填写，例如15.6%。"),
    ("评分指标", "内容质量、流程、协作直接填写得分，最低0分，最高100分。"),
    ("数量指标", "工时填写平均小时数，成长填写学时数，影响力填写次数，只填数字，不写单位。"),
    ("没有数据", "确实没有数据的，单元格留空，不要填0；该指标按方案规定处理。"),
    ("评语", "写明主要成绩、不足和建议，将印在考核结果上。"),
    ("文件名称", "每个考核期一个文件，以考核期命名，例如2026-Q3.xlsx。"),
)

_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E7ECF2")
_LINE = Side(style="thin", color="B8C0CA")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_EPOCH = (2026, 10, 1, 0, 0, 0)
_STAMP = b"2026-10-01T00:00:00Z"


def fill_results(sheet: Worksheet) -> None:
    """Write a row a person under the headers."""
    sheet.title = "考核结果"
    sheet.append([name for name, _, _ in COLUMNS])
    for person in PEOPLE:
        sheet.append(list(person))
    for column, (_, number_format, width) in zip(sheet.columns, COLUMNS, strict=True):
        head, *cells = column
        head.font, head.fill, head.border = _HEAD_FONT, _HEAD_FILL, _GRID
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[head.column_letter].width = width
        for cell in cells:
            cell.number_format, cell.border = number_format, _GRID
            cell.alignment = Alignment(vertical="center", wrap_text=number_format == TEXT)
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def fill_guide(sheet: Worksheet) -> None:
    """Write how to fill the first sheet in."""
    sheet.title = "说明"
    for row in (("事项", "填写方法"), *GUIDE):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    for row in sheet.iter_rows():
        for cell in row:
            cell.border, cell.alignment = _GRID, Alignment(vertical="center", wrap_text=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 72
    sheet.freeze_panes = "A2"


def workbook_bytes() -> bytes:
    """Give the workbook as a file's bytes."""
    book = Workbook()
    fill_results(book.worksheets[0])
    fill_guide(book.create_sheet())
    book.properties.creator = "genplan"
    written = io.BytesIO()
    book.save(written)
    return _without_clock(written)


def _without_clock(written: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in sorted(source.infolist(), key=lambda entry: entry.filename):
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP, data)
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return fixed.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(workbook_bytes())
