"""What a text is made of when it is compared: words, characters in pairs, syllables."""

import math
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files

import jieba

from knowledge.cleaning import simplified

LONGEST = 160
"""Characters of a question that are looked at; the rest is not read."""

OTHER = re.compile(r"[^\u3400-\u9fffa-z0-9]+")
RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|[0-9]+")


LATIN, CHINESE = re.compile("[a-z]"), re.compile("[\u3400-\u9fff]")
"""A question all in Latin letters is pinyin, or not for us: only a mixed one has office English."""
ENGLISH = re.compile("(?:part|full|check) (?:time|in)|[a-z]+")
COURTESY = re.compile(
    r"各位(?:领导|老师|同志|朋友)?|(?:领导|老师|同志|大家|亲)们?好|[您你]好|@\S+|\[[^\]]{1,6}\]|请问一?下?|想?问一?下|想问|请教"
    r"|麻烦|谢谢|急急*$|在线等|求(?:助|解|教)|有谁知道|谁知道|帮忙看下|帮我查下?"
)
"""What goes before and after a question and asks nothing."""


def normalise(text: str) -> str:
    """Simplified, half-width, lower case, office English in Chinese; runs of anything else become one space."""
    plain = OTHER.sub(" ", _folded(text)).strip()
    is_mixed = LATIN.search(plain) and CHINESE.search(plain)
    return ENGLISH.sub(_translated, plain) if is_mixed else plain


def bare(question: str) -> str:
    """A question without greetings and courtesies, unless nothing else is in it; of a long one the end."""
    folded = _folded(question if len(question) <= 4 * LONGEST else question[-4 * LONGEST :])
    return (normalise(COURTESY.sub(" ", folded)) or normalise(folded))[-LONGEST:]


SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
ENDS_ASKING = re.compile(r"[?？]\s*$|[吗嘛呢么不]\W*$")


def pointed(question: str) -> str:
    """The sentences of a long question that ask, normalised; the last one if none does."""
    sentences = [one for one in SENTENCE.findall(_folded(question[-4 * LONGEST :])) if one.strip()]
    asking = [one for one in sentences if ENDS_ASKING.search(one)] or sentences[-1:]
    words = ""
    for one in reversed(asking):
        words = f"{normalise(COURTESY.sub(' ', one))} {words}".strip()
        if len(words) >= 8:
            break
    return words[-LONGEST:] or bare(question)


PLAIN = re.compile("[\u3400-\u9fff\n -~，。、；：！？（）]*")
"""What stands in most texts: of these only punctuation has another form, and that is not compared."""


def _folded(text: str) -> str:
    if PLAIN.fullmatch(text) is None:
        text = unicodedata.normalize("NFKC", text.replace("\0", " "))
    return simplified(text.lower())


def _translated(match: re.Match[str]) -> str:
    return _english().get(match[0].replace(" ", ""), match[0])


@cache
def _english() -> dict[str, str]:
    """English words that people of an office mix in, with what they mean here."""
    lines = (
        (files("knowledge") / "sources" / "english.txt").read_text(encoding="utf-8").splitlines()
    )
    pairs = (line.rsplit(" ", 1) for line in lines)
    return {word.replace(" ", ""): meaning for word, meaning in pairs}


@cache
def _tokenizer() -> jieba.Tokenizer:
    """Jieba with the cut dictionary: it starts in a third of the time and writes no cache."""
    tokenizer = jieba.Tokenizer()
    with (files("knowledge") / "sources" / "words.txt").open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


def words(text: str) -> list[str]:
    """The words of a normalised text, long ones also by their parts; single characters left out."""
    found: list[str] = []
    for run in RUN.findall(text):
        if run[0] < "\u3400":
            found.append(run)
            continue
        found += _cut(run)
    return found


def dictionary() -> Collection[str]:
    """All words that a text is cut into."""
    return [word for word, count in _tokenizer().FREQ.items() if count]


def pieces(run: str) -> list[str]:
    """A Chinese run cut once, single characters and all."""
    return list(_tokenizer().cut(run, HMM=False))


@lru_cache(maxsize=64)
def _cut(run: str) -> tuple[str, ...]:
    """One question is cut several times on its way: for our documents, for the others, by its words."""
    found = _tokenizer().cut_for_search(run, HMM=False)
    return tuple(word for word in found if len(word) > 1)


def grams(text: str) -> Iterator[str]:
    """Characters, and each with the next, of the Chinese runs of a normalised text; other runs whole."""
    for run in RUN.findall(text):
        if run[0] < "\u3400":
            yield run
            continue
        yield from run
        for place in range(len(run) - 1):
            yield run[place : place + 2]


def terms(text: str) -> set[str]:
    """Words, characters and pairs of characters of a normalised text; question words count as what they ask for."""
    rest = ASKING.sub(" ", text)
    return {*words(rest), *grams(rest), *kinds(text)}


ASKING = re.compile(
    "谁|哪个人|哪位|哪些人?|什么人?|啥子?人?|哪个|哪一?[级家种类年天]|多少[个名人位条项份次]?|几[个名位条项份人种类步票次回]|好多[个人]?|好久"
    "|多久一?次?|多长时间一?次?|什么时候|何时|啥时候?|几时|怎么样?办?|如何|怎样|咋个?办?|吗|嘛|呢|啊|呀|哈|哦|吧|么|能不能|可不可以|可以|行不行|要不要"
    "|是不是|有没有|该不该|用不用|需不需要|算不算|会不会|能否|是否|没得|不$|不(?= )|哪几[个项条种类]?|到底|究竟|一般|应该|应当"
)
"""Question words: which of them somebody uses says nothing about the subject."""
PLACES = re.compile(
    "[在去到上往]?哪[里儿]|[在去上]哪(?![个些种家级位几])|几点钟?|几时|几岁|哪[天年月]|咋样?|啥样?|多[大长高远]"
)
"""Question words that `ASKING` leaves standing: they say nothing of the subject either."""


SELDOM = 0.001
"""The share of questions in which a character stands that is not listed."""


def tells(char: str) -> float:
    """What a character of a question says of its subject: 我 little, 堂 much; nothing of a space."""
    return -math.log(_small().get(char, SELDOM)) if char != " " else 0.0


@cache
def _small() -> dict[str, float]:
    """The share of people's questions in which a character stands."""
    lines = (files("knowledge") / "sources" / "small.txt").read_text(encoding="utf-8").splitlines()
    return {char: int(share) / 1000 for char, share in map(str.split, lines)}


def without_asking(text: str) -> str:
    """What a normalised question speaks of."""
    return ASKING.sub(" ", PLACES.sub(" ", text))


KINDS = {
    "who": re.compile(
        "谁|哪个|哪位|哪些人|什么人|啥人|哪种人|哪级|哪家|哪几类人|由哪|人选|牵头|shei"
    ),
    "how many": re.compile(
        "多少|几个|几名|几人|几位|几票|好多|人数|几件|几条|几项|几种|数量|duoshao|jige"
    ),
    "how often": re.compile("多久|几次|几回|多长时间|频率|隔|次数|一年|每年|每月|好久|半年|duojiu"),
    "when": re.compile("什么时候|何时|啥时|几月|哪天|哪年|时间|日期|几时"),
    "how": re.compile("怎么|如何|怎样|咋|程序|步骤|流程|手续|几步|哪几步|办法|方式|zenme"),
    "whether": re.compile(
        "吗|不$|能不能|可不可以|可以|行不行|要不要|是不是|有没有|该不该|用不用|需不需要|算不算|会不会|能否|是否|不 "
    ),
    "what": re.compile("什么|啥|哪些|哪几|内容|shenme"),
    "to whom": re.compile("给谁|向谁|跟谁|报给|哪里|哪儿|向哪|送到|去哪"),
}
"""What can be asked for, and the words that ask for it."""


def kinds(text: str) -> frozenset[str]:
    """What a normalised question asks for."""
    return frozenset(kind for kind, pattern in KINDS.items() if pattern.search(text))
