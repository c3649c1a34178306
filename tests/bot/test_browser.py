"""A newcomer in the browser: asks, signs in to a meeting, moves the clock and is reminded, drops a document."""

import base64
import io
import shutil
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from docx import Document
from playwright.async_api import FilePayload, Page, async_playwright, expect

from bot.rehearsal import cast
from bot.rehearsal.clock import StandingClock
from bot.rehearsal.group import Group, opened
from knowledge.library import Library
from records.calendar import CHINA

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desk": (1280, 760), "phone": (360, 740)}
TITLE = "幸福里社区志愿服务管理办法"
RULES = (
    TITLE,
    "（2026年5月12日幸福里社区居民委员会通过，幸居委〔2026〕5号）",
    "第一章 总则",
    "第一条 为规范社区志愿服务的登记和使用，制定本办法。",
    "第二章 登记",
    "第二条 志愿服务由社区党务工作者登记，每服务一小时计一分。",
    "第三章 兑换",
    "第三条 积分可以在社区服务大厅兑换生活用品，每季度集中兑换一次。",
    "第四条 积分两年有效，过期清零。",
)
CLAUSE = "志愿服务由社区党务工作者登记，每服务一小时计一分"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture
async def group(library: Library) -> AsyncIterator[Group]:
    """The group on Wednesday, 25 November 2026, 14:50."""
    clock = StandingClock(datetime(2026, 11, 25, 14, 50, tzinfo=CHINA))
    async with opened(clock, library=library) as found:
        yield found


@pytest.fixture(params=SIZES)
async def page(request: pytest.FixtureRequest, group: Group) -> AsyncIterator[Page]:
    """The page as a desk and as a phone show it; nothing may fail in its console."""
    width, height = SIZES[request.param]
    failures: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        shown = await browser.new_page(viewport={"width": width, "height": height})
        shown.on("pageerror", lambda error: failures.append(str(error)))
        shown.on(
            "console", lambda said: failures.append(said.text) if said.type == "error" else None
        )
        await shown.goto(group.address)
        yield shown
        await browser.close()
    assert failures == []


async def test_ask_attend_clock_reminder(page: Page, group: Group) -> None:
    messages = page.get_by_label("消息", exact=True).first
    await _become(page, "陈敏")
    await _say(page, "/ask 民主生活会每年召开几次")
    await expect(messages).to_contain_text("每年应召开一次民主生活会")
    await expect(messages).to_contain_text("时效待核实")

    await _become(page, "王岚")
    await _say(page, "/newmeeting 今天15:00 工作会议 二楼会议室")
    await page.get_by_role("button", name="对", exact=True).last.click()
    await page.get_by_role("button", name="开始签到").last.click()
    await expect(messages).to_contain_text("应到9人　实到0人　请假0人　未签9人")

    await _become(page, "陈敏")
    await page.get_by_role("button", name="我已到会").last.click()
    await expect(messages).to_contain_text("应到9人　实到1人　请假0人　未签8人")
    await expect(page.locator("#toast")).to_contain_text("陈敏同志，14:50已签到。")

    await _become(page, "王岚")
    await _say(page, "/closesign")
    await expect(messages).to_contain_text("因到会人数不足未召开，不计入11月会议")

    await page.get_by_role("button", name="1 天").click()
    await expect(page.locator("#clock")).to_contain_text("2026年11月26日（周四）14:50")
    await page.get_by_role("tab", name="私聊").click()
    await expect(messages).to_contain_text("幸福里社区大党委11月会议还没有登记。")
    await page.get_by_role("button", name="确认名单").last.click()
    await expect(messages).to_contain_text("签到汇总（11月25日）.docx")
    assert group.telegram.complaints == []


async def test_clause_is_chosen_while_typing(page: Page, group: Group) -> None:
    await _become(page, "陈敏")
    await page.locator("#words").press_sequentially(f"@{cast.BOT_USERNAME} 民主生活会")
    listed = page.get_by_role("listbox", name="条款").get_by_role("option")
    await expect(listed.first).to_contain_text("第二十二条 ｜渝委发〔2006〕25号印发")

    await listed.first.click()
    chosen = page.locator("article").last
    await expect(chosen).to_contain_text(f"via @{cast.BOT_USERNAME}")
    await expect(chosen.locator(".text")).to_contain_text("每年应召开一次民主生活会")
    await expect(page.locator("#words")).to_have_value("")
    await group.settled()
    assert group.telegram.history[cast.GROUP_ID][-1]["via_bot"] == group.telegram.bot

    await chosen.get_by_role("button", name="查看原文").click()
    await expect(page.get_by_role("tab", name="私聊")).to_have_attribute("aria-selected", "true")
    await expect(page.locator("article").last).to_contain_text("第六章 领导班子和干部队伍建设")
    assert group.telegram.complaints == []


async def test_file_is_dropped_onto_the_private_chat_or_picked(page: Page, group: Group) -> None:
    await _become(page, "王岚")
    await _drop(page, "走访办法.docx")
    await expect(page.locator("#toast")).to_have_text("文件请在与助手的私聊里发送。")
    await page.get_by_role("tab", name="私聊").click()
    await _drop(page, "走访办法.docx")
    sent = page.locator("article.mine .document").last
    await expect(sent).to_contain_text("走访办法.docx")

    picked = FilePayload(name="联席会议办法.pdf", mimeType="application/pdf", buffer=bytes(2**21))
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="发送文件").click()
    await (await choosing.value).set_files([picked])
    await expect(sent).to_contain_text("联席会议办法.pdf2.0 MB")
    await group.settled()
    (dropped, chosen) = [
        message["document"]["file_name"]
        for message in group.telegram.history[cast.USER_IDS["王岚"]]
        if "document" in message and not message["from"]["is_bot"]
    ]
    assert (dropped, chosen) == ("走访办法.docx", "联席会议办法.pdf")


async def test_dropped_document_is_published_and_asked_at_once(page: Page, group: Group) -> None:
    messages = page.get_by_label("消息", exact=True).first
    await _become(page, "王岚")
    await page.get_by_role("tab", name="私聊").click()
    await _drop(page, "志愿服务管理办法.docx", _word())
    await expect(messages).to_contain_text(f"《{TITLE}》可以收录，尚未发布。")
    await expect(messages).to_contain_text("内容：按条款分为4条。")
    await expect(messages).to_contain_text("试问，发布后这样作答：")

    await page.get_by_role("button", name="发布", exact=True).last.click()
    card = page.locator("article").last
    await expect(card).to_contain_text("发布前请核对来源信息。")
    for line in (
        "文号：幸居委〔2026〕5号",
        "发文机关：幸福里社区居民委员会",
        "日期：2026年5月12日",
    ):
        await expect(card).to_contain_text(line)
    await page.get_by_role("button", name="来源信息无误，发布").last.click()
    await expect(messages).to_contain_text(f"已发布《{TITLE}》，共4条，现在就可以提问。")

    await _become(page, "陈敏")
    await page.locator("#tab-group").click()
    await _say(page, "/ask 志愿服务由谁登记")
    answer = page.locator("article").last
    await expect(answer.locator(".text")).to_contain_text(CLAUSE)
    await expect(answer).to_contain_text(
        f"出处：《{TITLE}》第二条 ｜幸居委〔2026〕5号印发 ｜2026年5月12日 ｜时效待核实"
    )
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert group.telegram.complaints == []


async def test_what_people_type_is_shown_as_typed(page: Page, group: Group) -> None:
    await _become(page, "陈敏")
    await _say(page, '<img src=x onerror="document.title=1">&<b>"')

    await expect(page.locator("#messages")).to_contain_text(
        '<img src=x onerror="document.title=1">&<b>"'
    )
    assert await page.title() == "党务助手 · 演练群"


def _word() -> bytes:
    """The regulation as a Word file."""
    document, stream = Document(), io.BytesIO()
    for line in RULES:
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


async def _drop(page: Page, name: str, content: bytes = b"plain words") -> None:
    """A file from the desktop, let go over the messages."""
    carried = await page.evaluate_handle(
        """([name, content]) => {
          const carried = new DataTransfer();
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          carried.items.add(new File([bytes], name));
          return carried;
        }""",
        [name, base64.b64encode(content).decode()],
    )
    await page.dispatch_event("#messages", "dragover", {"dataTransfer": carried})
    await expect(page.locator("#drop")).to_be_visible()
    await page.dispatch_event("#messages", "drop", {"dataTransfer": carried})
    await expect(page.locator("#drop")).to_be_hidden()


async def _become(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).first.click()


async def _say(page: Page, words: str) -> None:
    await page.locator("#words").fill(words)
    await page.locator("#words").press("Enter")
