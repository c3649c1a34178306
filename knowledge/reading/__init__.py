"""Reads a file that somebody sent: its text in canonical form, or why it cannot be read."""

from knowledge.reading.reader import read
from knowledge.reading.result import Problem, Reading, Stated, Unreadable
from knowledge.reading.safely import read_safely

__all__ = ["Problem", "Reading", "Stated", "Unreadable", "read", "read_safely"]
