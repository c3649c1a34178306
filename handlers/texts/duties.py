"""What each duty is called, and the clause it stands on."""

from collections.abc import Mapping

from records.model import Duty, DutyState, Frequency

NOT_UNDONE = "尚未登记不等于未开展。"
SET_BY_US = "管理员设定，非文件原文"
OF_2006 = "原文为2006年规定；党支部等情形是否适用，以现行规定和上级通知为准。"

NAMES: Mapping[Duty, str] = {
    Duty.MONTHLY_MEETING: "会议",
    Duty.HALF_YEAR_CONTACT: "联系沟通",
    Duty.DEED: "实事好事",
    Duty.REPORT_TO_UNIT: "向所在单位党组织述职",
    Duty.REPORT_TO_COMMITTEE: "向社区大党委述职",
    Duty.MUTUAL_APPRAISAL: "双述双评会议",
    Duty.DEMOCRATIC_LIFE: "民主生活会",
    Duty.UPWARD_REPORT: "向驻区单位上级组织人事部门报告共建情况",
    Duty.PUBLIC_REVIEW: "组织群众监督评议",
    Duty.VISIT: "走访",
    Duty.COPY: "评价结果抄报",
    Duty.HOLIDAYS: "放假调休安排",
}
# Where it stands, and the words of the source; what we add to them stands in 〔〕.
CLAUSES: Mapping[Duty, tuple[str, str]] = {
    Duty.MONTHLY_MEETING: ("问答第6问", "每月至少召开1次工作会议或党建联席会议"),
    Duty.HALF_YEAR_CONTACT: ("问答第6问", "定期联系沟通,每半年至少1次"),
    Duty.DEED: ("问答第6问", "每年至少为社区办一件实事好事"),
    Duty.REPORT_TO_UNIT: ("问答第6问", "兼职委员每年分别向所在单位党组织和社区“大党委”述职"),
    Duty.REPORT_TO_COMMITTEE: (
        "问答第6问",
        "兼职委员每年分别向所在单位党组织和社区“大党委”述职",
    ),
    Duty.MUTUAL_APPRAISAL: ("问答第6问", "年终召开双述双评会议"),
    Duty.DEMOCRATIC_LIFE: ("规定第二十二条", "街道、社区党组织每年应召开一次民主生活会"),
    Duty.UPWARD_REPORT: (
        "问答第6问",
        "定期〔向〕驻区单位上级组织人事部门报告辖区单位党组织共建工作开展情况",
    ),
    Duty.PUBLIC_REVIEW: ("规定第十二条", "定期组织群众对社区服务工作进行监督评议"),
    Duty.VISIT: ("问答第6问", "社区党组织要主动走访联系驻区单位党组织,了解需求及意见建议"),
    Duty.COPY: ("问答第6问", "对驻区单位党组织的评价结果由社区“大党委”抄报其上级党组织"),
}
FREQUENCIES: Mapping[Frequency, str] = {
    Frequency.MONTH: "每月",
    Frequency.QUARTER: "每季度",
    Frequency.HALF_YEAR: "每半年",
    Frequency.YEAR: "每年",
}
# What whoever keeps the register reads.
STATES: Mapping[DutyState, str] = {
    DutyState.NOT_BEGUN: "尚未开始",
    DutyState.UPCOMING: "未到期",
    DutyState.NEAR_END: "临近期末",
    DutyState.FULFILLED: "已完成",
    DutyState.REGISTERED_LATER: "已完成（补登）",
    DutyState.OUTSTANDING: "尚未登记",
    DutyState.AFTER_PERIOD: "期后完成",
    DutyState.NOT_APPLICABLE: "不适用",
    DutyState.LEFT: "不适用（已离任）",
    DutyState.BEFORE_START: "启用前无记录",
    DutyState.ENTERED_BEFORE_START: "启用前补录",
}
# What units, the group and the subdistrict read.
STATES_OUTSIDE: Mapping[DutyState, str] = {
    **STATES,
    DutyState.FULFILLED: "已登记",
    DutyState.REGISTERED_LATER: "已登记（补登）",
    DutyState.AFTER_PERIOD: "期后登记",
    DutyState.LEFT: "不适用",
}


def basis(duty: Duty) -> str:
    """依据：问答第6问“定期联系沟通,每半年至少1次”."""
    where, words = CLAUSES[duty]
    return f"依据：{where}“{words}”"
