"""The page of the rehearsal group in front of a bot that only echoes; what it refuses; how it stops."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, async_playwright, expect
from starlette.applications import Starlette

from bot.rehearsal import cast, people
from bot.rehearsal.clock import StandingClock
from bot.rehearsal.host import HOST, serve
from bot.rehearsal.page import page_routes
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Json, Telegram
from records.calendar import CHINA
from tests.rehearsal.conftest import Api
from tests.rehearsal.echo import echo as echoing

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TYPED = '<img src=x onerror="document.title=1">&amp;</script>'


@dataclass
class Rehearsal:
    """A group with a page, and a clock that moves when the test lets it."""

    telegram: Telegram
    clock: StandingClock
    may_move: asyncio.Event = field(default_factory=asyncio.Event)
    address: str = ""

    async def advance(self, step: str) -> None:
        days = {"day": 1, "week": 7, "month": 30}[step]
        await self.may_move.wait()
        self.clock.move_to(self.clock.now() + timedelta(days=days))


@pytest.fixture
async def rehearsal() -> AsyncIterator[Rehearsal]:
    clock = StandingClock(datetime(2026, 11, 25, 15, 0, tzinfo=CHINA))
    me = {
        "id": 1000,
        "is_bot": True,
        "first_name": cast.BOT_NAME,
        "username": cast.BOT_USERNAME,
    }
    telegram = Telegram(cast.TOKEN, me, clock.now)
    for one in cast.CAST:
        telegram.users[one.user_id] = {"id": one.user_id, "is_bot": False, "first_name": one.name}
    telegram.chats[cast.GROUP_ID] = {
        "id": cast.GROUP_ID,
        "type": "supergroup",
        "title": cast.GROUP_TITLE,
    }
    telegram.members[cast.GROUP_ID] = {1000, *(one.user_id for one in cast.CAST if one.in_group)}
    found = Rehearsal(telegram, clock)
    routes = [*BotApi(telegram).routes(), *page_routes(telegram, clock, found.advance)]
    async with serve(Starlette(routes=routes), port=0) as port:
        found.address = f"http://{HOST}:{port}"
        yield found
        await telegram.close()
    assert telegram.complaints == []


@pytest.fixture
async def client(rehearsal: Rehearsal) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=rehearsal.address) as found:
        yield found


@pytest.fixture
async def echo(rehearsal: Rehearsal) -> AsyncIterator[None]:
    """A bot that says everything back with a button, a quotation and a link; a press edits it."""
    async with httpx.AsyncClient(timeout=30) as http:
        api = Api(http, f"{rehearsal.address}/bot{cast.TOKEN}")
        await api(
            "setMyCommands",
            commands=[
                {"command": "ask", "description": "查询规定"},
                {"command": "attend", "description": "会议签到"},
            ],
        )
        running = asyncio.create_task(echoing(api))
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture(params=[(1280, 760), (360, 720)], ids=["desk", "phone"])
async def page(
    request: pytest.FixtureRequest, rehearsal: Rehearsal, echo: None
) -> AsyncIterator[Page]:
    """The page in Chromium; nothing fails in its console, nothing is fetched from elsewhere."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    width, height = request.param
    failures: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        shown = await browser.new_page(viewport={"width": width, "height": height})
        shown.on("pageerror", lambda error: failures.append(str(error)))
        shown.on(
            "console", lambda said: failures.append(said.text) if said.type == "error" else None
        )
        shown.on(
            "request",
            lambda sent: (
                None if sent.url.startswith(rehearsal.address) else failures.append(sent.url)
            ),
        )
        await shown.goto(rehearsal.address)
        await expect(shown.locator("#clock")).to_have_text("2026年11月25日（周三）15:00")
        yield shown
        await browser.close()
    assert failures == []


@pytest.mark.browser
async def test_said_pressed_edited_and_downloaded(page: Page, rehearsal: Rehearsal) -> None:
    await page.get_by_role("button", name="陈敏").first.click()
    await page.locator("#words").fill(f"/ask {TYPED}")
    await page.get_by_role("button", name="发送").click()
    answer = page.locator("article").last
    await expect(answer).to_contain_text(f"/ask {TYPED}")
    await expect(answer.locator(".text b").last).to_have_text(f" {TYPED}", use_inner_text=True)
    assert await page.locator("#messages img, #messages script").count() == 0

    quotation = answer.locator("blockquote")
    await expect(quotation).to_have_attribute("aria-expanded", "false")
    await quotation.press("Enter")
    await expect(quotation).to_have_attribute("aria-expanded", "true")

    await answer.get_by_role("button", name="按一下").press("Enter")
    await expect(page.get_by_role("status").filter(has_text="收到")).to_be_visible()
    await expect(answer).to_contain_text("改过了")
    await expect(answer).to_contain_text("已编辑")
    await expect(answer.get_by_role("button", name="再按")).to_be_focused()
    await expect(page.locator("#calls li").first).to_contain_text("改消息")

    document = people.kept(rehearsal.telegram, "名册.xlsx", b"roster")
    rehearsal.telegram.message(cast.GROUP_ID, rehearsal.telegram.bot, document=document)
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="名册.xlsx").click()
    download = await downloading.value
    assert download.suggested_filename == "名册.xlsx"
    assert Path(await download.path()).read_bytes() == b"roster"


@pytest.mark.browser
async def test_links_lead_to_the_private_chat_and_unread_is_marked(
    page: Page, rehearsal: Rehearsal
) -> None:
    await page.get_by_role("button", name="王岚").first.click()
    await page.locator("#words").fill("/help")
    await page.locator("#words").press("Enter")
    await page.get_by_role("button", name="去私聊").last.click()
    await expect(page.get_by_role("tab", name="私聊")).to_have_attribute("aria-selected", "true")
    await expect(page.locator("article").first).to_contain_text("/start CODE")
    await expect(page.locator("article").last).to_contain_text("原文")

    await page.get_by_role("button", name="周游").first.click()
    await expect(page.get_by_role("tab", name="工作群")).to_be_hidden()
    await expect(page.locator("#messages")).to_contain_text("还没有消息")

    await page.get_by_role("button", name="陈敏").first.click()
    people.say(rehearsal.telegram, 1002, "/help")
    unread = page.get_by_role("button", name="王岚").first.locator(".unread")
    await expect(unread).to_have_text("1")
    await page.get_by_role("button", name="王岚").first.click()
    await expect(page.get_by_role("tab", name="私聊").locator(".unread")).to_have_count(0)
    await page.get_by_role("tab", name="工作群").click()
    await expect(unread).to_have_count(0)


@pytest.mark.browser
async def test_clock_moves_and_everything_waits_for_it(page: Page, rehearsal: Rehearsal) -> None:
    await page.get_by_role("button", name="快进 1 周").click()
    await expect(page.get_by_text("正在快进")).to_be_visible()
    for name in ("快进 1 天", "发送", "/help"):
        await expect(page.get_by_role("button", name=name)).to_be_disabled()

    rehearsal.may_move.set()
    await expect(page.locator("#clock")).to_have_text("2026年12月2日（周三）15:00")
    await expect(page.get_by_text("正在快进")).to_be_hidden()
    await expect(page.get_by_role("button", name="发送")).to_be_enabled()


@pytest.mark.browser
async def test_suggestions_and_the_menu_speak_for_the_right_person(page: Page) -> None:
    await page.get_by_role("button", name="/contact").click()
    await expect(page.get_by_role("button", name="刘强").first).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(page.locator("article").first).to_contain_text("/contact")
    await expect(page.locator("article").nth(1)).to_contain_text("原文")

    await page.locator("#words").press_sequentially("/a")
    await expect(page.get_by_role("option")).to_have_text(["/ask查询规定", "/attend会议签到"])
    await page.locator("#words").press("ArrowDown")
    await page.locator("#words").press("Enter")
    await expect(page.locator("article").nth(2)).to_contain_text("/attend")
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
async def test_results_are_listed_paged_and_chosen_in_any_chat(page: Page) -> None:
    words, listed = page.locator("#words"), page.locator("#results").get_by_role("option")
    await page.get_by_role("button", name="陈敏").first.click()
    await page.get_by_role("button", name="写上助手的名字").click()
    await words.press_sequentially(TYPED)
    await expect(listed).to_have_count(10)
    await page.get_by_role("button", name="更多", exact=True).click()
    await expect(listed).to_have_count(20)
    await expect(listed.last).to_have_text(f"{TYPED} 20出处")
    await expect(page.get_by_role("button", name="更多", exact=True)).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    await words.press("ArrowDown")
    await words.press("ArrowDown")
    await words.press("Enter")
    chosen = page.locator("article").last
    await expect(chosen).to_contain_text(f"{TYPED} 2\n原文", use_inner_text=True)
    await expect(chosen).to_contain_text(f"via @{cast.BOT_USERNAME}")
    await expect(words).to_have_value("")
    await expect(listed.first).to_be_hidden()

    await page.get_by_role("tab", name="私聊").click()
    await words.press_sequentially(f"@{cast.BOT_USERNAME} 第四条")
    await expect(listed).to_have_count(10)
    await words.press("Escape")
    await expect(listed.first).to_be_hidden()
    await words.press_sequentially("款")
    await page.get_by_role("button", name="私聊提问").click()
    await expect(page.locator("article").first).to_contain_text("/start ask")


async def test_open_stream_ends_with_the_server(
    rehearsal: Rehearsal, client: httpx.AsyncClient
) -> None:
    async with client.stream("GET", "/events") as stream:
        lines = stream.aiter_lines()
        state = json.loads((await anext(lines)).removeprefix("data: "))
        assert state["clock"] == "2026-11-25T15:00:00+08:00"
        await rehearsal.telegram.close()

        assert [line async for line in lines] == [""]


@pytest.mark.parametrize(
    ("address", "given", "sentence"),
    [
        ("/say", {"user_id": 1004, "text": "  "}, "请先写点什么再发送。"),
        ("/say", {"user_id": 99, "text": "字"}, "请先写点什么再发送。"),
        ("/say", {"user_id": 1006, "text": "字", "in_group": True}, "这位不在群里，请换到私聊。"),
        ("/press", {"user_id": 1004, "message_id": 9}, "这个按钮已失效，请刷新页面。"),
        ("/inline", {"user_id": 99, "words": "字"}, "请先选一个人。"),
        ("/choose", {"user_id": 1004, "number": "1"}, "这条结果已失效，请重新输入。"),
        ("/advance", {"step": "year"}, "只能快进一天、一周或一个月。"),
    ],
)
async def test_page_says_no_in_a_sentence(
    client: httpx.AsyncClient, address: str, given: dict[str, Any], sentence: str
) -> None:
    answer = await client.post(address, json=given)

    assert (answer.status_code, answer.json()) == (400, {"ok": False, "sentence": sentence})


async def test_other_sites_cannot_speak_here(
    rehearsal: Rehearsal, client: httpx.AsyncClient
) -> None:
    words = json.dumps({"user_id": 1004, "text": "字"})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = await client.post("/say", content=words, headers={"content-type": kind})
        assert answer.status_code == 400

    assert rehearsal.telegram.history == {}


async def test_file_is_sent_in_private_and_by_no_other_site(
    rehearsal: Rehearsal, client: httpx.AsyncClient
) -> None:
    to = {"user_id": "1002", "name": "走访办法.docx"}
    plain = {"content-type": "text/plain"}
    bytes_ = {"content-type": "application/octet-stream"}
    content = bytes(20 * 1024 * 1024)
    for address, headers in ((to, plain), (to | {"user_id": "x"}, bytes_)):
        answer = await client.post("/send", params=address, content=b"1", headers=headers)
        assert answer.json() == {"ok": False, "sentence": "请先选一个人，再发送文件。"}
    await client.post("/send", params=to, content=content, headers=bytes_)

    (message,) = rehearsal.telegram.history[1002]
    assert message["document"]["file_name"] == "走访办法.docx"
    assert rehearsal.telegram.files[message["document"]["file_id"]] == content


async def test_larger_file_than_the_page_takes_is_refused(
    rehearsal: Rehearsal, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.rehearsal.page.LARGEST", 1024)
    answer = await client.post(
        "/send",
        params={"user_id": 1002, "name": "办法.pdf"},
        content=bytes(1025),
        headers={"content-type": "application/octet-stream"},
    )

    assert (answer.status_code, rehearsal.telegram.history) == (413, {})


async def test_whoever_types_on_waits_for_the_newest_list_only(
    rehearsal: Rehearsal, client: httpx.AsyncClient
) -> None:
    typed = {"user_id": 1004, "in_group": True}
    older = asyncio.create_task(client.post("/inline", json=typed | {"words": "联席"}))
    await rehearsal.telegram.until(lambda: len(rehearsal.telegram.searches) == 1, seconds=5)
    newer = asyncio.create_task(client.post("/inline", json=typed | {"words": "联席会议"}))
    nothing: Json = {"results": [], "next_offset": "", "button": None}
    told = (await older).json()
    first, second = rehearsal.telegram.searches
    assert told == {"ok": True, "number": first, **nothing}

    api = Api(client, f"{rehearsal.address}/bot{cast.TOKEN}")
    content = {"message_text": "字"}
    result = {"type": "article", "id": "1", "title": "题", "input_message_content": content}
    await api("answerInlineQuery", inline_query_id=second, results=[result], next_offset="10")
    assert (await newer).json() == {
        "ok": True,
        "number": second,
        "results": [{"id": "1", "title": "题", "description": ""}],
        "next_offset": "10",
        "button": None,
    }


async def test_nothing_but_the_pages_own_files_is_served(client: httpx.AsyncClient) -> None:
    assert (
        (await client.get("/")).headers["content-security-policy"].startswith("default-src 'self'")
    )
    assert (await client.get("/assets/page.css")).headers["content-type"].startswith("text/css")
    for path in ("/assets/cast.py", "/assets/..%2Fcast.py", "/assets/index.html", "/files/file-1"):
        assert (await client.get(path)).status_code == 404
