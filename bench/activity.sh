#!/usr/bin/env bash
# What looking back costs: decisions a second under a policy whose rows ask for six things of recent activity, and under the
# same policy without these rows, in turns, on one database with earlier decisions. What is kept for looking back is set aside
# while the policy without it is measured.
#
#   bench/activity.sh [DIRECTORY]    DIRECTORY/data is filled unless it is there (N decisions, of 30 days)
#
# N=1000000 earlier decisions, ROUNDS=5 turns, SECONDS_EACH=20 of load after WARM=40, CONNECTIONS=32. Each proposal has a subject of its own.
# Needs wrk, python3, psql, a built target/ and, for filling, compiled tests. A million takes 4 GB.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/service.sh"
source "$(dirname "${BASH_SOURCE[0]}")/versions.sh"
directory=$(mkdir -p "${1:-$home/target/activity}" && cd "${1:-$home/target/activity}" && pwd)
number=${N:-1000000} rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-20} connections=${CONNECTIONS:-32} warm=${WARM:-40}

head='RuleSet,leeway.bench
Import,io.leeway.model.Proposal
Variables,io.leeway.policy.VerdictBuilder verdict
Owner,bench@example.com
,
RuleTable Remit
NAME,CONDITION,CONDITION,CONDITION,ACTION,ACTION
,$p : Proposal...,$p : Proposal...,$p : Proposal...,,
,"action.type == ""$param""","action.currency == ""$param""",action.amount <= $param,"verdict.grant(""$param"");","verdict.because(""$param"");"
Id,Action,Currency,Amount up to,Mode,Because
BUY-1,budget.spend,USD,1000,Autonomous,Small ones are the agent'"'"'s.
,
RuleTable Limits
NAME,CONDITION,CONDITION,CONDITION,ACTION,ACTION
,$p : Proposal...,$p : Proposal...,$p : Proposal...,,
,"action.type == ""$param""","action.currency == ""$param""",action.amount > $param,"verdict.require(""$param"");","verdict.because(""$param"");"
Id,Action,Currency,Amount over,Mode,Because
LIM-1,budget.spend,USD,500,Human in the loop,Larger ones are looked at.'
rows='
,
RuleTable Activity
NAME,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,ACTION,ACTION
,$p : Proposal...,$p : Proposal...,$p : Proposal...,$p : Proposal...,$p : Proposal...,$p : Proposal...,$p : Proposal...,$p : Proposal...,,
,"action.type == ""$param""","action.currency == ""$param""","activity.count(""agent"", ""PT10M"") > $param","activity.count(""repeat"", ""P1D"") > $param","activity.count(""subject"", ""P7D"") > $param","activity.agents(""subject"", ""P7D"") > $param","activity.exposure(""agent+action"", ""PT24H"") > $param","activity.exposure(""subject"", ""P7D"") > $param","verdict.require(""$param"");","verdict.because(""$param"");"
Id,Action,Currency,Often,Again,On it,Agents,Money,Money on it,Mode,Because
ACT-1,budget.spend,USD,900000000,,,,,,Human in the loop,Too often.
ACT-2,budget.spend,USD,,3,,,,,Human in the loop,The same again.
ACT-3,budget.spend,USD,,,50,,,,Human in the loop,Too much on it.
ACT-4,budget.spend,USD,,,,3,,,Human in the loop,Too many agents.
ACT-5,budget.spend,USD,,,,,900000000,,Human in the loop,Too much money.
ACT-6,budget.spend,USD,,,,,,5000,Human in the loop,Too much money on it.'
echo "$head" >"$directory/plain.csv"
echo "${head/Larger/The larger}" >"$directory/again.csv"
echo "$head$rows" >"$directory/looking.csv"
echo '{"action":{"id":"buy-{{run}}","type":"budget.spend","amount":{"value":"20.00","currency":"USD"},"confidence":0.97,"reversible":true},
 "agent":{"id":"buyer"},"subject":{"type":"budget","id":"B-{{run}}"}}' >"$directory/body.json"

data=$directory/data
if [[ ! -d $data ]]; then
    (cd "$home" && mvn -q -B -o dependency:build-classpath -Dmdep.outputFile="$directory/classpath" &&
        "$java" -Xmx2g -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
            -cp "target/test-classes:target/classes:$(cat "$directory/classpath")" \
            io.leeway.decision.EarlierDecisions "$data" "$number" 30)
fi
echo "activity: $number before; $rounds turns of $seconds s at $connections connections; $(nproc) cores; commit $(git -C "$home" rev-parse --short HEAD)"

load() {
    BODY=$directory/body.json KEY=$(cat "$data.agent") RUN=$(date +%s) \
        wrk -t1 -c"$connections" -d"$1"s --latency -s "$home/bench/decide.lua" "http://127.0.0.1:$port/v1/decisions" |
        sed -n 's/^@@ //p'
}

sql() {
    local server
    server=$(sed -n 's/.*"-p" "\([0-9]*\)".*/\1/p' "$data/postgres/data/postmaster.opts")
    PGPASSFILE=$data/postgres/pgpass psql -q -At -h 127.0.0.1 -p "$server" -U leeway -d leeway -v ON_ERROR_STOP=1 -c "$1"
}

# put NAME: that policy instead of the one in force
put() {
    local began
    began=$(now_ms)
    activate "$data" "$(version "$data" "$directory/$1.csv" $(tables_in_force "$data"))"
    echo "$1 in force after $(($(now_ms) - began)) ms"
}

# in_force NAME: the policy and what it looks back on, which is gathered once and set aside meanwhile. Policies without questions come twice, as
# what the version before asked is kept for a return to it.
in_force() {
    start_service "$data" -Xmx512m
    if [[ ! -f $data.agent ]]; then
        people "$data"
        request PUT /v1/stages/buyer/budget.spend "$data.operator" -H 'Content-Type: application/json' \
            -d '{"stage":"FULL","reason":"bench"}' >/dev/null
    fi
    if [[ $1 == plain ]]; then
        put again
        put plain
        until [[ $(sql "select count(*) from activity_series where measure <> 'PRIOR'") == 0 ]]; do sleep 0.5; done
    elif [[ -f $directory/aside ]]; then
        sleep 3
        sql 'insert into activity_series table activity_aside on conflict do nothing; update ledger_head set control_epoch = control_epoch + 1'
        put looking
    else
        put looking
        sql 'create table activity_aside as table activity_series'
        touch "$directory/aside"
    fi
    stop_service
}

turn() {
    local requests micros p50 p99 errors
    in_force "$1"
    start_service "$data" -Xmx512m
    load "$warm" >/dev/null
    read -r requests micros p50 p99 errors < <(load "$seconds")
    stop_service
    ((errors * 100 <= requests)) || fail "$errors requests were refused under $1"
    printf '%-7s ready %6d ms   %7.0f decisions/s   p50 %6.2f ms   p99 %6.2f ms   refused %d\n' "$1" "$ready_ms" \
        "$(bc -l <<<"$requests * 1000000 / $micros")" "$(bc -l <<<"$p50 / 1000")" "$(bc -l <<<"$p99 / 1000")" "$errors"
}
for ((round = 0; round < rounds; round++)); do
    turn looking
    turn plain
done | tee "$directory/turns"

awk '
    function median(of, n,   i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && of[j] < of[j - 1]; j--) { t = of[j]; of[j] = of[j - 1]; of[j - 1] = t }
        return n % 2 ? of[(n + 1) / 2] : (of[n / 2] + of[n / 2 + 1]) / 2
    }
    $1 == "plain" && $2 == "ready" { p[++n] = $5 }
    $1 == "looking" && $2 == "ready" { l[++m] = $5; if ($3 > slowest) slowest = $3 }
    END {
        share = median(l, m) / median(p, n)
        printf "looking back: %.2f of the decisions without (at least 0.70), ready after at most %d ms (at most 30000)\n", share, slowest
        exit !(share >= 0.7 && slowest <= 30000)
    }' "$directory/turns"
