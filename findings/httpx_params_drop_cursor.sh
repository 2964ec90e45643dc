#!/usr/bin/env bash
# httpx 0.28.1: `params` replace the query of an address; a client's params do it to every page that a board links to.
# requests adds them. A board's next page is an address with a cursor: with `Client(params=...)` the cursor is gone, the
# first page is answered again with status 200, and again, for as long as one follows. `params={}` drops the query as
# well.
# Seen: pages 1, 1, 1, 1 in place of 1, 2; requests keeps both parts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check httpx==0.28.1 requests==2.34.2
cd "$work"
venv/bin/python - <<'PY'
import sys

import httpx
import requests

BOARD = "https://board.example/jobs"


def board(request):
    cursor = request.url.params.get("cursor", "1")
    return httpx.Response(200, json={"page": cursor, "next": f"{BOARD}?cursor=2" if cursor == "1" else None})


def pages(**options):
    url, read = BOARD, []
    with httpx.Client(transport=httpx.MockTransport(board), **options) as client:
        while url and len(read) < 4:
            answer = client.get(url).json()
            read.append(answer["page"])
            url = answer["next"]
    return read


def asked(params):
    return str(httpx.Client().build_request("GET", f"{BOARD}?cursor=2", params=params).url)


plain, with_params = pages(), pages(params={"lang": "en"})
by_requests = requests.Request("GET", f"{BOARD}?cursor=2", params={"lang": "en"}).prepare().url
print(f"seen: pages read: plainly {plain}, with the client's params {with_params}, stopped at four")
print(f"seen: params={{}}: {asked({})}; params=None: {asked(None)}; requests: {by_requests}")
same = plain == ["1", "2"] and with_params == ["1"] * 4 and asked({}) == BOARD
same = same and asked(None) == f"{BOARD}?cursor=2" and by_requests == f"{BOARD}?cursor=2&lang=en"
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
