"""Holds requests and results against the Bot API: names, types and what is required."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}
ARRAY = "Array of "


@cache
def bot_api() -> Any:
    return json.loads(Path(__file__).with_name("bot_api.json").read_text("utf-8"))


def method_named(name: str) -> str | None:
    """The method as the description spells it; upper and lower case do not matter."""
    return {known.lower(): known for known in bot_api()["methods"]}.get(name.lower())


def check_request(method: str, parameters: dict[str, Any]) -> list[str]:
    """What is wrong with a request; values are as JSON, not as form text."""
    return _fields(method, parameters, bot_api()["methods"][method]["fields"])


def check_result(method: str, result: Any) -> list[str]:
    """What is wrong with an answer."""
    return _one_of(method, result, bot_api()["methods"][method]["returns"])


def check_update(update: Any) -> list[str]:
    return _of_type("Update", update, "Update")


def typed(method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a form, which are all text, as the JSON values the method takes."""
    fields = bot_api()["methods"][method]["fields"]
    return {
        name: _typed(value, fields[name][1:])
        if name in fields and isinstance(value, str)
        else value
        for name, value in parameters.items()
    }


def _typed(value: str, types: list[str]) -> Any:
    if types == ["String"]:
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if "String" not in types or isinstance(found, int) else value


def _fields(where: str, values: dict[str, Any], fields: dict[str, list[Any]]) -> list[str]:
    wrong = [f"{where}.{name}: unknown" for name in values if name not in fields]
    for name, (required, *types) in fields.items():
        if name in values:
            wrong += _one_of(f"{where}.{name}", values[name], types)
        elif required:
            wrong.append(f"{where}.{name}: missing")
    return wrong


def _one_of(where: str, value: Any, types: list[str]) -> list[str]:
    """Fine if one of the types takes the value; else what the most lenient one says."""
    complaints = [_of_type(where, value, kind) for kind in types]
    return min(complaints, key=len)


def _of_type(where: str, value: Any, kind: str) -> list[str]:
    if kind.startswith(ARRAY):
        items = value if isinstance(value, list) else [None]
        inner = kind.removeprefix(ARRAY)
        return [wrong for item in items for wrong in _of_type(f"{where}[]", item, inner)]
    if kind in SIMPLE:
        fits = isinstance(value, SIMPLE[kind]) and (kind == "Boolean") == isinstance(value, bool)
        return [] if fits else [f"{where}: not {kind}"]
    if kind == "InputFile":  # a name and its content
        return []
    entry = bot_api()["types"][kind]
    if entry["subtypes"]:
        return _one_of(where, value, entry["subtypes"])
    return (
        _fields(where, value, entry["fields"])
        if isinstance(value, dict)
        else [f"{where}: not {kind}"]
    )
