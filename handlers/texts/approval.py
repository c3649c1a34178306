"""What is said about 接入确认, which is not the 批复, and about the administrative order."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP, pairs
from handlers.texts.sharing import share_button
from handlers.texts.subdistrict import ordered
from handlers.texts.text import Text, bold, fold, lines
from records.calendar import day_of
from records.connections import Connection
from records.model import Community, Staff

NOT_THE_REPLY = "此操作只确认社区使用本助手，不代替成立大党委的批复和报备。"
SEEN = "确认后街道可以看到登记状态和会议的应到、实到人数，看不到姓名和议定事项。"
NONE_WAITING = "没有待接入确认的社区。"
NO_COMMUNITY = "本街道还没有社区设置本助手。"
PAGE = 20
BACK = Button("返回", "approve")


def waiting(found: Sequence[Connection]) -> Text:
    """What waits, with a button each."""
    names = [one.community.name for one in found if one.confirmed_at is None]
    if not found:
        return Text(NO_COMMUNITY)
    if not names:
        return Text(f"{NONE_WAITING}已接入{len(found)}个社区。")
    return lines(
        bold(f"待接入确认{len(names)}件，点社区名称确认："),
        *(f"{name}" for name in names[:PAGE]),
        f"其余{len(names) - PAGE}件，确认后再发送 /approve。" if len(names) > PAGE else None,
        SEEN,
        NOT_THE_REPLY,
    )


def waiting_buttons(found: Sequence[Connection]) -> tuple[tuple[Button, ...], ...]:
    unconfirmed = [one.community for one in found if one.confirmed_at is None]
    keys = [Button(one.name, "approve", str(one.id)) for one in unconfirmed[:PAGE]]
    tools = []
    if len(unconfirmed) < len(found):
        tools.append(Button("已接入的社区", "connected", "0"))
    if len(found) > 1:
        tools.append(Button("社区排序", "arrange"))
    return (*pairs(keys), *((tuple(tools),) if tools else ()))


def confirmed(one: Connection) -> Text:
    on = dates.long_day(day_of(one.confirmed_at)) if one.confirmed_at is not None else ""
    return lines(f"{one.community.name}已接入（{on}确认）。", NOT_THE_REPLY)


def confirmed_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    return ((Button("撤销确认", "disconnect", str(community.id)), BACK),)


def revoked(community: Community) -> Text:
    return Text(f"已撤销{community.name}的接入确认，街道不再看到该社区的情况。")


def revoked_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((BACK,),)


def told_confirmed(one: Staff, community: Community) -> Text:
    """To the community's worker and Party secretary."""
    return lines(
        f"{one.subdistrict}已确认{community.name}接入。",
        "街道可以看到本社区的登记状态和会议的应到、实到人数，看不到姓名和议定事项；"
        "台账由社区决定是否提供，可随时停止。",
        NOT_THE_REPLY,
    )


def told_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    return ((share_button(community),),)


def told_revoked(one: Staff, community: Community) -> Text:
    return Text(
        f"{one.subdistrict}已撤销{community.name}的接入确认，不再看到本社区的情况。"
        "各项功能照常使用。"
    )


def connected(total: int) -> Text:
    return Text(f"已接入{total}个社区，点社区名称可撤销确认：")


def connected_buttons(
    shown: Sequence[Community], *, page: int, has_more: bool
) -> tuple[tuple[Button, ...], ...]:
    keys = pairs([Button(one.name, "connection", str(one.id)) for one in shown])
    turns = [Button("上一页", "connected", str(page - 1))] if page else []
    turns += [Button("下一页", "connected", str(page + 1))] if has_more else []
    return (*keys, (*turns, BACK))


def arrange(found: Sequence[Connection]) -> Text:
    return lines(
        "请按行政顺序发送社区名称，每行一个；没有写到的排在后面。现在的顺序：",
        fold(ordered([one.community.name for one in found])),
    )


def arrange_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def arranged(found: Sequence[Connection]) -> Text:
    names = [one.community.name for one in found]
    return lines("已按您写的顺序排列：", fold(ordered(names)))
