"""Workbooks in the habits that people have, made from a seed and written by three libraries, each with what it means."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pyexcelerate
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

PLAN = """---
schema: 1
title: 销售专员考核方案
department: 销售部
position: 销售专员
period: 2026-Q3
dimensions:
  - name: 工作业绩
    weight: 60%
    indicators:
      - {name: 销售额, weight: 50%, unit: 元, target: 100000, scoring: {method: ratio, cap: 120%}}
      - {name: 回款率, weight: 50%, target: 90%, scoring: {method: ratio, cap: 120%}}
  - name: 工作态度
    weight: 40%
    indicators: [{name: 协作, weight: 50%}, {name: 学习, weight: 50%}]
---
"""
INDICATORS = ("销售额", "回款率", "协作", "学习")
TITLES = ["某某公司销售部", "2026年第三季度绩效考核表", "制表日期：2026-10-08", "部门：销售部"]
GROUPS = ("工作业绩", "工作业绩", "工作态度", "工作态度")


@dataclass(frozen=True)
class Value:
    """A cell: its value, or formula, and the format that it is shown in."""

    value: object
    shown: str = ""

    @property
    def is_formula(self) -> bool:
        return isinstance(self.value, str) and self.value.startswith("=")


@dataclass
class Page:
    """A sheet in the making; rows and columns count from 0."""

    title: str
    rows: list[list[Value | None]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class JobResult:
    """A workbook with the people that it means, by id, and whether it has to be refused; `habits` names what is in it."""

    data: bytes
    people: dict[str, tuple[str, ...]]
    refused: bool
    habits: list[str]


def by_openpyxl(pages: list[Page]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.title)
        for at, row in enumerate(page.rows, 1):
            for column, cell in enumerate(row, 1):
                if cell is not None:
                    sheet.cell(at, column, cell.value).number_format = cell.shown or "General"
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row_number in page.hidden_rows:
            sheet.row_dimensions[row_number + 1].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(pages: list[Page]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": True})
    for page in pages:
        sheet = book.add_worksheet(page.title)
        for top, left, bottom, right in page.merged:
            sheet.merge_range(top, left, bottom, right, "")
        for at, row in enumerate(page.rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    look = book.add_format({"num_format": cell.shown}) if cell.shown else None
                    write = sheet.write_string if isinstance(cell.value, str) and not cell.is_formula else sheet.write
                    write(at, column, cell.value, look)
        for row_number in page.hidden_rows:
            sheet.set_row(row_number, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, 0)
    book.close()
    return stream.getvalue()


def by_pyexcelerate(pages: list[Page]) -> bytes:
    book = pyexcelerate.Workbook()
    for page in pages:
        sheet = book.new_sheet(page.title)
        for at, row in enumerate(page.rows, 1):
            for column, cell in enumerate(row, 1):
                if cell is not None:
                    sheet.set_cell_value(at, column, cell.value)
                    if cell.shown:
                        sheet.set_cell_style(at, column, pyexcelerate.Style(format=pyexcelerate.Format(cell.shown)))
        for top, left, bottom, right in page.merged:
            sheet.range(f"{get_column_letter(left + 1)}{top + 1}", f"{get_column_letter(right + 1)}{bottom + 1}").merge()
        for row_number in page.hidden_rows:
            sheet.set_row_style(row_number + 1, pyexcelerate.Style(size=0))
        for column in page.hidden_columns:
            sheet.set_col_style(column + 1, pyexcelerate.Style(size=0))
    stream = io.BytesIO()
    book._save(stream)
    return stream.getvalue()


WRITERS: tuple[Callable[[list[Page]], bytes], ...] = (by_openpyxl, by_xlsxwriter, by_pyexcelerate)


class Making:
    """A workbook on its way, by the choices of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.people: dict[str, tuple[str, ...]] = {}
        self.refused = False
        self.habits: list[str] = []

    def one(self, name: str, *choices: str) -> str:
        chosen = self.chance.choice(choices)
        if chosen != choices[0]:
            self.habits.append(f"{name}: {chosen}")
        return chosen

    def book(self) -> JobResult:
        sheets = self.one("sheets", "one", "one", "two teams", "notes beside", "another position")
        self.ids = self.one("ids", "text", "text", "numbers", "padded", "mixed", "formula", "full width", "invisible")
        self.head = self.one("head", "one row", "merged above", "words above", "merged below", "unknown group")
        pages = [self.page("一组" if sheets == "two teams" else "销售专员", 0)]
        if sheets == "two teams":
            pages.append(self.page("二组", 4))
        elif sheets == "notes beside":
            pages.insert(0, Page("说明", [[Value("工号"), Value("填写要求")], [Value("0001"), Value("必填")]]))
        elif sheets == "another position":
            kept = self.people, self.refused
            self.people = {}
            pages.insert(0, self.page("会计", 4))
            self.people, self.refused = kept
        writer = WRITERS[self.seed % len(WRITERS)]
        return JobResult(writer(pages), self.people, self.refused, [writer.__name__, *self.habits])

    def page(self, title: str, start: int) -> Page:
        page = Page(title)
        for text in self.chance.sample(TITLES, self.chance.randrange(4)):
            page.rows.append([Value(text)])
        if page.rows and self.one("title", "plain", "merged") == "merged":
            page.merged.append((0, 0, 0, 6))
        if self.one("gap", "none", "empty row") == "empty row":
            page.rows.append([])
        self.headers(page)
        first = len(page.rows)
        for number in range(start + 1, start + 4):
            page.rows.append(self.person(number))
        hidden = self.one("hidden", "none", "none", "a row", "a column")
        if hidden == "a row":
            page.hidden_rows.add(first + 1)
        elif hidden == "a column":
            page.hidden_columns.add(3)
        self.below(page)
        return page

    def headers(self, page: Page) -> None:
        marks = self.one("marks", "plain", "star", "colon", "unit")
        people = {"star": ["*工号", "*姓名"], "colon": ["工号：", "姓名："]}.get(marks, ["工号", "姓名"])
        names = [f"{name}（元）" if marks == "unit" and name == "销售额" else name for name in INDICATORS]
        own, own_names = [Value(text) for text in people], [Value(text) for text in names]
        at = len(page.rows)
        if self.head == "one row":
            page.rows.append([*own, *own_names, Value("评语")])
            return
        group = "去年" if self.head == "unknown group" else GROUPS[0]
        self.refused |= self.head == "unknown group"
        groups = [Value(group), None, Value(GROUPS[2]), None]
        if self.head == "merged below":
            page.rows += [[None, None, *groups, None], [*own, *own_names, Value("评语")]]
        else:
            page.rows += [[*own, *groups, Value("评语")], [None, None, *own_names, None]]
            if self.head == "merged above":
                page.merged += [(at, column, at + 1, column) for column in (0, 1, 6)]
        if self.head != "words above":
            page.merged += [(at, 2, at, 3), (at, 4, at, 5)]

    def person(self, number: int) -> list[Value | None]:
        sales, share, work, study = (self.chance.randrange(*bounds) for bounds in ((50_000, 150_000), (60, 110), (40, 101), (40, 101)))
        identifier, cell = self.identity(number)
        percent = self.chance.choice([Value(share / 100, "0%"), Value(share / 100, "0.00%"), Value(f"{share}%")])
        money = self.chance.choice([Value(sales), Value(sales, "#,##0.00"), Value(f"{sales:,}"), Value(float(sales))])
        self.people[identifier] = (str(sales), f"{share}%", str(work), str(study))
        return [cell, Value(f"测试{'甲乙丙丁戊己庚'[number - 1]}"), money, percent, Value(work), Value(study), Value("好")]

    def identity(self, number: int) -> tuple[str, Value]:
        text = f"{number:04}"
        if self.ids == "numbers":
            return str(1000 + number), Value(1000 + number)
        if self.ids == "mixed":
            self.refused = True
            return str(8**number), Value(8**number)
        cells = {
            "padded": Value(number, "0000"),
            "formula": Value(f'="{text}"'),
            "full width": Value("".join(chr(ord(c) + 0xFEE0) for c in text)),
            "invisible": Value(f"{text}\u200b"),
        }
        self.refused |= self.ids == "formula"  # never computed
        return text, cells.get(self.ids, Value(text))

    def below(self, page: Page) -> None:
        totals = self.one("totals", "none", "sum", "average", "formula", "with an id", "merged value")
        last = len(page.rows)
        if totals == "sum":
            page.rows.append([Value("合计"), None, Value(300_000), None, Value(240), Value(240)])
        elif totals == "average":
            page.rows.append([None, Value("平均值"), Value(100_000), Value(0.9, "0%"), Value(80), Value(80)])
        elif totals == "formula":
            page.rows.append([Value("合计"), None, Value(f"=SUM(C{last - 2}:C{last})")])
        elif totals == "with an id":
            page.rows.append([Value("0099"), Value("合计"), Value(300_000), Value(0.9, "0%"), Value(80), Value(80)])
            self.refused = True
        elif totals == "merged value":
            page.rows[last - 1][4] = None
            page.merged.append((last - 2, 4, last - 1, 4))
            self.refused = True
        signed = self.one("signed", "no", "yes", "remark")
        if signed == "yes":
            page.rows += [[], [Value("制表人：王五"), None, Value("审核："), None, Value("日期：2026-10-08")]]
        elif signed == "remark":
            page.rows.append([Value("备注：数据截至9月30日")])


def make(seed: int) -> JobResult:
    return Making(seed).book()
