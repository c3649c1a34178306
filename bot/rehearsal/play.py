"""A scripted half-year in the rehearsal group, without a browser; the transcript on stdout."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal import cast, people
from bot.rehearsal.clock import StandingClock
from bot.rehearsal.group import Group, opened
from bot.rehearsal.state import Json
from handlers.texts import dates
from records.calendar import CHINA
from scheduler import reminders

START = datetime(2026, 7, 1, 9, 0, tzinfo=CHINA)
SECRETARY, WORKER, FULL_TIMER, MEMBER, LIAISON = "李书明", "王岚", "赵卫国", "陈敏", "刘强"
SIX = (SECRETARY, FULL_TIMER, MEMBER, "孙丽", "吴海", "郑洁")
PARKING = """幸福里社区停车管理办法
（2026年6月8日幸福里社区居民委员会通过，幸居委〔2026〕3号）
第一条 为规范小区停车秩序，制定本办法。
第二条 居民凭房产证或者租赁合同到社区服务大厅办理停车证，每户限办两张。
第三条 访客车辆停放不得超过四小时，确需过夜的由住户提前登记。
"""


@dataclass
class Transcript:
    """What was said since the last look: messages as they now stand, and toasts."""

    group: Group
    _shown: dict[tuple[int, int], str] = field(default_factory=dict)
    _toasts: int = 0

    def fresh(self) -> list[str]:
        """New and changed messages of every chat in the order of their times, then toasts."""
        telegram = self.group.telegram
        found: list[tuple[int, str]] = []
        for chat_id, messages in telegram.history.items():
            for message in messages:
                key, words = (chat_id, message["message_id"]), _words(message)
                if self._shown.get(key) != words:
                    changed = "（已更新）" if key in self._shown else ""
                    self._shown[key] = words
                    found.append((message["message_id"], self._line(chat_id, message, changed)))
        lines = [line for _number, line in sorted(found)]
        for toast in telegram.toasts[self._toasts :]:
            if toast.text:
                name = telegram.users[toast.user_id]["first_name"]
                lines.append(f"　　〔{name}看到提示〕{toast.text}")
        self._toasts = len(telegram.toasts)
        return lines

    def _line(self, chat_id: int, message: Json, changed: str) -> str:
        place = "群" if chat_id == cast.GROUP_ID else f"{self._name(chat_id)}私聊"
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        keys = "".join(f"〔{key['text']}〕" for row in rows for key in row)
        words = _words(message).replace("\n", "\n　　　　")
        said = f"［{place}］{message['from']['first_name']}{changed}：{words}"
        return f"{said}\n　　　　{keys}" if keys else said

    def _name(self, user_id: int) -> str:
        return str(self.group.telegram.users[user_id]["first_name"])


async def play() -> None:
    """Run the half-year and print it."""
    async with opened(StandingClock(START)) as group:
        transcript = Transcript(group)
        transcript.fresh()  # the set-up: everybody confirmed, the group joined
        async for heading in _half_year(group):
            lines = transcript.fresh()
            if heading:
                _print(f"\n—— {dates.full_moment(group.clock.now())}　{heading} ——")
            for line in lines:
                _print(line)


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the result of the command


async def _half_year(group: Group) -> AsyncIterator[str]:
    """Act by act; what each yields is its heading."""
    for act in ACTS:
        async for heading in act(group):
            yield heading


async def _questions(group: Group) -> AsyncIterator[str]:
    await group.says(MEMBER, "/ask 工作会议要多少人到会才能开")
    await group.says(FULL_TIMER, f"@{cast.BOT_USERNAME} 我们社区63名党员，设什么组织")
    yield "查规定"


async def _document(group: Group) -> AsyncIterator[str]:
    """A short document of the community's own, which answers as soon as it is published."""
    user_id = cast.USER_IDS[WORKER]
    people.send_document(group.telegram, user_id, "停车管理办法.txt", PARKING.encode())
    await group.settled()
    yield "发来文件"
    for label in ("发布", "来源信息无误，发布"):
        await _press_in_private(group, WORKER, label)
    await group.says(MEMBER, "/ask 访客车辆停放不得超过几小时")
    yield "发布后提问"


async def _unanswered(group: Group) -> AsyncIterator[str]:
    """A refusal, the worker's answer to whoever asked, the second person's approval, the next who asks."""
    await group.says(LIAISON, "/ask 社区活动室几点开门")
    yield "文件没有规定的"
    await group.says(WORKER, "/unanswered", in_group=False)
    await _press_in_private(group, WORKER, "1. 社区活动室几点开门")
    await _press_in_private(group, WORKER, "答复")
    await group.says(WORKER, "活动室周一至周五9:00开门，21:00关门。", in_group=False)
    await _press_in_private(group, WORKER, "发送")
    yield "答复"
    await _press_in_private(group, WORKER, "收入知识库（须另一人同意）")
    await _press_in_private(group, SECRETARY, "同意收入")
    await group.says(FULL_TIMER, "/ask 社区活动室几点开门")
    yield "收入本社区补充"


async def _july(group: Group) -> AsyncIterator[str]:
    """A meeting that reaches two thirds."""
    await group.says(WORKER, "/newmeeting 7月15日下午3点 工作会议 二楼会议室")
    await _press(group, WORKER, "对")
    yield "登记会议"
    await _move(group, datetime(2026, 7, 14, 10, 0, tzinfo=CHINA))
    await _press_in_private(group, MEMBER, "能到会")
    yield "会前询问"
    await _move(group, datetime(2026, 7, 15, 15, 0, tzinfo=CHINA))
    await group.says(WORKER, "/opensign")
    for name in SIX[1:]:
        await _press(group, name, "我已到会")
    await _press(group, "冯涛", "请假")
    await group.says(SECRETARY, "/attend")
    await _press(group, MEMBER, "我已到会")
    await group.says(WORKER, "/closesign")
    await _press_in_private(group, WORKER, "确认名单")
    yield "达到三分之二"


async def _august(group: Group) -> AsyncIterator[str]:
    """Reminders, a meeting with too few, and one that counts."""
    async for heading in _until(group, datetime(2026, 8, 20, 15, 0, tzinfo=CHINA)):
        yield heading
    await group.says(WORKER, "/newmeeting 今天15:10 工作会议 二楼会议室")
    await _press(group, WORKER, "对")
    await group.says(WORKER, "/opensign")
    for name in SIX[:5]:
        await _press(group, name, "我已到会")
    await group.says(WORKER, "/closesign")
    await _press_in_private(group, WORKER, "只作登记")
    yield "到会人数不足"
    async for heading in _until(group, datetime(2026, 8, 28, 15, 0, tzinfo=CHINA)):
        yield heading
    await group.says(WORKER, "/newmeeting 今天15:10 党建联席会议 二楼会议室")
    await _press(group, WORKER, "对")
    await group.says(WORKER, "/opensign")
    for name in (*SIX, LIAISON):
        await _press(group, name, "我已到会")
    words = "/vote 加装楼道扶手 举手 同意3 不同意2 弃权1"
    await group.says(WORKER, words, in_group=False)
    await _press_in_private(group, WORKER, "暂缓，请示街道党工委")
    await group.says(WORKER, "/closesign")
    yield "联席会议"


async def _september(group: Group) -> AsyncIterator[str]:
    async for heading in _until(group, datetime(2026, 10, 1, tzinfo=CHINA)):
        yield heading
    await group.says(MEMBER, "/duty")
    yield "看例行事项"


async def _autumn(group: Group) -> AsyncIterator[str]:
    async for heading in _until(group, datetime(2026, 11, 16, 18, 0, tzinfo=CHINA)):
        yield heading


async def _contact(group: Group) -> AsyncIterator[str]:
    """The liaison registers a contact of September from his reminder, and a deed that the worker confirms."""
    await _press_in_private(group, LIAISON, "已联系，去登记")
    await group.says(LIAISON, "9月12日", in_group=False)
    await _press_in_private(group, LIAISON, "来访")
    yield "登记联系沟通"
    await group.says(LIAISON, "/deed 为小区更换楼道灯", in_group=False)
    await _press_in_private(group, LIAISON, "今天")
    await _press_in_private(group, WORKER, "确认")
    await group.says(LIAISON, "/duty", in_group=False)
    yield "登记实事好事"


async def _december(group: Group) -> AsyncIterator[str]:
    """The mutual appraisal, with what it settles besides itself."""
    async for heading in _until(group, datetime(2026, 12, 22, 15, 0, tzinfo=CHINA)):
        yield heading
    await group.says(WORKER, "/newmeeting 今天15:10 双述双评会议 二楼会议室")
    await _press(group, WORKER, "对")
    await group.says(WORKER, "/opensign")
    for name in SIX:
        await _press(group, name, "我已到会")
    await group.says(WORKER, "/closesign")
    await _press_in_private(group, WORKER, "确认名单")
    await _press_in_private(group, WORKER, "全部已述职")
    yield "双述双评"
    async for heading in _until(group, datetime(2026, 12, 31, 18, 0, tzinfo=CHINA)):
        yield heading
    await group.says(WORKER, "/duty", in_group=False)
    yield "年底核对"


ACTS = (
    _questions,
    _document,
    _unanswered,
    _july,
    _august,
    _september,
    _autumn,
    _contact,
    _december,
)


async def _until(group: Group, target: datetime) -> AsyncIterator[str]:
    """Move to the target; a heading at each moment at which something was said."""
    while group.clock.now() < target:
        following = await reminders.next_look(group.app.database, group.clock.now())
        before = len(group.telegram.calls)
        await _move(group, min(following, target))
        if len(group.telegram.calls) > before:
            yield "提醒"


async def _move(group: Group, target: datetime) -> None:
    await group.advance(max(timedelta(), target - group.clock.now()))


async def _press_in_private(group: Group, name: str, label: str) -> None:
    await _press(group, name, label, chat_id=cast.USER_IDS[name])


async def _press(group: Group, name: str, label: str, *, chat_id: int = cast.GROUP_ID) -> None:
    """The newest button with this label."""
    for message in reversed(group.telegram.history[chat_id]):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for key in row:
                if key["text"] == label:
                    user_id, number = cast.USER_IDS[name], message["message_id"]
                    people.press(group.telegram, user_id, chat_id, number, key["callback_data"])
                    await group.settled()
                    return
    raise LookupError(label)


def _words(message: Json) -> str:
    if "document" in message:
        return f"{message.get('caption', '')}（文件：{message['document']['file_name']}）"
    return str(message.get("text", ""))
