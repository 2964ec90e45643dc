#!/usr/bin/env bash
# obstore 0.12.1 (S3): a bucket that does not exist is a missing object.
# One would guess that a wrong bucket is an error of its own, for the server's answer says NoSuchBucket. GET, HEAD, DELETE and even PUT
# raise FileNotFoundError, the first two the same as of an object that is not there: to who takes it for "never kept", a misspelt
# bucket is one from which every posting was lost, and all boards are asked anew. A LIST raises another error: ask it first.
# Seen: of a bucket with nothing in it get and head raise FileNotFoundError, the rest nothing; of none all but list do.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check obstore==0.12.1 'moto[s3,server]==5.2.1'
cd "$work"
export AWS_ACCESS_KEY_ID=example AWS_SECRET_ACCESS_KEY=example AWS_REGION=us-east-1
venv/bin/python - <<'PY'
import logging
import sys

import boto3
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
address = f"http://{host}:{port}"
boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket="kept")


def raised(work):
    try:
        work()
    except Exception as error:
        return "FileNotFoundError" if isinstance(error, FileNotFoundError) else "another error"
    return "nothing"


seen = {}
for bucket in ("kept", "misspelt"):
    store = S3Store(bucket, endpoint=address, client_options={"allow_http": True}, retry_config={"max_retries": 0})
    seen[bucket] = {
        "get": raised(lambda: store.get("board.zst")),
        "head": raised(lambda: store.head("board.zst")),
        "delete": raised(lambda: store.delete("board.zst")),
        "list": raised(lambda: store.list_with_delimiter("")),
        "put": raised(lambda: store.put("other.zst", b"{}")),
    }
    print(f"seen: {bucket}: {seen[bucket]}")
server.stop()
lost, no_error = "FileNotFoundError", "nothing"
same = seen == {
    "kept": {"get": lost, "head": lost, "delete": no_error, "list": no_error, "put": no_error},
    "misspelt": {"get": lost, "head": lost, "delete": lost, "list": "another error", "put": lost},
}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
