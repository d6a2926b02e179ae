#!/usr/bin/env bash
# What a version in shadow costs the decisions beside it: decisions a second with and without one, in turns, on one service.
#
#   bench/shadow.sh [DIRECTORY]      made anew
#
# ROUNDS=5 turns, SECONDS_EACH=20 of load after WARM=60 once, CONNECTIONS=32. Needs wrk, python3 and a built target/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/service.sh"
source "$(dirname "${BASH_SOURCE[0]}")/versions.sh"
directory=$(mkdir -p "${1:-$home/target/shadow}" && cd "${1:-$home/target/shadow}" && pwd)
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-20} connections=${CONNECTIONS:-32} warm=${WARM:-60}
rm -rf "$directory"/*
mkdir "$directory/data"
example=$home/examples/03-carrier-selection-small.json

load() {
    BODY=$directory/body.json KEY=$(cat "$directory/data.agent") RUN=$(date +%s) \
        wrk -t1 -c"$connections" -d"$1"s --latency -s "$home/bench/decide.lua" "http://127.0.0.1:$port/v1/decisions" |
        sed -n 's/^@@ //p'
}

start_service "$directory/data" -Xmx512m
people "$directory/data"
request PUT /v1/stages/logistics-bot/carrier.select "$directory/data.operator" -H 'Content-Type: application/json' \
    -d '{"stage":"LIMITED","reason":"bench"}' >/dev/null
cat >"$directory/stricter.csv" <<'CSV'
Another safeguard
Owner,logistics@example.com
Needs at least,Small selections
Id,Action,Currency,Amount over,Mode,Because
BENCH-1,carrier.select,USD,800,Human in the loop,So that the two versions differ.
CSV
name=$(version "$directory/data" "$directory/stricter.csv")
echo "shadow: $rounds turns of $seconds s at $connections connections; $(nproc) cores; commit $(git -C "$home" rev-parse --short HEAD)"
body "$example" >"$directory/body.json"
load "$warm" >/dev/null

turn() {
    local requests micros p50 p99 errors
    read -r requests micros p50 p99 errors < <(load "$seconds")
    [[ $errors == 0 ]] || fail "$errors requests were refused"
    printf '%-7s %7.0f decisions/s   p50 %6.2f ms   p99 %6.2f ms\n' "$1" \
        "$(bc -l <<<"$requests * 1000000 / $micros")" "$(bc -l <<<"$p50 / 1000")" "$(bc -l <<<"$p99 / 1000")"
}
for ((round = 0; round < rounds; round++)); do
    body "$example" >"$directory/body.json"
    turn alone
    request POST "/v1/policies/$name/shadow" "$directory/data.first" >/dev/null
    turn shadow
    request DELETE "/v1/policies/$name/shadow" "$directory/data.first" >/dev/null
done | tee "$directory/turns"
request GET "/v1/policies/$name/shadow" "$directory/data.first" | head -c 300
echo
