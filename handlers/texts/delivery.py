"""What is said when something did not reach its end, and to the operators."""

FAILED = "暂时没有办成，没有登记任何内容。请稍后再试，或与工作人员联系。"
SHOWN_BELOW = "签到卡见下方最新一条。"
UNKNOWN_COMMAND = "没有这个命令。请发送 /help 查看可以办理的事项。"
NOT_TEXT = "暂不能识别语音、图片和文件，请点按钮或打字。"
FORWARDED = "转发的消息不作为命令，请直接发送。"
TOO_LONG = "文字太长，请缩短到500字以内再发。"


def buried(number: int, update_id: int) -> str:
    """To the operators: an update that failed five times; never its text."""
    return (
        f"有一条消息多次处理失败，已存为死信第{number}号，正文保留14天。"
        f"请在程序日志中查找 update {update_id}。"
    )


def job_failed(number: int) -> str:
    return f"后台任务第{number}号多次失败，已停止重试。请在程序日志中查找 job {number}。"


JOB_FAILED = "文件没有生成成功，请稍后重新办理，或与工作人员联系。"
