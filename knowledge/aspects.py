"""What a question asks for (a fine, a deadline, who is responsible …), and what a clause says that answers it."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Numbers


@dataclass(frozen=True)
class Aspect:
    """`asked` is looked for in the question, `said` in the clause; `counts` if a number is asked for."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]
    counts: bool


def _aspect(name: str, asked: str, said: str, *, counts: bool = False) -> Aspect:
    return Aspect(name, re.compile(asked), re.compile(said), counts)


NUMERAL = "[0-9一二三四五六七八九十百千万两]+"
ASPECTS = (
    _aspect(
        "penalty",
        "罚|处分|处理|后果|违法|坐牢|追究|担责|拘留|吊销|查处|处置|会怎么?样|会咋|收拾|受什么",
        "罚|处分|警告|责令|追究|没收|吊销|拘留|赔偿|批评教育|撤销",
    ),
    _aspect(
        "definition",
        "什么是|什么叫|[啥咋]叫|[啥]是|指什么|指的|算不算|算是|算.{0,8}吗|属于|什么意思|定义|性质|是干什么的|什么样的|哪些.{0,6}算",
        "是指|所称|称为|包括|属于|视为|是.{2,20}(?:组织|证明|活动|信息|机构|行为)",
    ),
    _aspect(
        "who",
        "谁|哪个部门|哪个单位|哪家|归哪|由哪|什么部门|啥部门|找哪|哪级|什么机关|哪些部门|哪一级",
        "部门|人民政府|机关|委员会|主管|机构|由|法院|办事处",
    ),
    _aspect(
        "people",
        "多少人|几个人|几人|几名|人数|多少户|几户|多少名|几个委员",
        f"{NUMERAL}(?:名|人|户|位|分之)|三分之|半数|[%％]",
        counts=True,
    ),
    _aspect(
        "money",
        "多少钱|收费|要钱|花钱|费用|免费|交钱|掏钱|什么费|罚多少|经费|谁出|便宜|工资|补贴|报酬|白干|钱",
        "费|元|免费|无偿|资金|罚款|补贴|价格|报酬|补助|捐",
    ),
    _aspect(
        "days",
        "几天|多久|多长时间|期限|多少天|几日|几个月|多少日|几年|一届|什么时候|啥时候|何时|最迟|最晚|最多拖|时限|多会|多少年|几小时|几岁|多大(?!比例|面积|范围|程度)",
        f"{NUMERAL}(?:个工作日|日|个?月|年|小时|周岁|天|时|点)|每[届年月周日天]|期限|及时|之日|[上下]午|[周末]",
        counts=True,
    ),
    _aspect(
        "often",
        "几次|多久一次|频率|隔多久|每年|每月|每季|几回|定期",
        f"每{NUMERAL}?(?:年|月|季度|个月)|每半年|{NUMERAL}次|至少|定期|每季",
        counts=True,
    ),
    _aspect(
        "share",
        "比例|几成|过半|一半|三分之|百分之|多数|票数|几票|多少票|到场|到会",
        "过半数|三分之|百分之|半数|分之|多数|[%％]",
        counts=True,
    ),
    _aspect(
        "procedure",
        "申请|怎么办理|怎么办|怎么弄|咋办|手续|流程|程序|步骤|材料|报名|怎么报|带什么|准备什么|怎么走",
        "申请|提出|提交|办理|材料|证明|受理|审核|登记|填写|审批|提供",
    ),
    _aspect(
        "condition",
        "条件|资格|什么样的人|哪些人|哪种人|什么人|谁能|谁可以|够不够|够格|年龄|岁|门槛|符合|能不能申请|要求",
        "条件|年满|具有|符合|下列|具备|资格|周岁|应当是",
    ),
    _aspect(
        "right",
        "权利|好处|待遇|优待|享受|福利|能得到|保障",
        "权利|享有|享受|有权|优先|优惠|免费|保险|补助",
    ),
    _aspect(
        "duty",
        "义务|应该做|要做|责任|职责|任务|干什么|干[啥嘛]|做什么|管什么|管哪些|必须|哪些事|哪些工作",
        "义务|应当|职责|任务|负责|履行|责任",
    ),
    _aspect(
        "ban",
        "能不能|可不可以|可以吗|行不行|允许|准不准|禁止|不准|不许|合法|违规|能随便|行吗|成不|能行|对不对|合规|凭[什啥]",
        "不得|禁止|可以|不应|除外|有权|必须|严禁",
    ),
    _aspect(
        "appeal",
        "不服|申诉|复议|告他|起诉|不满意|不认可|投诉|举报|维权|讨.{0,3}说法|打官司|说理",
        "复议|诉讼|复查|复核|投诉|举报|申诉|起诉|控告|检举",
    ),
    _aspect(
        "scope",
        "适用|管不管|管得着|范围|算在内|包不包括|受不受|约束",
        "适用|参照|范围|行政区域|依照|本法|本条例",
    ),
    _aspect(
        "start",
        "(?:法|条例|办法|规定|文件|制度).{0,8}(?:什么时候|哪天|哪年|何时|几时)|生效|施行|实施|废止",
        "施行|生效|废止",
    ),
    _aspect("purpose", "为什么|为啥|目的|图啥|宗旨|制定|依据", "为了|制定|目的|根据"),
    _aspect("principle", "原则|精神|方针|总的要求", "原则|遵循|坚持"),
    _aspect(
        "place",
        "哪里|在哪|哪儿|地方|地点|到哪|上哪|去哪|往哪",
        "场所|所在地|住所|户籍|机构|设施|向|到|地|楼|室|厅|窗口|号|旁|[东南西北]门",
    ),
    _aspect(
        "public", "公开|公示|公布|贴出来|通知|告诉|告知|知道", "公开|公示|公布|告知|通知|说明|公告"
    ),
    _aspect("secrecy", "保密|泄露|隐私|外传|透露|说出去", "保密|泄露|隐私|公开|透露|不得"),
    _aspect("help", "帮|扶|支持|奖励|表彰|表扬|鼓励", "帮助|扶持|支持|奖励|表彰|鼓励|救助"),
    # What only a figure, a name or a place of a certain kind can answer.
    _aspect(
        "sum",
        "多少钱|几块|几毛|多少元|几元|罚多少|发多少|给多少|交多少|补多少|多少(?:补贴|津贴|工资|经费|费)|一个月多少|价格|单价|标准是多少",
        f"{NUMERAL}.{{0,2}}(?:元|倍)|百分之|[%％]",
        counts=True,
    ),
    _aspect(
        "length",
        "多少天|几天|几日|几个工作日|几个月|几年|多久|多长时间|多少小时|几个?小时|多少年|最迟|最长|最晚|什么时候前|多少日|期限|时限|几分钟",
        f"{NUMERAL}(?:个工作日|日|天|个月|年|小时|分钟)",
        counts=True,
    ),
    _aspect(
        "hours",
        "几点|几时|开门|关门|下班|上班时间",
        f"{NUMERAL}(?:时|点)|[0-9][:：][0-9]|[上下]午",
        counts=True,
    ),
    _aspect("area", "多少平|多大面积|平方|几平|面积", "平方米|面积", counts=True),
    _aspect(
        "telephone", "电话|号码|地址|网址|邮箱|哪条街|热线|公众号", "[0-9]{5,}|电话|地址|网址|邮箱"
    ),
    _aspect("list", "名单|哪几家|哪家(?:好|机构|公司)|推荐|具体是哪", "名单|名录|目录|如下|包括"),
    _aspect(
        "part",
        "百分之|几成|多少比例|比例|过半|三分之|多少票",
        "百分之|分之|半数|比例|[%％]",
        counts=True,
    ),
    _aspect(
        "heads",
        "多少(?:名|人|个?村民|户|位|个?业主|万人|个?委员)|几(?:名|位|户|个人|人)|几个(?:委员|代表|成员|听证员|副主任)|人数",
        f"{NUMERAL}.{{0,2}}(?:名|人|户|位)|分之|[%％]",
        counts=True,
    ),
    _aspect("age", "几岁|多少岁|多大(?!比例|面积|范围|程度)|年龄|岁", "周岁|年龄", counts=True),
    _aspect(
        "day",
        "哪一?天|几月|几号|哪年|哪一年|日期",
        f"{NUMERAL}月|{NUMERAL}年|周[一二三四五六日]|每[月周]",
        counts=True,
    ),
    _aspect("schooling", "学历|专业|学位|文凭|证书|考试", "学历|专业|证书|考试|资格"),
    _aspect("number", "多少|(?<!哪)几[^乎种类样]", NUMERAL, counts=True),
    _aspect(
        "lost", "丢了|丢失|弄丢|忘了|遗失|补办|挂失|找回|补领", "遗失|丢失|补办|补发|挂失|补领|换发"
    ),
    _aspect(
        "online",
        "手机|软件|app|小程序|网上|扫码|公众号|网址|密码|账号|下载",
        "网络|平台|系统|网站|线上|电子|互联网|数据电文",
    ),
    _aspect("pay", "工资|津贴|补贴|报酬|奖金|薪|补助", "工资|津贴|补贴|报酬|奖金|薪|补助|待遇"),
    _aspect("both", "兼任|兼职|兼着|兼", "兼"),
    _aspect("dismissal", "罢免|撤换|换掉|换下|赶下台|撤了", "罢免|撤换|撤销|补选|解聘|更换"),
    _aspect(
        "kinds",
        "哪几[种类样个项]|几[种类样]|哪些|包括什么|分为|分几",
        r"[（(][一二][）)]|下列|、[^，。；]{2,20}(?:、|和|等)",
    ),
    _aspect("times", "几次|多少次|几回|第几次", f"{NUMERAL}次|每年|每季|每月", counts=True),
)


EVERY = -1
"""The bits of all aspects."""
SOME = re.compile("(?:好|[这那前头过没了们就才]|多[加收花交给要拿等])几")
"""Some, of which the number is not asked: 催了好几回."""
WHETHER = re.compile(
    "[吗不没]$|行不行|能不能|可不可以|对不对|合不合|该不该|要不要|咋整$|咋办$|怎么办$"
)
"""What ends a story that tells a number, and asks for none."""


def said(text: str, among: int = EVERY) -> int:
    """Which aspects a clause speaks of, as bits in their order; `among` are those of the text around it.

    A text says whatever a part of it says: no pattern of what is said looks beyond what it matches.
    """
    return sum(
        1 << place
        for place, one in enumerate(ASPECTS)
        if among >> place & 1 and one.said.search(text)
    )


def has(bits: npt.NDArray[np.int64], places: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the aspects with these places (across) are among the bits of each clause (down)."""
    found: npt.NDArray[np.bool_] = (bits[:, None] >> places & 1).astype(bool)
    return found


def asked(text: str) -> tuple[bool, ...]:
    """Which aspects a normalised question asks for."""
    plain = SOME.sub(" ", text)
    last = plain.split()[-1:]
    counted = last[0] if last and WHETHER.search(last[0]) else plain
    return tuple(one.asked.search(counted if one.counts else plain) is not None for one in ASPECTS)
