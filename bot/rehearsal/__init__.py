"""The rehearsal group: a small Bot API server on this machine, its page and its cast."""
