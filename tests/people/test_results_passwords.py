"""What may be a password is told from what is not, and what is not stays in the messages."""

import pytest

from genplan.people.password_detection import names_and_gives_password, names_password, quoted_header
from genplan.people.read_people import read_people
from genplan.people.readers import read_table

WORD = "Correcthorse"
"""A password that could be a word of the language."""


def read(plan, text, file="2026-Q3.csv"):
    table, found = read_table(text.encode(), file)
    people, more = read_people(table, plan, plan.plan.period.period) if table else ([], [])
    return people, found + more


def told(found):
    return "\n".join(f"{d.span} {d.message} {d.help} {[str(r) for r in d.related]}" for d in found)


@pytest.mark.parametrize(
    "header",
    [
        "打开密码",
        "密码",
        "打開密碼",
        "打开密马",
        "登录密码",
        "PDF密码（必填）",
        "口令",
        "password",
        "Pasword",
        "PASSWORD",
        "passwd",
        "open pasword",
    ],
)
def test_headers_of_passwords(header):
    assert names_password(header)


@pytest.mark.parametrize(
    "header", ["姓名", "打开率", "文件数", "编码", "passed", "pass rate", "word", "社群新增用户数", "open rate", "备注"]
)
def test_headers_of_other_things(header):
    assert not names_password(header)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("社群新增用户数（人）", "`社群新增用户数（人）`"),
        ("new members", "`new members`"),
        ("employee_name", "`employee_name`"),
        ("Q3", "`Q3`"),
        ("打开密码", "`打开密码`"),
        ("PDF打开密码", "`…打开密码` (not shown: it may be a password)"),
        ("打开密码:k7-Rain", "`打开密码…` (not shown: it may be a password)"),
        ("密码 Correcthorse", "`密码 …` (not shown: it may be a password)"),
        ("k7-Rain-42", "`…` (not shown: it may be a password)"),
        ("99887766", "`…` (not shown: it may be a password)"),
    ],
)
def test_headers_are_named_without_passwords(header, name):
    assert quoted_header(header) == name


def test_text_that_names_and_gives_a_password():
    assert names_and_gives_password("测试甲 密码 Correcthorse")
    assert not names_and_gives_password("密码技术部")
    assert not names_and_gives_password("Correcthorse")


@pytest.mark.parametrize("row", [f"0007,测试甲,{WORD},90,95", f"{WORD},0007,测试甲,90,95", f"\x01,{WORD},测试甲,90,95"])
def test_a_row_in_the_place_of_the_headers_is_not_shown(plan, row):
    people, found = read(plan, f"{row}\n0008,测试乙,\x02,80,85\n")
    assert (people, "GP403" in [d.code for d in found]) == ([], True)
    assert WORD not in told(found)


def test_headers_without_one_of_ids_are_shown(plan):
    _, (problem,) = read(plan, "人事代号,姓名,社群新增用户数\n0007,测试甲,90\n")
    assert problem.message == "no column contains employee ids; the headers are: `人事代号`, `姓名`, `社群新增用户数`"


@pytest.mark.parametrize("sign", ";；，|\t")
def test_a_row_separated_by_another_sign_is_not_shown(plan, sign):
    row = sign.join(["0007", "测试甲", WORD, "90", "95"])
    people, found = read(plan, f"工号,姓名,打开密码,社群新增用户数,用户活跃度\n{row}\n")
    assert people == []
    assert "GP434" in [d.code for d in found]
    assert WORD not in told(found)


def test_values_are_shown_where_no_password_is_near(plan):
    _, found = read(plan, "工号,姓名,new-members,用户活跃度,内容质量\n0007,测试甲,about500,95%,90\n")
    assert found[0].message == "`about500` is not a number, which `new-members` requires"


def test_short_and_chinese_values_are_shown_beside_passwords(plan):
    text = "工号,姓名,打开密码,new-members,用户活跃度,内容质量\n0007,测试甲,k7-Rain-42,约500,n/a,x\n"
    _, found = read(plan, text)
    assert [d.message.split(" ")[0] for d in found] == ["`约500`", "`n/a`", "`x`"]


def test_no_value_that_could_be_a_password_is_shown_beside_passwords(plan):
    text = f"工号,姓名,打开密码,new-members,用户活跃度,内容质量\n0007,测试甲,k7-Rain-42,{WORD},95%,99887766\n"
    people, found = read(plan, text)
    assert [d.code for d in found] == ["GP406", "GP407"]
    assert WORD not in told(found)
    assert "99887766" not in told(found)
    assert [person.password for person in people] == ["k7-Rain-42"]


HEAD = "工号,姓名,部门,打开密码,new-members,用户活跃度,内容质量"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("EMP00123,测试甲,社群部,k7-Rain-42,500,90%,95", None),
        ("EMP00124,测试甲,社群部,,500,90%,95", None),
        ("EMP00124,测试甲,社群部,密码,500,90%,95", None),
        ("0007,Christopher Robin,R&D,,500,90%,95", None),
        ("0007,测试甲,密码技术部,,500,90%,95", None),
        ("0007,测试甲,k7-Rain-42,,500,90%,95", "GP432"),
        ("0007,k7-Rain-42,社群部,,500,90%,95", "GP432"),
        ("k7-Rain-42,0007,测试甲,,500,90%,95", "GP432"),
        ("0007,测试甲,密码 Correcthorse,,500,90%,95", "GP432"),
        ("0007,测试甲,Correcthorse,Correcthorse,500,90%,95", "GP432"),
    ],
)
def test_a_password_in_another_column(plan, row, code):
    people, found = read(plan, f"{HEAD}\n{row}\nEMP00009,测试乙,社群部,k8-Rain-43,500,90%,95\n")
    assert [d.code for d in found if d.code != "GP712"] == ([code] if code else [])
    assert len(people) == (1 if code else 2)


def test_passwords_under_an_unknown_header_lock_nothing_and_so_their_rows_are_not_used(plan):
    head = HEAD.replace("打开密码", "打开密马")
    people, found = read(plan, f"{head}\n0007,测试甲,社群部,k7-Rain-42,500,90%,95\n0008,测试乙,社群部,,500,90%,95\n")
    assert [person.id for person in people] == ["0008"]
    assert [(d.code, d.span.line) for d in found] == [("GP431", 1)]


def test_an_indicator_may_be_called_like_passwords(make_plan):
    plan = make_plan(text=PLAN_WITH_PASSWORDS)
    people, found = read(plan, "工号,姓名,密码重置次数\n0007,测试甲,3\n")
    assert (found, people[0].actuals["密码重置次数"].text) == ([], "3")


PLAN_WITH_PASSWORDS = """---
schema: 1
title: 客服考核方案
department: 客服部
period: 2026-Q3
indicators: [{name: 密码重置次数, weight: 100%, target: 5, scoring: ratio}]
---
"""


@pytest.mark.parametrize(
    "rows",
    [
        "0007,测试甲,,new-members,500\n0007,,99887766,用户活跃度,90%\n0007,,,打开密码,Correcthorse",
        "0007,测试甲,,new-members,500\n0007,,,密码,Correcthorse",
    ],
)
def test_in_the_long_form_nobody_is_left_unlocked(plan, rows):
    people, found = read(plan, f"工号,姓名,打开密码,指标,实际值\n{rows}\n")
    assert people == []
    assert [d.code for d in found] == ["GP431"]
    assert WORD not in told(found)


def test_a_password_stored_as_a_number_in_one_of_several_rows_leaves_nobody_unlocked(plan, xlsx):
    data = xlsx(
        [
            ["工号", "姓名", "打开密码", "指标", "实际值"],
            ["0007", "测试甲", 99887766, "new-members", 500],
            ["0007", None, None, "用户活跃度", 1],
        ]
    )
    table, _ = read_table(data, "2026-Q3.xlsx")
    people, found = read_people(table, plan, plan.plan.period.period)
    assert people == []
    assert "GP409" in [d.code for d in found]


def test_no_number_is_shown_beside_passwords_that_could_be_one(plan):
    text = f"{HEAD.replace('部门,', '')}\n0007,测试甲,k7-Rain-42,99887766,95%,90\n0008,测试乙,k8-Rain-42,998877万,95%,90\n"
    _, found = read(plan, text)
    assert [d.code for d in found] == ["GP463", "GP463", "GP461"]
    assert "998877" not in told(found)
