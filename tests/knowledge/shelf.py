"""Invented documents for a shelf: a regulation on parking, one on the reading room, and a question list."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from knowledge import segments
from knowledge.library import Library
from knowledge.passages import Clause, Document
from knowledge.segments import Segment
from knowledge.splitting import passages_of
from knowledge.stack import Volume

PARKING = """第一章 总则
第一条 为了规范小区机动车停放秩序，保障消防通道畅通，制定本办法。
第二条 本办法所称停车泊位，是指小区内划定的供机动车停放的场地。
第二章 停放
第三条 业主凭停车证停放机动车。停车证由物业服务企业免费发放，每户不超过两张。
第四条 外来机动车停放超过两小时的，按照每小时三元收取停车费。
第五条 任何人不得占用消防通道停放机动车。
第三章 罚则
第六条 违反本办法第五条规定占用消防通道的，由物业服务企业予以劝阻；拒不改正的，报告消防救援机构处理。
第七条 本办法自2026年1月1日起施行。"""
READING_ROOM = """第一条 社区图书室每周二至周日开放，开放时间为九时至十七时。
第二条 居民凭借书证借阅图书，每次可以借阅三册，借期三十日。
第三条 图书遗失的，借阅人应当按照原价赔偿。
第四条 图书室由社区居民委员会负责管理。"""
PAIRS = """问：停车证丢了怎么补办？
答：到物业服务中心登记，当天补发。
问：活动室可以包场吗？
答：可以，提前三天向居民委员会登记。"""


def volume(
    key: str,
    title: str,
    text: str,
    form: str = "regulation",
    *,
    ask: Sequence[tuple[str, str, str]] = (),
) -> Volume:
    """A document of the shelf; `ask` are passage number, clause and standard question."""
    document = Document(key, title, None, None, None, None, "是否现行有效待核实", "测试")
    passages = passages_of(document, form, text)
    by_id = {passage.id: passage for passage in passages}
    asks: dict[str, list[tuple[Clause, str]]] = {}
    for number, clause, question in ask:
        passage_id = f"{key}-{number}"
        pair = (by_id[passage_id].clause(clause), question)
        asks.setdefault(passage_id, []).append(pair)
    return Volume(passages, segments.build(passages, asks))


def parking(ask: Sequence[tuple[str, str, str]] = ()) -> Volume:
    return volume("d1", "幸福里小区机动车停放管理办法", PARKING, ask=ask)


def reading_room() -> Volume:
    return volume("d2", "社区图书室管理规定", READING_ROOM)


def pairs() -> Volume:
    return volume("d3", "常见问题", PAIRS, "pairs")


def furnished(library: Library) -> Library:
    """The shipped documents with all three beside them."""
    return library.with_volumes([parking(), reading_room(), pairs()])


def plain(segment: Segment) -> dict[str, object]:
    """All there is of a segment, to be compared."""
    return {
        one.name: value.tolist() if isinstance(value, np.ndarray) else value
        for one in fields(segment)
        for value in [getattr(segment, one.name)]
    }
