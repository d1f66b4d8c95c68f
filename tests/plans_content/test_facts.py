"""The sample plans say what their source documents say: names, weights, counts and cases."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from make_b2_results import PEOPLE, TARGET, workbook_bytes

from genplan.diagnostics import Severity
from genplan.methods.inverse_ratio import InverseVariant
from genplan.plan.checks import check_plan
from genplan.plan.grades import bands
from genplan.plan.keys import KEYS
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.model import Cycle, Indicator, Nature, Plan, Polarity, Publication, Term, WeightMode
from genplan.plan.periods import parse_period
from genplan.plan.weights import shares
from genplan.source.quantity import parse_quantity

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "plans"

SPECIALIST = "community-operations-specialist"
DEPARTMENT = "community-operations-department"
QUARTERLY = "community-operations-department-quarterly"
MARKETING = "wechat-community-marketing"
STANDARD = "community-position-standard"
POLICY = "community-management-policy"
SAMPLES = (SPECIALIST, DEPARTMENT, QUARTERLY, MARKETING, STANDARD, POLICY)

EXPECTED_FINDINGS = {
    SPECIALIST: {("GP305", Severity.NOTE)},
    DEPARTMENT: {("GP305", Severity.NOTE), ("GP312", Severity.WARNING), ("GP340", Severity.WARNING)},
}


@cache
def read(name: str) -> PlanFile:
    path = PLANS / f"{name}.md"
    outcome = load_plan(path, path.name)
    assert not outcome.diagnostics
    assert outcome.value is not None
    return outcome.value


def plan(name: str) -> Plan:
    return read(name).plan


def weights(items: tuple) -> list[Decimal]:
    assert all(item.weight.percent for item in items)
    return [item.weight.number for item in items]


def indicator(name: str, of: str, dimension: str | None = None) -> Indicator:
    groups = [g for g in plan(of).groups if dimension in (None, g.name)]
    (found,) = [i for g in groups for i in g.indicators if i.name == name]
    return found


def said(item: Indicator) -> str:
    return " ".join(filter(None, (item.definition, item.formula, item.counting, item.source)))


def holds(text: str | None, *words: str) -> bool:
    return all(word in (text or "") for word in words)


def rows(file: str) -> tuple[list[str], list[dict[str, str]]]:
    with (PLANS / "results" / SPECIALIST / file).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        people = list(reader)
        return list(reader.fieldnames or ()), people


def total(person: dict[str, str]) -> Fraction:
    items = plan(SPECIALIST).indicators
    parts = shares([i.weight for i in items], plan(SPECIALIST))
    return sum((Fraction(person[i.name]) * part.effective for i, part in zip(items, parts, strict=True)), Fraction(0))


def grade(score: Fraction) -> str:
    value = Decimal(score.numerator) / Decimal(score.denominator)
    (band,) = [b for b in bands(plan(SPECIALIST)) if b.holds(value)]
    return band.grade.name


# All of them


def test_there_are_these_samples():
    assert {p.stem for p in PLANS.glob("*.md")} >= set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_checks_find_what_the_published_document_has_and_nothing_else(name):
    assert {(d.code, d.severity) for d in check_plan(read(name))} == EXPECTED_FINDINGS.get(name, set())


@pytest.mark.parametrize("name", SAMPLES)
def test_each_is_a_document_one_could_issue(name):
    model = plan(name)
    assert model.organization is None, "left to the brand"
    assert model.number
    assert model.number.startswith("HR-")
    assert (model.version, model.confidentiality) == ("1.0", "內部" if model.language == "zh-TW" else "内部")
    assert model.issued
    assert model.effective
    dates = {SPECIALIST: ("2026-03-", "2026-04-01"), POLICY: ("2026-05-", "2026-06-01")}
    issued, effective = dates.get(name, ("2026-06-", "2026-07-01"))
    assert model.issued.isoformat().startswith(issued)
    assert model.effective.isoformat() == effective
    expected = ["編製", "審核", "核准"] if model.language == "zh-TW" else ["编制", "审核", "批准"]
    assert [s.role for s in model.signatories] == expected


def test_document_numbers_differ():
    assert len({plan(name).number for name in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_editors_find_the_schema(name):
    lines = (PLANS / f"{name}.md").read_text(encoding="utf-8").split("\n")
    assert lines[:2] == ["---", "# yaml-language-server: $schema=../genplan.schema.json"]


@pytest.mark.parametrize("name", SAMPLES)
def test_prose_states_no_percentages(name):
    """Weights, shares and scores come from the data."""
    prose = "\n".join(s.markdown for s in read(name).sections)
    assert prose
    assert not set("%％") & set(prose)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_bundled_fonts_show_every_character(name):
    family = "NotoSansTC" if plan(name).language == "zh-TW" else "NotoSansSC"
    spans = [line.split("-") for line in (ROOT / f"templates/fonts/{family}.coverage.txt").read_text().split()]
    covered = {code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}
    text = (PLANS / f"{name}.md").read_text(encoding="utf-8")
    assert {c for c in text if c != "\n" and ord(c) not in covered} == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_only_the_position_standard_uses_chinese_keys(name):
    keys = {key.value for key, _ in read(name).root.entries}
    aliased = {key for key in keys if KEYS(key) != key}
    assert aliased == (keys if name == STANDARD else set())


# A: the specialist's scheme

CASE = (90, 85, 95, 80, 90, 80, 95)


def test_a_has_the_published_weights():
    items = plan(SPECIALIST).indicators
    assert [i.name for i in items] == ["新增用户数", "用户活跃度", "用户参与度", "内容质量", "用户满意度", "社群活动效果", "品牌曝光度"]
    assert weights(items) == [Decimal(w) for w in (30, 30, 20, 15, 10, 10, 5)]
    assert sum(weights(items)) == Decimal(120)
    assert plan(SPECIALIST).weights is WeightMode.NORMALIZE
    assert all(i.method.tag == "direct" for i in items)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("用户活跃度", ("发帖", "评论", "点赞", "分享")),
        ("用户参与度", ("活动", "话题")),
        ("内容质量", ("主题", "价值", "可读性")),
        ("用户满意度", ("用户调查", "评分")),
        ("社群活动效果", ("参与度", "活跃度", "提升")),
        ("品牌曝光度", ("搜索引擎", "收录", "社交媒体", "关注")),
    ],
)
def test_a_says_what_each_indicator_counts(name, words):
    assert holds(said(indicator(name, SPECIALIST)), *words)


def test_a_has_six_steps_with_who_and_when():
    steps = plan(SPECIALIST).process
    assert len(steps) == 6
    for step, word in zip(steps, ("计划", "收集", "分析", "评价", "反馈", "激励"), strict=True):
        assert word in step.step
        assert step.detail
        assert step.responsible
        assert step.deadline


def test_a_rewards_with_bonus_promotion_and_training():
    assert [use.when for use in plan(SPECIALIST).results_use] == ["奖金", "晋升", "培训与激励"]


def test_a_grades_every_total():
    found = [(b.grade.name, b.lower, b.grade.coefficient) for b in bands(plan(SPECIALIST))]
    expected = [("优秀", 90, "1.2"), ("良好", 80, "1.0"), ("合格", 60, "0.8"), ("待改进", 0, "0.5")]
    assert found == [(name, Decimal(lower), Decimal(coefficient)) for name, lower, coefficient in expected]


def test_a_holds_what_a_scheme_needs():
    model = plan(SPECIALIST)
    assert model.cycle == (Cycle.QUARTERLY,)
    assert model.period
    assert model.period.name == "2026-Q3"
    assert model.appeal
    assert model.qualifications
    assert sum(weights(model.raters)) == Decimal(100)
    headings = [s.heading for s in read(SPECIALIST).sections]
    assert headings[:4] == ["考核目的", "适用范围", "考核原则", "考核机构"]


@pytest.mark.parametrize(("file", "said"), [("2026-Q2.csv", ["综合评分", "结论"]), ("2026-Q3.csv", ["评语"])])
def test_a_results_are_headed_by_the_indicators(file, said):
    headers, people = rows(file)
    assert headers == ["工号", "姓名", "评分人", *(i.name for i in plan(SPECIALIST).indicators), *said]
    period = parse_period(Path(file).stem)
    assert period
    assert period.start >= plan(SPECIALIST).effective, "assessed by the plan that was in force"
    assert len({p["工号"] for p in people}) == len(people)
    assert all(p["工号"].startswith("00") and len(p["工号"]) == 4 for p in people)


def test_a_files_are_the_ones_the_plan_names():
    (pattern,) = plan(SPECIALIST).results
    assert [p.name for p in sorted(PLANS.glob(pattern))] == ["2026-Q2.csv", "2026-Q3.csv"]


def test_a_published_case_makes_87_71():
    _, (person,) = rows("2026-Q2.csv")
    items = plan(SPECIALIST).indicators
    assert tuple(int(person[i.name]) for i in items) == CASE
    plain = sum(score * weight for score, weight in zip(CASE, weights(items), strict=True)) / 100
    assert plain == Decimal("105.25")
    assert total(person) == Fraction(10525, 120)
    assert f"{Decimal(10525) / Decimal(120):.2f}" == "87.71"
    assert grade(total(person)) == "良好"
    assert person["综合评分"] == "85.5"
    assert holds(person["结论"], "基本满意", "用户活跃度", "内容质量", "培训", "激励")


def test_a_team_is_twelve_made_up_people_over_all_grades():
    _, people = rows("2026-Q3.csv")
    assert len(people) == 12
    assert [p["工号"] for p in people] == [f"{n:04}" for n in range(7, 19)]
    assert [p["姓名"] for p in people] == [f"测试{c}" for c in "甲乙丙丁戊己庚辛壬癸子丑"]
    assert all(20 <= len(p["评语"]) <= 60 for p in people)
    assert len({p["评语"] for p in people}) == 12
    assert {grade(total(p)) for p in people} == {"优秀", "良好", "合格", "待改进"}


# B1: the department's scheme


def test_b1_has_five_dimensions_that_make_110():
    dimensions = plan(DEPARTMENT).dimensions
    assert {d.name: [i.name for i in d.indicators] for d in dimensions} == {
        "粉丝": ["新增率", "活跃度"],
        "内容质量": ["创意度", "满意度", "使用率"],
        "互动效果": ["参与度", "满意度"],
        "销售业绩": ["线索数量", "转化率", "客单价"],
        "运营成本": ["人力成本", "硬件设备成本", "营销成本"],
    }
    assert weights(dimensions) == [Decimal(w) for w in (40, 30, 20, 10, 10)]
    assert sum(weights(dimensions)) == Decimal(110)
    assert plan(DEPARTMENT).weights is WeightMode.NORMALIZE
    assert all(i.weight is None for d in dimensions for i in d.indicators)


def test_b1_names_that_two_dimensions_share_stay_apart():
    keys = [placed.key for placed in read(DEPARTMENT).indicators]
    assert len(set(keys)) == len(keys)
    assert {"内容质量/满意度", "互动效果/满意度"} <= set(keys)


def test_b1_costs_are_better_lower_and_the_rest_is_not():
    for dimension in plan(DEPARTMENT).dimensions:
        for item in dimension.indicators:
            cost = dimension.name == "运营成本"
            assert (item.polarity is Polarity.LOWER) is cost
            assert (item.method.tag == "inverse-ratio") is cost
    variants = {i.rule.variant for i in plan(DEPARTMENT).dimensions[-1].indicators}
    assert variants == set(InverseVariant)


def test_b1_grades_have_no_bounds_as_published():
    assert [g.name for g in plan(DEPARTMENT).grades] == ["优秀", "良好", "一般", "不合格"]
    assert all(g.from_ is None and g.to is None for g in plan(DEPARTMENT).grades)
    assert plan(DEPARTMENT).results == ()


def test_b1_cycles_steps_uses_and_publication():
    model = plan(DEPARTMENT)
    assert model.cycle == (Cycle.QUARTERLY, Cycle.HALF_YEARLY, Cycle.YEARLY)
    assert len(model.process) == 6
    reward, fail, basis = (use.then for use in model.results_use)
    assert "奖励" in reward
    assert holds(fail, "培训", "辅导", "依法解除劳动合同")
    assert holds(basis, "晋升", "调岗", "薪资调整")
    assert model.publication is Publication.OPEN
    assert model.position is None


def test_b1_has_four_purposes_for_all_members():
    prose = {s.heading: s.markdown for s in read(DEPARTMENT).sections}
    assert len(re.findall(r"^\d\. ", prose["考核目的"], re.MULTILINE)) == 4
    assert "全体成员" in prose["适用范围"]


# B2: the department's quarterly scheme


def test_b2_has_four_dimensions_that_make_100():
    dimensions = plan(QUARTERLY).dimensions
    assert {d.name: [i.name for i in d.indicators] for d in dimensions} == {
        "工作效果": ["增速", "互动率", "内容质量"],
        "工作效率": ["工时", "质量", "流程"],
        "工作积极性": ["参与度", "协作", "成长"],
        "工作成果": ["活动效果", "影响力", "满意度"],
    }
    assert weights(dimensions) == [Decimal(w) for w in (40, 30, 20, 10)]
    assert sum(weights(dimensions)) == Decimal(100)
    assert plan(QUARTERLY).weights is WeightMode.EXACT
    assert all(i.weight is None for d in dimensions for i in d.indicators)


def test_b2_mixes_scoring_methods():
    assert {i.method.tag for i in plan(QUARTERLY).all_indicators} == {"direct", "ratio", "inverse-ratio"}
    assert indicator("增速", QUARTERLY).target == parse_quantity("15%")
    assert indicator("工时", QUARTERLY).polarity is Polarity.LOWER


def test_b2_is_quarterly_and_ad_hoc_and_cuts_both_ways():
    model = plan(QUARTERLY)
    assert model.cycle == (Cycle.QUARTERLY, Cycle.AD_HOC)
    praise, remedy, team, strategy = (use.then for use in model.results_use)
    assert holds(praise, "晋升", "加薪", "表彰")
    assert holds(remedy, "培训", "调整岗位", "降职")
    assert holds(team, "凝聚力")
    assert holds(strategy, "经验教训")
    assert len(bands(model)) == len(model.grades) == 4


def test_b2_workbook_is_the_one_its_script_makes():
    assert workbook_bytes() == workbook_bytes()
    assert cells(BytesIO(workbook_bytes())) == cells(TARGET)


def cells(file: Path | BytesIO) -> list:
    book = openpyxl.load_workbook(file)
    return [(s.title, [[(c.value, c.number_format) for c in row] for row in s.iter_rows()]) for s in book]


def test_b2_workbook_holds_eight_people():
    (pattern,) = plan(QUARTERLY).results
    assert list(PLANS.glob(pattern)) == [TARGET]
    results, guide = openpyxl.load_workbook(TARGET).worksheets
    assert (results.title, guide.title) == ("考核结果", "说明")
    head, *people = results.iter_rows()
    assert [c.value for c in head] == ["工号", "姓名", *(i.name for i in plan(QUARTERLY).all_indicators), "评语"]
    assert all(c.font.bold for c in head)
    assert results.freeze_panes == "C2"
    assert len(people) == len(PEOPLE) == 8
    for row in people:
        assert isinstance(row[0].value, str)
        assert row[0].value.startswith("00")
        assert row[0].number_format == "@"
        assert row[1].value.startswith("测试")
        assert 20 <= len(row[-1].value) <= 60


def test_b2_percentages_are_cells_in_percent_format():
    head, *people = openpyxl.load_workbook(TARGET).worksheets[0].iter_rows()
    for column, name in enumerate(c.value for c in head):
        if name in ("工号", "姓名", "评语"):
            continue
        target = indicator(name, QUARTERLY).target
        percent = bool(target and target.percent)
        assert all(("%" in row[column].number_format) is percent for row in people)


# C: duties and standards of the marketing position


def test_c_has_six_duty_areas_with_items():
    assert [(a.area, len(a.items)) for a in plan(MARKETING).duties] == [
        ("社群搭建与规划", 3),
        ("日常运营与维护", 5),
        ("用户激活与留存", 3),
        ("转化与价值挖掘", 5),
        ("数据分析与优化", 2),
        ("跨部门协作", 2),
    ]


@pytest.mark.parametrize(
    ("area", "topics"),
    [
        (0, ("定位", "架构", "入群规则", "群规", "种子用户", "冷启动")),
        (1, ("引流", "入群引导", "日常互动", "用户关系", "答疑", "投诉", "秩序")),
        (2, ("用户分层", "内容供给", "关怀", "激励")),
        (3, ("营销活动", "线索", "付费转化", "产品反馈", "口碑")),
        (4, ("数据监测", "迭代")),
        (5, ("沟通协调", "资源")),
    ],
)
def test_c_items_cover_their_area(area, topics):
    assert holds("".join(item.text for item in plan(MARKETING).duties[area].items), *topics)


def test_c_scores_nobody():
    model = plan(MARKETING)
    assert model.results == ()
    assert all(d.weight is None for d in model.dimensions)
    assert all(i.weight is None for i in model.all_indicators)


def test_c_standards_are_of_both_natures_and_terms():
    items = plan(MARKETING).all_indicators
    assert {i.nature for i in items} == set(Nature)
    assert {i.term for i in items} == set(Term)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("社群总人数与净增长", ("总数", "净增长")),
        ("月均新增用户数", ("平均每月", "有效用户")),
        ("日均与周均消息数", ("每日", "每周", "运营人员本人发布的消息不计", "无效消息不计")),
        ("月均活跃用户数及占比", ("发言4次以上", "打开社群8次以上", "比例")),
        ("月留存率", ("期初用户中期末仍在群的人数÷期初用户人数",)),
        ("核心用户数", ("活跃",)),
        ("平均停留时长或打开频次", ("仅在所用工具能够统计时考核",)),
        ("用户满意度或净推荐值", ("问卷", "净推荐值")),
        ("用户优质内容贡献", ("用户主动分享", "优质内容")),
    ],
)
def test_c_states_its_counting_rules(name, words):
    assert holds(said(indicator(name, MARKETING)), *words)


# D: the position standard


def test_d_has_six_duties_and_five_skills():
    model = plan(STANDARD)
    assert [a.area for a in model.duties] == ["社群建设", "内容策划", "用户管理", "互动与沟通", "数据分析", "营销推广"]
    assert len(model.qualifications) == 5
    assert all(item.standard for area in model.duties for item in area.items)


def test_d_assesses_each_duty_by_one_indicator():
    model = plan(STANDARD)
    assert [i.assesses for i in model.indicators] == [(a.area,) for a in model.duties]
    assert all(i.weight is None for i in model.indicators)


def test_d_names_the_five_areas_of_work():
    (prose,) = [s.markdown for s in read(STANDARD).sections if s.heading == "岗位目的"]
    areas = [line.split("|")[1].strip() for line in prose.split("\n") if line.startswith("|")][2:]
    assert areas == ["社群定位与规划", "社群建设与维护", "内容策划与推广", "用户互动与维护", "数据分析与优化"]


def test_d_says_what_a_position_standard_says():
    model = plan(STANDARD)
    assert model.summary
    assert model.reports_to
    assert model.authority
    assert model.relations


# E: the policy


def articles(title: str) -> list:
    (found,) = [c for c in plan(POLICY).chapters if c.title == title]
    return [*found.articles, *(article for section in found.sections for article in section.articles)]


def chapter(title: str) -> str:
    return "\n".join(line for a in articles(title) for line in (a.title or "", a.text, *a.items))


def test_e_has_its_chapters_with_headed_sections():
    sections = {c.title: [s.title for s in c.sections] for c in plan(POLICY).chapters}
    assert sections == {
        "總則": ["目的", "適用範圍", "基本原則"],
        "社群規劃與建設": ["社群定位", "社群架構設計", "社群平台選擇與建設"],
        "社群內容運營": ["內容規劃", "內容創作與審核", "內容發布與推廣"],
        "社群活動運營": ["活動策劃", "活動執行與組織", "活動總結與評估"],
        "社群成員管理": ["成員招募", "成員審核與加入", "成員激勵與維護", "成員退出與清理"],
        "社群數據分析與評估": ["數據指標設定", "數據收集與分析", "運營效果評估與優化"],
        "社群安全與風險防控": ["安全管理", "風險防控"],
        "附則": [],
    }


def test_e_has_the_four_principles():
    (article,) = [a for a in articles("總則") if "原則" in a.text]
    assert [item.partition("：")[0] for item in article.items] == ["精準定位", "用戶導向", "合規運營", "持續創新"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("社群規劃與建設", ("受眾", "主題", "群主", "管理員", "活躍成員", "普通成員", "入群規則", "交流規則", "獎懲規則", "平台")),
        ("社群內容運營", ("策劃", "內容日曆", "創作", "初審", "複審", "發布", "推廣")),
        ("社群活動運營", ("目標", "形式", "執行", "總結", "評估")),
        ("社群成員管理", ("招募", "審核", "激勵", "分層", "退出", "清理")),
        (
            "社群數據分析與評估",
            ("活躍度", "1日", "7日留存率", "30日留存率", "購買轉化", "合作轉化", "推薦轉化", "閱讀量", "按讚數", "評論數", "分享數"),
        ),
        ("社群安全與風險防控", ("加密", "防火牆", "輿情")),
        ("附則", ("解釋", "生效之日")),
    ],
)
def test_e_chapters_rule_what_they_should(title, words):
    assert holds(chapter(title), *words)


def test_e_reports_weekly_monthly_or_quarterly():
    (article,) = [a for a in articles("社群數據分析與評估") if "評估報告" in a.text]
    assert holds(article.text, "每週", "每月", "每季度", "完成情況", "問題", "建議")


def test_e_leaves_numbering_to_the_document():
    headings = [c.title for c in plan(POLICY).chapters] + [s.title for c in plan(POLICY).chapters for s in c.sections]
    texts = headings + [line for c in plan(POLICY).chapters for line in chapter(c.title).split("\n")]
    assert not [t for t in texts if re.match(r"[第（(]|[\d一二三四五六七八九十]+[、.．]", t)]
