"""What a document states of itself, and that nothing is guessed beside it."""

from datetime import date

import pytest

from knowledge.reading import Stated, read

ARTICLES = "第一条 甲。\n第二条 乙。\n第三条 丙。"


def card(*head: str, articles: str = ARTICLES, name: str = "文件(2024-01-01).txt") -> Stated:
    return read("\n".join([*head, articles]).encode(), name).card


def test_text_that_states_nothing_has_the_name_of_its_file() -> None:
    assert card() == Stated("文件(2024-01-01)", None, None, None, None, None)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            (
                "中华人民共和国邻里法",
                "2021年8月20日 第十三届全国人民代表大会常务委员会第三十次会议通过",
            ),
            Stated(
                "中华人民共和国邻里法",
                None,
                "第十三届全国人民代表大会常务委员会",
                date(2021, 8, 20),
                None,
                None,
            ),
        ),
        (
            (
                "物业条例",
                "2003年6月8日 中华人民共和国国务院令第379号公布",
                "2016年2月6日 《国务院关于修改部分行政法规的决定》第二次修订",
            ),
            Stated(
                "物业条例", "国务院令第379号", "中华人民共和国国务院", date(2016, 2, 6), None, None
            ),
        ),
        (
            (
                "信访条例",
                "2022年1月24日 中共中央政治局会议审议批准",
                "2022年2月25日 中共中央、国务院发布",
            ),
            Stated("信访条例", None, "中共中央、国务院", date(2022, 2, 25), None, None),
        ),
        (
            (
                "重庆市志愿条例",
                "（2015年5月28日重庆市第四届人民代表大会常务委员会第十八次会议通过）",
            ),
            Stated(
                "重庆市志愿条例",
                None,
                "重庆市第四届人民代表大会常务委员会",
                date(2015, 5, 28),
                "重庆市",
                None,
            ),
        ),
        (
            (
                "中共某某市委关于印发《某某市楼道管理办法》的通知",
                "某委发[2019]7号",
                "各区县党委：",
                "现印发给你们，请认真贯彻落实。",
                "中共某某市委",
                "二〇一九年十二月三日",
                "某某市楼道管理办法",
            ),
            Stated(
                "某某市楼道管理办法",
                "某委发〔2019〕7号",
                "中共某某市委",
                date(2019, 12, 3),
                "某某市",
                None,
            ),
        ),
        (
            ("某某街道关于印发《楼道公约》的通知", "请贯彻。"),
            Stated("楼道公约", None, None, None, None, None),
        ),
    ],
)
def test_head_states_what_the_document_is(head: tuple[str, ...], wanted: Stated) -> None:
    assert card(*head) == wanted


def test_issuer_and_day_may_stand_at_the_end() -> None:
    text = (
        "关于调整开放时间的通知\n各位居民：\n自下月起周末开放。\n河北省某某市民政局\n2024年3月1日"
    )

    assert read(text.encode(), "a.txt").card == Stated(
        "关于调整开放时间的通知", None, "河北省某某市民政局", date(2024, 3, 1), "河北省", None
    )


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("本办法自2020年3月1日起施行，有效期5年。", date(2025, 2, 28)),
        ("本办法自2020年7月1日起施行，有效期为三年。", date(2023, 6, 30)),
        ("本办法有效期至2025年12月31日。", date(2025, 12, 31)),
        ("本办法自公布之日起施行，有效期五年。", None),
        ("本办法自2020年3月1日起施行。", None),
    ],
)
def test_validity_is_computed_only_from_what_is_stated(words: str, until: date | None) -> None:
    assert card(articles=f"第一条 甲。\n第二条 乙。\n第三条 {words}").valid_until == until


def test_day_it_comes_into_force_is_not_the_day_it_was_made() -> None:
    assert card("某办法", "2020年1月2日公布，自2020年3月1日起施行").date == date(2020, 1, 2)
    assert card("某办法", articles="第一条 甲。\n第二条 本办法自2020年3月1日起施行。").date is None
    notice = "关于规范停车的通知\n自2026年12月1日起，访客车辆凭登记进入。"
    assert read(notice.encode(), "a.txt").card.date is None
