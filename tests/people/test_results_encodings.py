"""CSV files in the encodings that spreadsheets and HR systems write."""

import pytest

from genplan.people.expected_content import expected_content
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
SIMPLIFIED = "工号,姓名,内容质量,评语\n0007,欧阳娜,80,渠道拓展成效突出\n0008,李建国,90,好\n"
TRADITIONAL = "員工編號,姓名,內容品質,評語\n0007,歐陽娜,80,渠道拓展成效突出\n0008,李建國,90,好\n"


@pytest.fixture
def traditional(make_plan):
    text = "---\nschema: 1\ntitle: 考核\ndepartment: 社群部\nlanguage: zh-TW\nindicators: [{name: 內容品質, weight: 100%}]\n{}---\n"
    return lambda more="": make_plan(text=text.replace("{}", more))


def read(plan, data, names=frozenset()):
    table, found = read_table(data, "team.csv", expected_content(plan, names))
    people, _ = read_people(table, plan, Q3) if table else ([], [])
    return [(person.name, person.actuals[key].text) for person in people for key in person.actuals], [d.code for d in found]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_of_simplified_chinese(plan, codec, end):
    assert read(plan, SIMPLIFIED.replace("\n", end).encode(codec)) == ([("欧阳娜", "80"), ("李建国", "90")], [])


@pytest.mark.parametrize(
    ("codec", "told"), [("utf-8", []), ("big5", ["GP497"]), ("cp950", ["GP497"]), ("gb18030", []), ("utf-16", []), ("utf-16-be", [])]
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_of_traditional_chinese(traditional, codec, told, separator):
    text = TRADITIONAL.replace(",", separator)
    assert read(traditional(), text.encode(codec)) == ([("歐陽娜", "80"), ("李建國", "90")], told)


def test_big5_is_told_whatever_the_plans_language(plan):
    text = "工號,姓名,內容質量\n0007,歐陽娜,80\n".replace("內容質量", "new-members")
    assert read(plan, text.encode("big5")) == ([("歐陽娜", "80")], ["GP497"])


def test_a_title_does_not_hide_the_headers(traditional):
    assert read(traditional(), ("二〇二六年第三季考核表,,,\n" + TRADITIONAL).replace("〇", "零").encode("big5"))[0][0] == ("歐陽娜", "80")


LATIN = "id,name,{}\n0007,歐陽娜,80\n0008,李建國,90\n"


def test_names_alone_do_not_tell(plan):
    data = LATIN.format("new-members").encode("big5")
    assert data.decode("gb18030") != LATIN.format("new-members")
    assert read(plan, data) == ([], ["GP496"])


def test_known_names_tell(plan):
    data = LATIN.format("new-members").encode("big5")
    assert read(plan, data, frozenset({"李建國", "王五"})) == ([("歐陽娜", "80"), ("李建國", "90")], ["GP497"])


@pytest.mark.parametrize("written", ["big5", "大五码", "BIG5"])
def test_the_plan_names_the_encoding(make_plan, written):
    plan = make_plan(f"encoding: {written}" if written != "BIG5" else "编码: big5")
    assert read(plan, LATIN.format("new-members").encode("big5")) == ([("歐陽娜", "80"), ("李建國", "90")], [])


def test_a_wrong_name_of_the_encoding_is_told(make_plan):
    assert read(make_plan("encoding: utf-8"), SIMPLIFIED.encode("gbk")) == ([], ["GP402"])


def test_the_language_tells_where_characters_are_common_in_one_encoding_alone(plan):
    data = "id,name,new-members,comment\n0007,欧阳娜,80,渠道拓展成效突出，用户反馈良好。\n".encode("gbk")
    assert read(plan, data) in (([("欧阳娜", "80")], ["GP497"]), ([], ["GP496"]))


@pytest.mark.parametrize("name", ["José Müller", "Zoë", "Müller"])
def test_names_of_western_europe_never_become_chinese(plan, name):
    data = f"id,name,new-members\n0007,{name},80\n".encode("cp1252")
    people, found = read(plan, data)
    assert (people, found) in (([], ["GP496"]), ([], ["GP402"]))


@pytest.mark.parametrize("name", ["张�三", "锟斤拷"])
def test_characters_that_were_lost_before_are_told(plan, name):
    assert read(plan, f"工号,姓名,内容质量\n0007,{name},80\n".encode()) == ([], ["GP496"])


def test_half_a_file_in_another_encoding(plan):
    assert read(plan, "工号,姓名,内容质量\n".encode() + "0007,张三,80\n".encode("gbk"))[1] in (["GP402"], ["GP496"])


def test_utf_32(plan):
    assert read(plan, SIMPLIFIED.encode("utf-32")) == ([], ["GP402"])


def test_no_name_in_big5_is_ever_read_as_another(traditional):
    """Every common character in turn as the only name of a file without headers in Chinese: right, or refused."""
    characters = [bytes((high, low)).decode("big5") for high in range(0xA4, 0xC6, 3) for low in range(0x40, 0x7F, 7)]
    for character in characters:
        people, found = read(traditional(), f"id,name,內容品質\n0007,{character},80\n".encode("big5"))
        assert ([name for name, _ in people], found) == ([character], ["GP497"])
        people, found = read(traditional(), f"id,name,a\n0007,{character},80\n".encode("big5"))
        assert found[0] in ("GP496", "GP497", "GP402")


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_of_the_encodings_own_is_no_part_of_the_first_header(plan, codec):
    """GB18030 can write the mark too, and some programs write a second one."""
    assert read(plan, f"\ufeff{SIMPLIFIED}".encode(codec)) == ([("欧阳娜", "80"), ("李建国", "90")], [])
