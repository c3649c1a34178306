"""The Bot API's methods about chats: what they are, who is in them, and leaving."""

from bot.rehearsal.people import change_membership
from bot.rehearsal.state import ApiError, Json, Telegram

LARGEST = 20 * 1024 * 1024  # bytes of a file that a bot may fetch
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def admitted(telegram: Telegram, chat_id: int) -> Json:
    """The chat, if the bot may write there; ApiError."""
    chat = telegram.chat(chat_id)
    if chat["type"] == "private":
        if chat_id in telegram.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat_id not in telegram.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    elif telegram.bot["id"] not in telegram.members[chat_id]:
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat['type']} chat")
    return chat


async def get_chat(telegram: Telegram, given: Json) -> Json:
    chat_id = given["chat_id"]
    found = telegram.chat(chat_id) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if (pinned := telegram.found(chat_id, telegram.pinned.get(chat_id, 0))) is not None:
        found["pinned_message"] = pinned
    return found


async def get_chat_member(telegram: Telegram, given: Json) -> Json:
    telegram.chat(given["chat_id"])
    return member(telegram, given["chat_id"], given["user_id"])


async def get_chat_administrators(telegram: Telegram, given: Json) -> list[Json]:
    chat = telegram.chat(given["chat_id"])
    if chat["type"] == "private":
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    managers = sorted(telegram.administrators[given["chat_id"]] - {telegram.bot["id"]})
    return [member(telegram, given["chat_id"], user_id) for user_id in managers]


def member(telegram: Telegram, chat_id: int, user_id: int) -> Json:
    """What somebody is in a chat."""
    if user_id == telegram.bot["id"]:
        user = telegram.bot
    elif user_id in telegram.users:
        user = telegram.users[user_id]
    else:
        raise ApiError(400, "Bad Request: user not found")
    if user_id not in telegram.members[chat_id] and user_id != chat_id:
        return {"status": "left", "user": user}
    if user_id not in telegram.administrators[chat_id]:
        return {"status": "member", "user": user}
    unset = {"can_be_edited", "is_anonymous"}
    return {
        "status": "administrator",
        "user": user,
        **{right: right not in unset for right in RIGHTS},
    }


async def leave_chat(telegram: Telegram, given: Json) -> bool:
    chat_id = given["chat_id"]
    if admitted(telegram, chat_id)["type"] == "private":
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    change_membership(telegram, telegram.bot, chat_id, "member", "left")
    telegram.members[chat_id].discard(telegram.bot["id"])
    return True


async def get_file(telegram: Telegram, given: Json) -> Json:
    document = telegram.documents.get(given["file_id"])
    if document is None:
        raise ApiError(400, "Bad Request: invalid file_id")
    if document["file_size"] > LARGEST:
        raise ApiError(400, "Bad Request: file is too big")
    return {
        "file_id": document["file_id"],
        "file_unique_id": document["file_unique_id"],
        "file_size": document["file_size"],
        "file_path": f"documents/{document['file_id']}",
    }
