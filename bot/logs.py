"""Logging to stderr; the token never gets there, not even inside a traceback."""

import logging
import re

TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")


class RedactingFormatter(logging.Formatter):
    """Whatever was logged, and however deep in a traceback, looks like `<token>`."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("<token>", super().format(record))


def start(*, verbose: bool) -> None:
    """Configure the root logger once, from the command line."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
    hush()


def hush() -> None:
    """Libraries that write addresses (with the token in them) at INFO speak up from WARNING only."""
    for name in ("httpx", "httpcore", "telegram", "apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
