"""The blank sign-in sheet of a meeting as a Word file, to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Message
from handlers.files import order as orders
from handlers.files import word
from handlers.texts import dates
from handlers.texts import notice as texts
from handlers.texts.text import text
from records import attendance, communities, meetings, posts
from records.calendar import day_of
from records.database import Transaction
from records.model import Community, Meeting, Person, Post

KIND = "sheet"
HEADINGS = ("序号", "姓名", "单位及职务", "签名", "备注")
WIDTHS = (14, 28, 54, 36, 24)  # millimetres
POSTS = {Post.SECRETARY: "书记", Post.DEPUTY: "副书记", Post.MEMBER: "委员"}
ROW_HEIGHT = 11  # room to sign
GUESTS, GUEST_ROWS = "列席", 5


@dataclass(frozen=True)
class SignInSheet:
    """The team of the meeting's day in the order of the roster, with the posts by person."""

    community: Community
    meeting: Meeting
    team: Sequence[Person]
    posts: Mapping[int, Post]
    made_at: datetime


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> SignInSheet:
    ordered = orders.read(body)
    meeting = await meetings.with_id(db, ordered.meeting_id)
    return SignInSheet(
        await communities.with_id(db, meeting.community_id),
        meeting,
        await attendance.team(db, meeting),
        await posts.on(db, community_id=meeting.community_id, day=day_of(meeting.starts_at)),
        ordered.at,
    )


def render(facts: SignInSheet) -> Message:
    meeting = facts.meeting
    title = f"{texts.full_title(facts.community, meeting)}签到表"
    document = word.paper(title, made_at=facts.made_at)
    place = f"　地点：{meeting.place}" if meeting.place else ""
    word.add_line(document, f"时间：{dates.full_moment(meeting.starts_at)}{place}")
    rows = [
        (str(number), person.name, _unit_and_post(person, facts.posts), "", "")
        for number, person in enumerate(facts.team, start=1)
    ]
    made = word.table(document, HEADINGS, rows, WIDTHS, height=ROW_HEIGHT)
    word.add_heading(made, GUESTS)
    for _ in range(GUEST_ROWS):
        word.add_row(made, ("",) * len(WIDTHS), WIDTHS, height=ROW_HEIGHT)
    return Message(text(texts.SHEET_MADE), attachment=word.packed(document, meeting))


def _unit_and_post(person: Person, held: Mapping[int, Post]) -> str:
    unit = person.unit.name if person.unit else ""
    post = POSTS[held[person.id]] if person.id in held else ""
    return "　".join(part for part in (unit, post) if part)
