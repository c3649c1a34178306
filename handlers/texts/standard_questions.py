"""What is said about the standard questions of a document: sent as a workbook, read, refused, kept."""

from handlers.conversation import Button
from handlers.texts.documents import named
from handlers.texts.office import DROP
from handlers.texts.text import Text, bold, lines
from records.documents import Filed

FOLLOWS = (
    "标准问题表稍后发来。改好后直接发回：可以改写、增加、删去问题，一格写一个；"
    "“出处”“原文”两列请保持原样。"
)
FILE_FIRST = "正在等待标准问题表（.xlsx）。请发送改好的表格，或点“取消”。"
NOT_A_WORKBOOK = "请发送 .xlsx 文件；旧版 .xls 请用 Excel 另存为 .xlsx 后再发。"
READING = "已收到标准问题表，正在核对。"
BROKEN = "打不开表格。请用“标准问题”发来的表格填写，用 Excel 另存为 .xlsx 后再发。"
NO_HEADINGS = "表中没有“编号”和“标准问题1”两列。请用“标准问题”发来的表格填写。"
NO_ROWS = "表中没有问题，没有改动。请用“标准问题”发来的表格填写。"
UNCHANGED = "标准问题没有变化。"

Keys = tuple[tuple[Button, ...], ...]


def drop_buttons() -> Keys:
    return ((DROP,),)


def file_name(filed: Filed) -> str:
    return f"标准问题_{filed.title}"


def sheet(filed: Filed, questions: int, left_out: int) -> Text:
    more = (
        f"内容较多，只列出前面部分，另有{left_out}处没有列出，其标准问题不变。"
        if left_out
        else None
    )
    return lines(f"{named(filed.title)}的标准问题，共{questions}个，请按实际问法修改。", more)


def foreign(row: int, title: str) -> str:
    return f"第{row}行不是{named(title)}的内容，没有改动。请用该文件“标准问题”发来的表格填写，不要增加行。"


def formula(row: int) -> str:
    return f"第{row}行有公式，没有改动。请改为文字（粘贴为数值）后再发。"


def too_long(row: int, heading: str, most: int) -> str:
    return f"第{row}行“{heading}”超过{most}字，没有改动。请缩短后再发。"


def private(row: int, heading: str) -> str:
    return f"第{row}行“{heading}”像电话或身份证号，不能保存。请删去后再发。"


def kept(filed: Filed, *, added: int, dropped: int, whole: int) -> Text:
    changes = [f"增加{added}个" if added else "", f"删去{dropped}个" if dropped else ""]
    said = "，".join(one for one in changes if one)
    return lines(
        bold(f"{named(filed.title)}的标准问题已更新：{said}，现共{whole}个。"),
        "改写的问题按删去旧的、增加新的计算。" if added and dropped else None,
    )
