#!/bin/sh
# Half an hour at 80 % of what the server can do: memory and latency must stay flat.
# A measurement, not a test: run it on a machine with nothing else to do.
#   scripts/soak.sh [RATE]        without RATE the capacity is measured first
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rate=${1:-}
if [ -z "$rate" ]; then
  "$root/zhiyin" bench serve --seconds 10 --overload 1 --json "$work/capacity.json"
  rate=$(tr ',' '\n' <"$work/capacity.json" | awk '/overload.capacity"/ { found = 1 } found && /"value"/ { print int($3 * 0.8); exit }')
fi
echo "30 minutes at $rate requests a second …"
"$root/zhiyin" bench serve --seconds 1800 --rate "$rate" --json "${SOAK_JSON:-soak.json}"
