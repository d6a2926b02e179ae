# Sourced by the scripts beside it: starting the packaged service on a data directory, and asking it.
home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=${JAR:-$home/target/quarkus-app/quarkus-run.jar}
port=${PORT:-8250}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
    echo "$0: $*" >&2
    exit 1
}

now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

is_ready() {
    curl -s -o /dev/null -f --max-time 1 "http://127.0.0.1:$port/q/health/ready"
}

is_ready && fail "something is ready at port $port already; set PORT"
service=

# start_service DATA_DIRECTORY [JVM OPTION…]: sets $service (pid) and $ready_ms
start_service() {
    local directory=$1 began
    shift
    began=$(now_ms)
    LEEWAY_DATA_DIR=$directory QUARKUS_HTTP_PORT=$port "$java" "$@" -jar "$jar" serve >"$directory.log" 2>&1 &
    service=$!
    until is_ready; do
        kill -0 "$service" 2>/dev/null || fail "the service on $directory ended: $(tail -n 5 "$directory.log")"
        sleep 0.02
    done
    ready_ms=$(($(now_ms) - began))
}

stop_service() {
    [[ -z $service ]] || kill "$service" 2>/dev/null || true
    wait "$service" 2>/dev/null || true
    service=
}
trap stop_service EXIT

# agent_key DATA_DIRECTORY: makes a key with the first start's admin key, once, and keeps it beside the data
agent_key() {
    local file=$1.key
    if [[ ! -f $file ]]; then
        curl -s -f "http://127.0.0.1:$port/v1/keys" -H "Authorization: Bearer $(cat "$1/admin.key")" \
            -H 'Content-Type: application/json' -d '{"name":"bench","roles":["agent"],"expiresIn":"P300D"}' |
            sed 's/.*"key":"\([^"]*\)".*/\1/' >"$file"
    fi
    cat "$file"
}

# body FILE: the proposal of an example, its evidence a minute old, {{run}} left in
body() {
    python3 - "$1" <<'PYTHON'
import datetime, json, re, sys
text = json.dumps(json.load(open(sys.argv[1]))["proposal"])
now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=1)
print(re.sub(r"\{\{now[^}]*}}", now.strftime("%Y-%m-%dT%H:%M:%SZ"), text), end="")
PYTHON
}

cpu_ms() {
    awk -v tick="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick}' "/proc/$1/stat"
}
