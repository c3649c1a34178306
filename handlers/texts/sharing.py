"""What is said about a community's ledger that its subdistrict may read."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP
from handlers.texts.text import Text, lines
from records.model import Community, Person
from records.sharing import LONGEST, Share

WHAT = "台账含会议签到明细等姓名。街道每次导出都记入本社区的操作记录（/audit），可随时停止提供。"


def share_button(community: Community) -> Button:
    """Under the news of the confirmation, and in /export."""
    return Button("向街道提供台账", "share", str(community.id))


def which(community: Community, shares: Sequence[Share]) -> Text:
    """What is shared now, and which year may be."""
    return lines(
        f"向{community.subdistrict}提供哪一年的台账？",
        WHAT,
        *(f"现提供{one.year}年台账，用途：{one.purpose}" for one in shares),
    )


def which_buttons(
    community: Community, shares: Sequence[Share], years: Sequence[int]
) -> tuple[tuple[Button, ...], ...]:
    offered = [Button(f"{year}年", "share", f"{community.id}:{year}") for year in years]
    return (
        tuple(offered),
        *((stop_button(community, one, named=True),) for one in shares),
        (DROP,),
    )


def stop_button(community: Community, share: Share, *, named: bool = False) -> Button:
    year = f"（{share.year}年）" if named else ""
    return Button(f"停止提供{year}", "unshare", f"{community.id}:{share.id}")


def ask_purpose(year: int) -> Text:
    return Text(f"请写明提供{year}年台账的用途（不超过{LONGEST}字），例如：年度考核核对会议情况")


def ask_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def granted(community: Community, share: Share) -> Text:
    return lines(
        f"已向{community.subdistrict}提供{community.name}{share.year}年台账。",
        f"用途：{share.purpose}",
        "每次导出记入 /audit。",
    )


def granted_buttons(community: Community, share: Share) -> tuple[tuple[Button, ...], ...]:
    return ((stop_button(community, share),),)


def told_granted(community: Community, share: Share, by: Person) -> Text:
    """To the staff; the button is beside it."""
    return lines(
        f"{community.name}向街道提供{share.year}年台账（提供人{by.name}，"
        f"{dates.long_day(share.granted_on)}）。",
        f"用途：{share.purpose}",
        "请仅用于上述用途。导出会记入社区的操作记录。",
    )


def told_granted_buttons(community: Community, share: Share) -> tuple[tuple[Button, ...], ...]:
    words = f"{community.id}:{share.year}"
    return ((Button(f"导出{share.year}年台账", "sharedledger", words),),)


def stopped(community: Community, share: Share) -> Text:
    return Text(f"已停止向{community.subdistrict}提供{share.year}年台账。")


def told_stopped(community: Community, share: Share) -> Text:
    return Text(f"{community.name}已停止向街道提供{share.year}年台账，不能再导出。")


def ledger(community: Community, share: Share) -> Text:
    """With the file."""
    return lines(f"{community.name}{share.year}年台账已导出。", f"用途：{share.purpose}")
