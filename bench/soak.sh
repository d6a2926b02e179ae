#!/usr/bin/env bash
# Memory under a steady load: -Xmx512m at about 70 % of what the service can do, for some minutes.
#
#   bench/soak.sh [MINUTES] [DIRECTORY]      30 minutes, a new database in target/soak
#
# SHARE=70 percent of the capacity, RATE= decisions a second instead, LIMIT=900 MiB resident, JVM_OPTIONS more of them.
# Heap is measured right after a full collection, once a minute; flat: the median of the last third is at most 10 % and
# 8 MiB above that of the first, the first minute apart.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/service.sh"
minutes=${1:-30} limit=${LIMIT:-900} share=${SHARE:-70}
directory=$(mkdir -p "${2:-$home/target/soak}" && cd "${2:-$home/target/soak}" && pwd)
jcmd=${JAVA_HOME:+$JAVA_HOME/bin/}jcmd
rm -rf "$directory/data" "$directory/data.key"
mkdir "$directory/data"

# shellcheck disable=SC2086
start_service "$directory/data" -Xmx512m -XX:NativeMemoryTracking=summary ${JVM_OPTIONS:-}
trap 'kill ${load:-} 2>/dev/null || true; stop_service' EXIT
key=$(agent_key "$directory/data")
body "$home/examples/02-fresh-billing-adjustment.json" >"$directory/body.json"

capacity() {
    BODY=$directory/body.json KEY=$key RUN=$(date +%s) wrk -t1 -c32 -d"$1"s --latency -s "$home/bench/decide.lua" \
        "http://127.0.0.1:$port/v1/decisions" | sed -n 's/^@@ //p' | awk '{printf "%d", $1 * 1000000 / $2}'
}

if [[ -z ${RATE:-} ]]; then
    capacity 20 >/dev/null
    full=$(capacity 20)
    RATE=$((full * share / 100))
    echo "capacity $full decisions/s at 32 connections; load $RATE/s for $minutes min; $(nproc) cores; commit $(git -C "$home" rev-parse --short HEAD)"
fi
"$java" -Xmx64m "$home/src/test/java/io/leeway/bench/SteadyLoad.java" "http://127.0.0.1:$port/v1/decisions" "$key" \
    "$directory/body.json" "$RATE" $((minutes * 60)) >"$directory/load" &
load=$!

rss_mib() {
    awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$service/status"
}

heap_kib() {
    "$jcmd" "$service" GC.run >/dev/null
    "$jcmd" "$service" GC.heap_info | sed -n 's/.*heap .*used \([0-9]*\)K.*/\1/p' | head -n 1
}

: >"$directory/heap"
max=0
for ((minute = 1; minute <= minutes; minute++)); do
    for ((i = 0; i < 12; i++)); do
        sleep 5
        resident=$(rss_mib)
        ((resident <= max)) || max=$resident
    done
    heap=$(heap_kib)
    echo "$heap" >>"$directory/heap"
    printf 'minute %2d   RSS %4d MiB, at most %4d   heap after GC %6.1f MiB\n' "$minute" "$(rss_mib)" "$max" "$(bc -l <<<"$heap / 1024")"
done
wait "$load" || true
"$jcmd" "$service" VM.native_memory summary >"$directory/native-memory" || true
read -r answered rate refused < <(sed -n 's/^@@ //p' "$directory/load")
echo "load: $answered decisions, $rate/s, $refused refused"

awk -v max="$max" -v limit="$limit" -v refused="$refused" '
    function median(from, to,   i, j, n, t, of) {
        n = 0
        for (i = from; i <= to; i++) of[++n] = heap[i]
        for (i = 2; i <= n; i++) for (j = i; j > 1 && of[j] < of[j - 1]; j--) { t = of[j]; of[j] = of[j - 1]; of[j - 1] = t }
        return n % 2 ? of[(n + 1) / 2] : (of[n / 2] + of[n / 2 + 1]) / 2
    }
    { heap[++count] = $1 / 1024 }
    END {
        start = count > 1 ? 2 : 1
        third = int((count - start + 1) / 3)
        if (third < 1) third = 1
        first = median(start, start + third - 1)
        last = median(count - third + 1, count)
        flat = last <= first * 1.1 + 8
        printf "soak: RSS at most %d MiB (limit %d); heap after GC %.1f MiB at the start, %.1f at the end, %s; %d refused\n",
            max, limit, first, last, flat ? "flat" : "GROWING", refused
        exit !(max <= limit && flat && refused == 0)
    }' "$directory/heap"
