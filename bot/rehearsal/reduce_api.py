"""Reduces the machine-readable Bot API description to names, types and required flags."""

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("bot_api.json")


def reduced(full: dict[str, Any]) -> dict[str, Any]:
    """No descriptions: methods with parameters and results, types with fields or subtypes."""
    return {
        "version": full["version"],
        "methods": {
            name: {"fields": _fields(method), "returns": method["returns"]}
            for name, method in sorted(full["methods"].items())
        },
        "types": {
            name: {"fields": _fields(kind), "subtypes": kind.get("subtypes", [])}
            for name, kind in sorted(full["types"].items())
        },
    }


def _fields(entry: dict[str, Any]) -> dict[str, list[Any]]:
    """Name → required flag, then the types."""
    return {
        field["name"]: [field["required"], *field["types"]] for field in entry.get("fields", [])
    }


def main() -> None:
    """Reduce the file that is named on the command line."""
    description = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    TARGET.write_text(
        json.dumps(reduced(description), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
