"""What is said about files: that they are on their way, and which there are."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts.meetings import title
from handlers.texts.text import Text, lines
from records.model import Community, Meeting

COMING = "文件稍后发到您的私聊。"
NOT_THE_ARCHIVE = "本助手不是档案：请按规定另行归档。"


def record_coming(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}的会议记录草稿稍后发来。")


def which_export(community: Community) -> Text:
    return lines(f"{community.name}：请选择要导出的材料。", NOT_THE_ARCHIVE)


def export_buttons(years: Sequence[int]) -> tuple[tuple[Button, ...], ...]:
    books = [
        (
            Button(f"{year}年台账", "export", f"ledger:{year}"),
            Button(f"{year}年年底材料", "export", f"year_end:{year}"),
        )
        for year in years
    ]
    return (*books, (Button("登记情况图", "export", f"picture:{years[0]}"),))
