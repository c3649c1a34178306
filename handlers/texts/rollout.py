"""What is said about a document that a subdistrict hands to its communities."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP
from handlers.texts.text import Text, bold, fold, joined, lines
from records.model import Community, Staff
from records.rollouts import Rollout

SEND_FILE = "请把要下发的文件发到这里（不超过5MB）。涉密和标明内部的文件不要发送。"
FILE_FIRST = "请先发送要下发的文件（不超过5MB），再写标题和执行日期。"
ASK_TITLE = "文件已收到。请在一行内写明标题和执行日期，例如：关于××的通知 2026年12月1日"
NO_COMMUNITIES = "还没有已接入的社区，不能下发。请先发送 /approve 办理接入确认。"
READABLE = (".docx", ".pdf", ".txt", ".md", ".html", ".htm", ".xlsx", ".csv", ".jsonl")
SENT_BEFORE = "这份文件已经下发过，没有重复发送。"


def drop_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def preview(rollout: Rollout, to: Sequence[Community]) -> Text:
    """To which communities it would go."""
    return lines(
        bold(f"《{rollout.title}》，自{dates.long_day(rollout.effective_on)}起执行。"),
        f"文件：{rollout.paper.name}",
        f"将发给{len(to)}个社区的党务工作者：",
        fold(joined("、", [one.name for one in to])),
    )


def preview_buttons(rollout: Rollout) -> tuple[tuple[Button, ...], ...]:
    return ((Button("下发", "sendout", str(rollout.id)), DROP),)


def document(rollout: Rollout, one: Staff) -> Text:
    """With the file, to a community's worker."""
    applies = f"自{dates.long_day(rollout.effective_on)}起执行。"
    return Text(f"{one.subdistrict}下发：《{rollout.title}》，{applies}")


def sent(rollout: Rollout, reached: int, unreached: Sequence[Community]) -> Text:
    names = "、".join(one.name for one in unreached)
    return lines(
        f"已下发《{rollout.title}》，发给{reached}个社区。",
        f"以下{len(unreached)}个社区没有可以接收的党务工作者，请另行送达：{names}。"
        if unreached
        else None,
    )


def sent_buttons(rollout: Rollout) -> tuple[tuple[Button, ...], ...]:
    """What can be read may also be answered from."""
    if not rollout.paper.name.lower().endswith(READABLE):
        return ()
    return ((Button("供各社区收录", "docoffer", str(rollout.id)),),)
