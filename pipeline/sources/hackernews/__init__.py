"""Hacker News "Who is hiring": its monthly threads, the first line of a comment, and the segments of that line."""

from pipeline.sources.hackernews.board import ABOUT, fetch, read, threads, token_in

__all__ = ["ABOUT", "fetch", "read", "threads", "token_in"]
