"""Asks a chat endpoint that speaks the API of OpenAI (`POST .../chat/completions`), hosted or on one's own machine.

It is reached only at the address that a user names, and redirects are not followed: the text goes nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import Any

import httpx

SECONDS = 120.0  # for one answer: a model on a processor writes slowly
TURNS = 3
WAIT = 2.0  # seconds before the second turn, twice that before the third
PASSING = (408, 429, 500, 502, 503, 504)


class ChatError(Exception):
    """The endpoint cannot be asked; the message names the address and what it said."""


class UnusableAnswerError(ValueError):
    """It answered, but not as the schema says."""


@dataclass(frozen=True)
class Chat:
    """A model behind an address such as `http://localhost:11434/v1`; `key` is sent as a bearer token if there is one."""

    address: str
    model: str
    key: str = ""
    transport: httpx.BaseTransport | None = None
    wait: Callable[[float], None] = sleep

    def ask(self, instruction: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
        """The JSON object that the model answers to the text. Raises ChatError, UnusableAnswerError."""
        asked = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": schema},
            },
        }
        try:
            said = json.loads(self._post(asked).json()["choices"][0]["message"]["content"])
        except (ValueError, KeyError, IndexError, TypeError):
            raise UnusableAnswerError(f"{self.address} did not answer with JSON") from None
        if not isinstance(said, dict):
            raise UnusableAnswerError(f"{self.address} did not answer with a JSON object")
        return said

    def _post(self, asked: dict[str, Any]) -> httpx.Response:
        url = f"{self.address.rstrip('/')}/chat/completions"
        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        fault = ""
        with httpx.Client(transport=self.transport, timeout=SECONDS, headers=headers) as client:
            for turn in range(TURNS):
                if turn:
                    self.wait(WAIT * turn)
                try:
                    reply = client.post(url, json=asked)
                except (httpx.InvalidURL, httpx.UnsupportedProtocol):
                    raise ChatError(
                        f"{self.address} is no address; name one such as http://localhost:11434/v1"
                    ) from None
                except httpx.HTTPError as error:
                    fault = str(error) or type(error).__name__
                    continue
                if reply.is_success:
                    return reply
                fault = f"status {reply.status_code}: {' '.join(reply.text.split())[:200]}"
                if reply.status_code not in PASSING:
                    break
        raise ChatError(f"{url} cannot be asked: {fault}")
