"""getUpdates as the real server answers it: offsets, long polls, a second poller, kinds of updates."""

import asyncio

import httpx
from telegram import Bot

from bot.rehearsal import people
from bot.rehearsal.state import Json, Telegram
from tests.rehearsal.conftest import ANNA, GROUP, TOKEN, Api


def texts(answer: Json) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def test_unconfirmed_updates_come_again(telegram: Telegram, api: Api) -> None:
    people.say(telegram, ANNA, "一")
    people.say(telegram, ANNA, "二")

    first = await api("getUpdates")
    assert texts(first) == ["一", "二"]
    assert await api("getUpdates") == first


async def test_offset_confirms_what_came_before(telegram: Telegram, api: Api) -> None:
    for words in ("一", "二", "三"):
        people.say(telegram, ANNA, words)
    numbers = [update["update_id"] for update in (await api("getUpdates"))["result"]]

    assert texts(await api("getUpdates", offset=numbers[2])) == ["三"]
    assert texts(await api("getUpdates")) == ["三"]
    assert telegram.confirmed_offset == numbers[2]


async def test_negative_offset_keeps_the_newest(telegram: Telegram, api: Api) -> None:
    for words in ("一", "二", "三"):
        people.say(telegram, ANNA, words)

    assert texts(await api("getUpdates", offset=-2)) == ["二", "三"]
    assert texts(await api("getUpdates")) == ["二", "三"]


async def test_limit_gives_the_oldest(telegram: Telegram, api: Api) -> None:
    for words in ("一", "二", "三"):
        people.say(telegram, ANNA, words)

    assert texts(await api("getUpdates", limit=2)) == ["一", "二"]


async def test_numbers_that_start_anew_lose_nothing(telegram: Telegram, api: Api) -> None:
    people.say(telegram, ANNA, "一")
    (old,) = (await api("getUpdates"))["result"]
    telegram.last_update = 100
    people.say(telegram, ANNA, "二")

    (new,) = (await api("getUpdates", offset=old["update_id"] + 1))["result"]
    assert (new["update_id"], new["message"]["text"]) == (101, "二")
    assert texts(await api("getUpdates", offset=102)) == []


async def test_long_poll_ends_with_the_first_update(telegram: Telegram, api: Api) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=30))
    await hangs(telegram)
    people.say(telegram, ANNA, "来了")

    assert texts(await polling) == ["来了"]


async def test_closing_ends_a_long_poll(telegram: Telegram, api: Api) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=30))
    await hangs(telegram)
    await telegram.close()

    assert texts(await polling) == []


async def test_second_poller_ends_the_first(telegram: Telegram, api: Api) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await hangs(telegram)
    second = asyncio.create_task(api("getUpdates", timeout=30))

    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    people.say(telegram, ANNA, "给第二个")
    assert texts(await second) == ["给第二个"]


async def test_webhook_ends_and_refuses_polling(telegram: Telegram, api: Api) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=30))
    await hangs(telegram)
    await api("setWebhook", url="https://example.org/hook")

    assert (await polling)["description"] == "Conflict: terminated by setWebhook request"
    assert (await api("getUpdates"))["description"].startswith("Conflict: can't use getUpdates")
    assert (await api("getWebhookInfo"))["result"]["url"] == "https://example.org/hook"
    await api("deleteWebhook")
    assert await api("getUpdates") == {"ok": True, "result": []}


async def test_pending_updates_can_be_dropped(telegram: Telegram, api: Api) -> None:
    people.say(telegram, ANNA, "一")
    await api("deleteWebhook", drop_pending_updates=True)

    assert texts(await api("getUpdates")) == []


async def test_only_kinds_that_were_asked_for_are_kept(telegram: Telegram, api: Api) -> None:
    await api("getUpdates", allowed_updates=["my_chat_member"])
    people.say(telegram, ANNA, "不要")
    people.block(telegram, ANNA)

    (update,) = (await api("getUpdates"))["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_edit_before_the_fetch_leaves_the_first_update_as_it_was(
    telegram: Telegram, api: Api
) -> None:
    said = people.say(telegram, ANNA, "先前")
    people.edit(telegram, ANNA, said["message_id"], "后来")

    first, second = (await api("getUpdates"))["result"]
    assert first["message"]["text"] == "先前"
    assert "edit_date" not in first["message"]
    assert second["edited_message"]["text"] == "后来"


async def test_the_library_reads_every_kind_of_update(telegram: Telegram, bot: Bot) -> None:
    said = people.say(telegram, ANNA, "/start 码", chat_id=GROUP)
    people.edit(telegram, GROUP, said["message_id"], "/start 另一个码")
    people.press(telegram, ANNA, GROUP, said["message_id"], "attend:1")
    people.remove_bot(telegram, ANNA, GROUP)

    message, edited, press, removed = await bot.get_updates()
    assert message.message is not None
    assert message.message.text == "/start 码"
    assert edited.edited_message is not None
    assert press.callback_query is not None
    assert press.callback_query.data == "attend:1"
    assert removed.my_chat_member is not None
    assert telegram.complaints == []


async def test_parameters_come_by_address_form_and_parts(telegram: Telegram, address: str) -> None:
    people.say(telegram, ANNA, "一")
    people.say(telegram, ANNA, "二")
    url = f"{address}/bot{TOKEN}/GETUPDATES"
    async with httpx.AsyncClient() as client:
        answers = [
            await client.get(url, params={"limit": 1}),
            await client.post(url, data={"limit": "1"}),
            await client.post(url, files={"limit": (None, "1")}),
            await client.post(url, json={"limit": 1}),
        ]

    assert [texts(answer.json()) for answer in answers] == [["一"]] * 4
    assert telegram.complaints == []


async def hangs(telegram: Telegram) -> None:
    """Until a long poll hangs at the server."""
    await asyncio.wait_for(telegram.polled.wait(), 10)
