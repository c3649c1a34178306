"""Documents at the keyboard, beside the running bot: brought in for every community or for one, listed, shown, withdrawn."""

import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import SystemClock
from bot.config import Config, SettingsError
from bot.shelf import Shelf
from handlers import document_cards, filing, withdrawals
from handlers.filing import Prepared
from handlers.importing import LARGEST, MEGABYTES
from handlers.texts import document_cards as cards
from handlers.texts import documents as texts
from handlers.texts import refusals
from handlers.texts.documents import CARD
from knowledge.library import Library
from knowledge.passages import Document, Level, Passage
from records import choices, communities, documents
from records.calendar import day_of
from records.database import Database
from records.documents import Card, Filed
from records.errors import BadDocument, DocumentKnown, FileTooLarge, NoDocument, Refusal
from records.model import Community, DocumentState

OPERATOR = "运行人员"
PUBLISH, WITHDRAW = "是否发布（y/n）：", "是否撤回（y/n）："
STATES = {
    DocumentState.DRAFT: "未发布",
    DocumentState.PUBLISHED: "已发布",
    DocumentState.SUPERSEDED: "已被取代",
    DocumentState.WITHDRAWN: "已撤回",
}
ONE_FILE = "--title、--number、--date 和 --replaces 每次只用于一个文件。请分次收录。"
DUE = "，请核对是否仍然有效"
NOT_PUBLISHED = "没有发布，没有改动。"
NOT_WITHDRAWN = "没有撤回，没有改动。"
EVERYBODY = "各社区"
OF_ONE = {"title", "number", "dated_on"}
LONGEST_KEY = 10


@dataclass(frozen=True)
class Order:
    """What is to be brought in: for which community, with which lines of the card, instead of what.

    `agrees` is asked before each file is published.
    """

    files: Sequence[Path]
    card: Mapping[str, str]
    community: str | None
    replaces: str | None
    agrees: Callable[[str], bool]


@dataclass(frozen=True)
class Target:
    """Where a document is to stand; without a community it is for all of them."""

    card: Card
    community: Community | None
    before: Filed | None

    @property
    def community_id(self) -> int | None:
        return self.community.id if self.community is not None else None

    @property
    def name(self) -> str:
        return self.community.name if self.community is not None else EVERYBODY


@dataclass(frozen=True)
class Desk:
    """The records and the library as they are now."""

    database: Database
    shelf: Shelf
    now: datetime

    @property
    def library(self) -> Library:
        return self.shelf.library


@asynccontextmanager
async def _desk(config: Config) -> AsyncIterator[Desk]:
    database = Database(config.database)
    try:
        await database.prepare()
        shelf = Shelf(database, Library.load())
        await shelf.refresh()
        yield Desk(database, shelf, SystemClock().now())
    finally:
        await database.close()


async def add(config: Config, order: Order) -> AsyncIterator[str | None]:
    """The key of each file, or None where it was not published. SettingsError, BadDocument."""
    if len(order.files) > 1 and (order.replaces or order.card.keys() & OF_ONE):
        raise SettingsError(ONE_FILE)
    card = _card(order.card)
    async with _desk(config) as desk:
        community = await _community(desk, order.community)
        before = await _filed(desk, order.replaces) if order.replaces else None
        target = Target(card, community, before)
        for file in order.files:
            try:
                yield await _added(desk, file, target, order.agrees)
            except (Refusal, SettingsError) as refusal:
                sys.stderr.write(f"{file.name}：{_sentence(refusal)}\n")
                yield None


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, DocumentKnown):
        return f"{texts.named(refusal.title)}已收录，内容相同，不再重复收录。"
    return refusals.sentence(refusal) if isinstance(refusal, Refusal) else str(refusal)


def _card(options: Mapping[str, str]) -> Card:
    """The same lines, by the same rules as in the chat. BadDocument."""
    lines = [f"{CARD[name]}：{value}" for name, value in options.items()]
    return document_cards.read("\n".join(lines))


async def _community(desk: Desk, name: str | None) -> Community | None:
    if name is None:
        return None
    async with desk.database.begin() as db:
        found = await communities.with_name(db, name)
    if not found:
        raise SettingsError(f"没有社区“{name}”。请核对名称，或先用 community import 导入名册。")
    if len(found) > 1:
        raise SettingsError(f"有{len(found)}个“{name}”。请连同街道一起写，例如：人民街道{name}")
    return found[0]


async def _added(
    desk: Desk, file: Path, target: Target, agrees: Callable[[str], bool]
) -> str | None:
    sys.stderr.write(f"正在核对 {file.name}……\n")
    prepared = await _prepared(desk, file, target)
    prepared.card.update(target.card)
    await _refuse_known(desk, prepared, target)
    sys.stderr.write(prepared.preview(target.before).plain + "\n")
    if not agrees(PUBLISH):
        sys.stderr.write(NOT_PUBLISHED + "\n")
        return None
    filed = await _published(desk, prepared, target)
    sys.stderr.write(f"已发布{texts.named(filed.title)}，用于{target.name}。\n")
    return filed.key


async def _prepared(desk: Desk, file: Path, target: Target) -> Prepared:
    async with desk.database.begin() as db:
        view = await documents.applying(db, target.community_id, today=day_of(desk.now))
    view -= {target.before.key} if target.before is not None else frozenset[str]()
    return filing.prepare(_content(file), file.name, desk.library, view, target.before)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise FileTooLarge(MEGABYTES)
        return file.read_bytes()
    except OSError as error:
        raise SettingsError("打不开文件。请核对文件名和权限。") from error


async def _refuse_known(desk: Desk, prepared: Prepared, target: Target) -> None:
    """DocumentKnown before anybody is asked."""
    digest = filing.digest(prepared.passages)
    async with desk.database.begin() as db:
        same = await documents.known(db, digest, community_id=target.community_id)
    if same is not None:
        raise DocumentKnown(same.title)


async def _published(desk: Desk, prepared: Prepared, target: Target) -> Filed:
    replaced = target.before.id if target.before is not None else None
    async with desk.database.begin() as db:
        filed = await filing.file_draft(
            db, prepared, community_id=target.community_id, by=None, at=desk.now
        )
        return await documents.publish(db, filed, by=OPERATOR, at=desk.now, replaces=replaced)


async def _filed(desk: Desk, key: str) -> Filed:
    """d12. SettingsError."""
    number = key.strip().removeprefix("d")
    if number.isascii() and number.isdecimal() and len(number) < LONGEST_KEY:
        with contextlib.suppress(NoDocument):
            async with desk.database.begin() as db:
                return await documents.with_id(db, int(number))
    raise SettingsError(f"没有编号为 {key} 的文件。编号请用 knowledge list 查看。")


async def listed(config: Config) -> list[str]:
    """Key, state, whose, version, title: tabs between; the newest first, then the two that come with the program."""
    async with _desk(config) as desk:
        async with desk.database.begin() as db:
            filed = await documents.everything(db)
            names = {
                one.community_id: (await communities.with_id(db, one.community_id)).name
                for one in filed
                if one.community_id is not None
            }
        rows = [
            (one.key, _state(one, desk.now), _whose(one, names), f"第{one.version}版", one.title)
            for one in filed
        ]
        shipped = [one for one in desk.library.documents if one.key in choices.SHIPPED]
        rows += [(one.key, "随助手提供", EVERYBODY, "第1版", one.title) for one in shipped]
    return ["\t".join(row) for row in rows]


def _state(filed: Filed, now: datetime) -> str:
    is_due = filed.state is DocumentState.PUBLISHED and filed.check_due(day_of(now)) is not None
    return STATES[filed.state] + (DUE if is_due else "")


def _whose(filed: Filed, names: dict[int, str]) -> str:
    if filed.community_id is not None:
        return names[filed.community_id]
    return f"{filed.subdistrict or ''}{EVERYBODY}"


async def shown(config: Config, key: str, *, with_text: bool) -> str:
    """The card, with the passages and the repairs; with the whole text if that is wanted. NoDocument."""
    async with _desk(config) as desk:
        for one in desk.library.documents:
            if one.key == key and key in choices.SHIPPED:
                return _shipped(one, desk.library, with_text=with_text)
        filed = await _filed(desk, key)
        if filed.state is DocumentState.WITHDRAWN:  # only the card is shown
            return cards.card(filed, 0, state=STATES[filed.state], versions=()).plain
        async with desk.database.begin() as db:
            content = await documents.content(db, filed.id)
    repairs = filing.repairs_of(content)
    parts = [cards.card(filed, len(repairs), state=STATES[filed.state], versions=()).plain]
    if with_text:
        parts += [_passage(one) for one in filing.passages(filed, content)]
    if repairs:
        parts.append(cards.repair_log(filed.title, repairs).plain)
    return "\n\n".join(parts)


def _passage(passage: Passage) -> str:
    """The text, under its citation where it does not begin with it."""
    if passage.level is Level.ARTICLE:
        return passage.text
    return f"{passage.citation}\n{passage.text}"


def _shipped(document: Document, library: Library, *, with_text: bool) -> str:
    own = [one for one in library.passages if one.document.key == document.key and with_text]
    card = cards.shipped_card(document, applies=True).plain
    return "\n\n".join([card, *map(_passage, own)])


async def confirm(config: Config, key: str) -> str:
    """Its status still holds, also past its own end. BadDocument where it answers nothing."""
    async with _desk(config) as desk:
        filed = await _filed(desk, key)
        if filed.state is not DocumentState.PUBLISHED:
            raise BadDocument(f"{texts.named(filed.title)}{STATES[filed.state]}，不需要核对。")
        async with desk.database.begin() as db:
            await documents.confirm(db, filed, by=OPERATOR, at=desk.now)
    return f"{texts.named(filed.title)}仍然有效，已登记，一年后再请核对。"


async def withdraw(config: Config, key: str, agrees: Callable[[str], bool]) -> str:
    """Withdrawn, and looked for afterwards. NoDocument; StaleButton if it was withdrawn before."""
    async with _desk(config) as desk:
        filed = await _filed(desk, key)
        if filed.state not in (DocumentState.PUBLISHED, DocumentState.SUPERSEDED):
            raise BadDocument(f"{texts.named(filed.title)}没有发布或已撤回，不需要撤回。")
        sys.stderr.write(texts.ask_withdrawal(filed).plain + "\n")
        if not agrees(WITHDRAW):
            return NOT_WITHDRAWN
        async with desk.database.begin() as db:
            filed = await documents.withdraw(db, filed, by=OPERATOR, at=desk.now)
            gone = await withdrawals.gather(db, str(filed.id))
        await desk.shelf.refresh()
    found = withdrawals.is_gone(gone, desk.library)
    return texts.checked_gone(filed.title, is_gone=found).plain
