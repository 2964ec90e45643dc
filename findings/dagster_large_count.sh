#!/usr/bin/env bash
# Dagster 1.13.27: a count beyond 2,147,483,647 in an asset's metadata has no intValue when it is asked for by GraphQL.
# The event log keeps the number, but GraphQL's Int has 32 bits: `intValue` is null from there on, without an error, as if the
# run had told nothing. A stored gigabyte more is enough for a series of bytes to end. `intRepr`, a text, always has it.
# Seen: 2147483647: 2147483647 and "2147483647"; 3000000000: null and "3000000000".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27 dagster-graphql==1.13.27
cd "$work"
mkdir home
export DAGSTER_HOME="$work/home" DAGSTER_DISABLE_TELEMETRY=1
cat > payloads.py <<'PY'
import dagster as dg


@dg.asset
def payloads() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"bytes_before": 2_147_483_647, "bytes": 3_000_000_000})


defs = dg.Definitions(assets=[payloads])
PY
venv/bin/dagster asset materialize -f payloads.py --select payloads > log 2>&1 || { cat log; exit 1; }
venv/bin/dagster-graphql -f payloads.py -t '{assetNodes {assetMaterializations(limit: 1) {
    metadataEntries {label ... on IntMetadataEntry {intValue intRepr}}}}}' > answer 2> log || { cat log; exit 1; }
venv/bin/python - <<'PY'
import json
import sys

answer = next(line for line in open("answer") if line.startswith('{"data"'))
entries = json.loads(answer)["data"]["assetNodes"][0]["assetMaterializations"][0]["metadataEntries"]
seen = {one["label"]: (one["intValue"], one["intRepr"]) for one in entries}
print("seen:", seen)
same = seen == {"bytes_before": (2_147_483_647, "2147483647"), "bytes": (None, "3000000000")}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
