#!/usr/bin/env bash
# Decisions a second by one process, and by three on the same PostgreSQL, alternating in one run. All three run all the time; only
# who is asked changes. Needs wrk and curl, and a built target/quarkus-app (mvn -Pfast package -DskipTests).
#
#   bench/replicas.sh [seconds of each measurement] [rounds]
#
# WARM=120 seconds of load on all three before, since three virtual machines compile on the same cores; CONNECTIONS="32 128".
set -euo pipefail
seconds=${1:-10} rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
work=$(mktemp -d)
pids=()

end() {
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap end EXIT

# start NAME [SETTING=VALUE...]: prints nothing; the address is then in $work/NAME/address.
start() {
  local name=$1
  shift
  mkdir "$work/$name"
  (cd "$work/$name" && exec env QUARKUS_HTTP_PORT=0 "$@" java -Xmx512m -jar "$jar") >"$work/$name/log" 2>&1 &
  pids+=($!)
  for _ in $(seq 600); do
    if grep -q 'listens on' "$work/$name/log"; then
      grep -o 'listens on http://[0-9.:]*' "$work/$name/log" | cut -d' ' -f3 >"$work/$name/address"
      return
    fi
    kill -0 "${pids[-1]}" || { cat "$work/$name/log" >&2; exit 1; }
    sleep 0.2
  done
  exit 1
}

call() {
  local method=$1 path=$2 key=$3 body=$4
  curl -sSf -X "$method" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -d "$body" "${addresses[0]}$path"
}

start first
cluster=$work/first/data/postgres
port=$(sed -n 4p "$cluster/data/postmaster.pid")
password=$(sed -n 's/^.*:leeway:\([^:]*\)$/\1/p' "$cluster/pgpass" | head -1)
for name in second third; do
  start "$name" "QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$port/leeway" \
    QUARKUS_DATASOURCE_USERNAME=leeway "QUARKUS_DATASOURCE_PASSWORD=$password"
done
addresses=($(cat "$work"/first/address "$work"/second/address "$work"/third/address))
admin=$(cat "$work/first/data/admin.key")
key() { call POST /v1/keys "$admin" "{\"name\":\"$1\",\"roles\":[\"$1\"]}" | sed 's/.*"key":"\([^"]*\)".*/\1/'; }
operator=$(key operator)
agent=$(key agent)
call PUT /v1/stages/logistics-bot/carrier.select "$operator" '{"stage":"LIMITED","reason":"measurement"}' >/dev/null

# rate CONNECTIONS ADDRESS...: the sum over wrks that run at the same time.
rate() {
  local connections=$1
  shift
  local left=$# waiting=()
  rm -f "$work"/wrk.*
  for address in "$@"; do
    # Runs in a subshell each, so a counter would not do.
    local run
    run=$(date +%s%N)
    local share=$(((connections + left - 1) / left))
    connections=$((connections - share)) left=$((left - 1))
    wrk --timeout 10s -t1 -c"$share" -d"$seconds" -s "$here/replicas.lua" "$address" -- "$agent" "run-$run" >"$work/wrk.$run" &
    waiting+=($!)
  done
  wait "${waiting[@]}"
  if grep -H 'Non-2xx\|Socket errors' "$work"/wrk.* >&2; then exit 1; fi
  awk '/Requests\/sec/ { sum += $2 } END { printf "%.0f", sum }' "$work"/wrk.*
}

echo "warming up" >&2
(seconds=${WARM:-120} && rate 128 "${addresses[@]}") >/dev/null 2>&1 || true
printf '%-12s %-6s %10s %10s %7s\n' connections round one three ratio
for connections in ${CONNECTIONS:-32 128}; do
  for ((round = 1; round <= rounds; round++)); do
    one=$(rate "$connections" "${addresses[0]}")
    three=$(rate "$connections" "${addresses[@]}")
    printf '%-12s %-6s %10s %10s %7s\n' "$connections" "$round" "$one" "$three" \
      "$(awk "BEGIN { printf \"%.2f\", $three / $one }")"
  done
done
