"""What is said of a community's own form of the meeting record."""

from datetime import datetime

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, DROP
from handlers.texts.record import FIELDS
from handlers.texts.text import Text, bold, lines
from records.calendar import day_of
from records.model import Community

NAME = "会议记录模板"
SEND = "请发送本社区的会议记录模板（.docx，不超过2MB）。"
FILE_FIRST = f"正在等待{NAME}的 .docx 文件。请发送文件，或点“取消”。"
NOT_WORD = "请发送 .docx 文件；旧版 .doc 请用 Word 另存为 .docx 后再发。"
READING = f"已收到{NAME}，正在核对。"
DROPPED = "已恢复标准格式。"
SAMPLE_FOLLOWS = "样例正在生成，稍后发到这里。"
SAMPLE = (
    "会议记录模板样例，即标准格式。可用 Word 改动版式，花括号及其中的文字请保持原样，改好后上传。"
)
SAMPLE_NAME = "会议记录模板样例.docx"
SAMPLE_TITLE = "{{ 名称 }}记录"
SENTENCES = {
    "broken": "打不开模板。请用 Word 另存为 .docx 后重新上传。",
    "large": "模板过大，请删去图片等内容后重新上传（不超过2MB）。",
    "syntax": "模板中的栏目写法有误。请写成“{{ 名称 }}”这样，两边各两个花括号。",
    "forbidden": "模板中有不允许的内容，没有执行。请只写栏目，例如“{{ 名称 }}”。",
    "heavy": "模板处理时间过长或内容过多。请精简后重新上传。",
    "empty": "模板中没有栏目，会议情况填不进去。请在要填写的位置写上“{{ 名称 }}”等栏目后重新上传。",
}


def refused(problem: str, name: str = "") -> str:
    """One sentence with its remedy."""
    if problem != "unknown":
        return SENTENCES[problem]
    return f"模板中的“{name[:20]}”不是会议记录的栏目。可用的栏目：{'、'.join(FIELDS)}。"


def placeholder(name: str) -> str:
    """{{ 时间 }}."""
    return f"{{{{ {name} }}}}"


def form(kept_at: datetime | None) -> Text:
    """Which form is used, and how one's own is made."""
    used = f"本社区模板（{_day(kept_at)}上传）" if kept_at is not None else "标准格式"
    return lines(
        bold(f"{NAME}：{used}"),
        "会议记录草稿按此格式生成。可上传本社区的 Word 模板，在要填写的位置写上栏目，两边各两个花括号。",
        f"可用的栏目：{'、'.join(placeholder(name) for name in FIELDS)}",
    )


def _day(moment: datetime) -> str:
    return dates.full_day(day_of(moment))


def form_buttons(community: Community, *, is_kept: bool) -> tuple[tuple[Button, ...], ...]:
    number = str(community.id)
    standard = (Button("恢复标准格式", "dropform", number),)
    return (
        (Button("上传模板", "newform", number), Button("下载样例", "formsample", number)),
        *((standard,) if is_kept else ()),
        (Button(BACK, "settings", f"{number}:back"),),
    )


def send_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def kept() -> Text:
    return lines(
        f"{NAME}已保存，今后的会议记录草稿按此格式生成。",
        "发送 /minutes 可生成最近一次会议的记录草稿，请核对版式。",
    )
