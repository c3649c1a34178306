"""What is said of a community's own form of the meeting record."""

from handlers.texts.record import FIELDS

SENTENCES = {
    "broken": "打不开模板。请用 Word 另存为 .docx 后重新上传。",
    "large": "模板过大，请删去图片等内容后重新上传（不超过2MB）。",
    "syntax": "模板中的栏目写法有误。请写成“{{ 名称 }}”这样，两边各两个花括号。",
    "forbidden": "模板中有不允许的内容，没有执行。请只写栏目，例如“{{ 名称 }}”。",
    "heavy": "模板处理时间过长或内容过多。请精简后重新上传。",
}


def refused(problem: str, name: str = "") -> str:
    """One sentence with its remedy."""
    if problem != "unknown":
        return SENTENCES[problem]
    return f"模板中的“{name[:20]}”不是会议记录的栏目。可用的栏目：{'、'.join(FIELDS)}。"
