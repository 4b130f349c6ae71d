#!/bin/sh
# demo.sh COMMAND FOLDER: starts the drop in FOLDER, delivers the examples, shows the status, stops it.
set -eu
edi_hit=$1
drop=$2
here=$(dirname "$0")

rm -rf "$drop"
mkdir -p "$drop/partners"
cp "$here/drop.toml" "$drop"
cp "$here"/../partners/*.toml "$drop/partners"
"$edi_hit" ledger init --ledger "$drop/drop.db"
"$edi_hit" drop "$drop/drop.toml" --status >/dev/null    # makes the folders

"$edi_hit" drop "$drop/drop.toml" 2>"$drop/log.ndjson" &
worker=$!
trap 'kill $worker 2>/dev/null || true' EXIT

deliver() {    # under another name first, so that nothing half written is taken
    cp "$1" "$2.tmp"
    mv "$2.tmp" "$2"
}

echo "== the drop runs; files are delivered =="
for file in "$here"/../*.837; do
    deliver "$file" "$drop/claims/inbound/$(basename "$file")"
done
deliver "$here/../01-first-visit.837" "$drop/claims/inbound/the-first-again.837"
deliver "$here/../faulty/three-claims-two-faulty.837" "$drop/checks/inbound/faulty.837"
echo "this is no X12" >"$drop/checks/inbound/note.txt"
"$edi_hit" drop "$drop/drop.toml" --status

echo "== waiting until all are done =="
for _ in $(seq 60); do
    test -z "$(find "$drop"/*/inbound "$drop"/*/work -type f)" && break
    sleep 0.5
done
sleep 0.5
"$edi_hit" drop "$drop/drop.toml" --status

kill -TERM $worker
wait $worker || true
trap - EXIT
echo "== stopped; sent =="
(cd "$drop" && find claims/ack claims/outbound checks/ack -type f | sort)
echo "== the end of the log =="
tail -3 "$drop/log.ndjson"
echo "== the audit trail is whole =="
"$edi_hit" ledger audit --ledger "$drop/drop.db"
