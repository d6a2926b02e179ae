#!/usr/bin/env bash
# What a long history costs: decisions a second and start-up on an empty and on a grown database, in turns.
#
#   bench/growth.sh [DIRECTORY]      DIRECTORY/seeded is filled unless it is there (N decisions), DIRECTORY/empty is made anew
#
# N=10000000 decisions, ROUNDS=5 turns, SECONDS_EACH=20 of load after WARM=60 (code is compiled, and each page changed once since
# the checkpoint that the stop before made), CONNECTIONS=32. Needs wrk, python3, a built target/ and,
# for filling, compiled tests. 10 million need about 45 GB.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/service.sh"
directory=$(mkdir -p "${1:-$home/target/growth}" && cd "${1:-$home/target/growth}" && pwd)
number=${N:-10000000} rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-20} connections=${CONNECTIONS:-32} warm=${WARM:-60}
example=$home/examples/02-fresh-billing-adjustment.json

if [[ ! -d $directory/seeded ]]; then
    (cd "$home" && mvn -q -B -o dependency:build-classpath -Dmdep.outputFile="$directory/classpath" &&
        "$java" -Xmx2g -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
            -cp "target/test-classes:target/classes:$(cat "$directory/classpath")" \
            io.leeway.decision.EarlierDecisions "$directory/seeded" "$number")
fi
rm -rf "$directory/empty" "$directory/empty.key"
mkdir "$directory/empty"
echo "entries: $number before; $rounds turns of $seconds s at $connections connections; $(nproc) cores; commit $(git -C "$home" rev-parse --short HEAD)"

load() {
    BODY=$directory/body.json KEY=$(agent_key "$1") RUN=$(date +%s) \
        wrk -t1 -c"$connections" -d"$2"s --latency -s "$home/bench/decide.lua" "http://127.0.0.1:$port/v1/decisions" |
        sed -n 's/^@@ //p'
}

turn() {
    local requests micros p50 p99 errors
    start_service "$directory/$1" -Xmx512m
    body "$example" >"$directory/body.json"
    load "$directory/$1" "$warm" >/dev/null
    read -r requests micros p50 p99 errors < <(load "$directory/$1" "$seconds")
    [[ $errors == 0 ]] || fail "$errors requests were refused on $1"
    stop_service
    printf '%-7s ready %6d ms   %7.0f decisions/s   p50 %6.2f ms   p99 %6.2f ms\n' "$1" "$ready_ms" \
        "$(bc -l <<<"$requests * 1000000 / $micros")" "$(bc -l <<<"$p50 / 1000")" "$(bc -l <<<"$p99 / 1000")"
}

# A first start makes tables, keys and policy, and is not counted.
for one in empty seeded; do
    start_service "$directory/$one" -Xmx512m
    agent_key "$directory/$one" >/dev/null
    stop_service
done
for ((round = 0; round < rounds; round++)); do
    turn empty
    turn seeded
done | tee "$directory/turns"

awk '
    function median(of, n,   i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && of[j] < of[j - 1]; j--) { t = of[j]; of[j] = of[j - 1]; of[j - 1] = t }
        return n % 2 ? of[(n + 1) / 2] : (of[n / 2] + of[n / 2 + 1]) / 2
    }
    $1 == "empty" { re[++e] = $3; de[e] = $5 }
    $1 == "seeded" { rs[++s] = $3; ds[s] = $5 }
    END {
        slower = (1 - median(ds, s) / median(de, e)) * 100
        later = median(rs, s) - median(re, e)
        printf "grown: %.1f %% slower (at most 10), ready %d ms later (at most 2000)\n", slower, later
        exit !(slower <= 10 && later <= 2000)
    }' "$directory/turns"
