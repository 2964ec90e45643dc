"""`trackmix label --second URL`: a chat model's opinion on the postings that the model is unsure of."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import typer

from classifiers.tracks import TITLES
from pipeline.fetching.chat import Chat
from pipeline.stages.second_opinion import Plan, answers, planned

KEY = "TRACKMIX_CHAT_KEY"


def ask_second(home: Path, address: str, model: str, most: int, minutes: float, price: float, is_agreed: bool) -> None:
    """Say what it comes to, ask whether to go on, then ask the endpoint; raises what `planned` and `answers` raise."""
    plan = planned(home, model, most)
    if not plan.postings:
        print(f"no open posting is left that the model is unsure of and {model} was not asked about")
        return
    print(_cost(plan, address, model, price), file=sys.stderr)
    if not is_agreed and not typer.confirm("Send them?", err=True):
        raise typer.Exit(1)
    labels, agreed, unusable = Counter[str](), 0, 0
    chat = Chat(address, model, os.environ.get(KEY, ""))
    try:
        for posting, answer in zip(plan.postings, answers(home, chat, plan, 60 * minutes), strict=False):
            if answer is None:
                unusable += 1
                continue
            labels[answer["label"]] += 1
            agreed += answer["label"] == posting["track"]
    finally:
        told = f"{labels.total()} of {len(plan.postings)} answers kept in {home / 'second-labels.csv'}, {unusable} unusable"
        print(f"{told}; {agreed} are what the model holds likeliest")
        for label, number in labels.most_common():
            print(f"{TITLES[label]:24} {number:>6,}")


def _cost(plan: Plan, address: str, model: str, price: float) -> str:
    cost = f"{plan.tokens() * price / 1e6:.2f} USD at {price:g} USD a million" if price else "their price was not named"
    return (
        f"title and text of {len(plan.postings)} postings go to {address} ({model}): "
        f"about {plan.tokens():,} tokens with the answers, {cost}"
    )
