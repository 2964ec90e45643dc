#!/usr/bin/env bash
# httpx 0.28.1: raise_for_status raises on 304, the answer that a conditional request is made for; requests does not.
# A board that is asked with If-None-Match and has not changed answers 304. Moved from requests to httpx, the same lines
# take every board that did not change for one that failed: only 2xx passes, `is_error` is false meanwhile.
# Seen: httpx HTTPStatusError "Redirect response '304 Not Modified'", is_error False, has_redirect_location False; requests
# passes 304 and raises on 404.
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


def raised(answer):
    try:
        answer.raise_for_status()
    except (httpx.HTTPStatusError, requests.HTTPError) as error:
        return str(error).splitlines()[0]
    return ""


with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(304))) as client:
    unchanged = client.get("https://board.example/jobs", headers={"If-None-Match": '"1"'})
by_requests = {}
for status in (304, 404):
    answer = requests.Response()
    answer.status_code, answer.url = status, "https://board.example/jobs"
    by_requests[status] = bool(raised(answer))
said = raised(unchanged)
print(f"seen: httpx: {said}; is_error {unchanged.is_error}, redirect {unchanged.has_redirect_location}; requests: {by_requests}")
same = said.startswith("Redirect response '304 Not Modified'") and not unchanged.is_error
same = same and not unchanged.has_redirect_location and by_requests == {304: False, 404: True}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
