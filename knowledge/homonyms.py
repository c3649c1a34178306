"""Words that the two documents use for different things: asked back when nothing tells them apart."""

import re
from dataclasses import dataclass

from knowledge.words import normalise


@dataclass(frozen=True)
class Sense:
    """One meaning: where it stands, its clause, how it is offered, and what shows that it is meant."""

    passage: str
    clause: str
    offered: str
    shown_by: re.Pattern[str]


@dataclass(frozen=True)
class Homonym:
    word: re.Pattern[str]
    senses: tuple[Sense, Sense]


FAQ = r"大党委|班子"
HOMONYMS = (
    Homonym(
        re.compile(r"工作会议"),
        (
            Sense(
                "faq-7",
                "参会人数不少于三分之二方可召开",
                "社区“大党委”工作会议",
                re.compile(
                    FAQ + r"|到会|参会|三分之|人|每月|多久|几次|列席|表决|决议|同意|开得|能开"
                ),
            ),
            Sense(
                "reg-14",
                "沟通情况,交流经验,研究、协调社区党建和社区建设工作中的重要问题",
                "街道社区党组织工作会议",
                re.compile(r"街道|议事会|党员代表|协调|交流|沟通|规定|制度"),
            ),
        ),
    ),
    Homonym(
        re.compile(r"(?<!双)报到"),
        (
            Sense(
                "reg-29",
                "坚持在职党员回居住地社区报到制度",
                "在职党员回居住地社区报到",
                re.compile(r"在职|党员|本人|我(?!们单位)|住|居住|个人|下班|上班"),
            ),
            Sense(
                "faq-6",
                "驻区单位党组织要到社区“大党委”报到",
                "驻区单位党组织到社区“大党委”报到",
                re.compile(FAQ + r"|单位|党组织|支部|公司|企业|学校|医院|银行|半年"),
            ),
        ),
    ),
    Homonym(
        re.compile(r"双重管理"),
        (
            Sense(
                "reg-29",
                "强化对在职党员的双重管理",
                "对在职党员的双重管理",
                re.compile(r"在职|党员|个人|本人|居住"),
            ),
            Sense(
                "faq-1",
                "在不改变其党组织隶属关系的基础上实行双重管理",
                "“大党委”对辖区内党组织的双重管理",
                re.compile(FAQ + r"|党组织|隶属|辖区|单位|支部"),
            ),
        ),
    ),
    Homonym(
        re.compile(r"(?:群众|居民)?(?:评议|评价)"),
        (
            Sense(
                "reg-12",
                "定期组织群众对社区服务工作进行监督评议",
                "群众对社区服务工作的监督评议",
                re.compile(r"服务|监督|满意|定期"),
            ),
            Sense(
                "faq-6",
                "党员群众评议",
                "四步议事法中的党员群众评议、年终双述双评",
                re.compile(
                    FAQ
                    + r"|党员|四步|议事|双述|双评|双向|打分|年终|年底|单位|结果|抄报|民主|表彰|考核"
                ),
            ),
        ),
    ),
    Homonym(
        re.compile(r"专职|兼职"),
        (
            Sense(
                "faq-2",
                "委员采取“现有专职委员+兼职委员”模式配备",
                "“大党委”的专职委员、兼职委员",
                re.compile(
                    FAQ
                    + r"|委员|名额|配备|编制|述职|聘|推荐|单位|书记|几个|多少|几名|产生|程序|选|进|当"
                ),
            ),
            Sense(
                "reg-21",
                "建立一支专职、兼职和志愿者相结合的社区工作者队伍",
                "专职、兼职的社区工作者",
                re.compile(r"社区工作者|志愿|队伍|人才"),
            ),
        ),
    ),
)
LONGEST = 16  # characters: whoever says more has usually said which one


def ambiguous(question: str) -> tuple[Sense, Sense] | None:
    """Both senses of a word that stands alone; None if the question tells them apart."""
    text = normalise(question)
    if len(text) > LONGEST:
        return None
    for homonym in HOMONYMS:
        rest = homonym.word.sub("", text)
        if rest != text and not any(sense.shown_by.search(rest) for sense in homonym.senses):
            return homonym.senses
    return None
