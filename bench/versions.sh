# Sourced after service.sh: keys for people, and putting policy versions in force.

# request METHOD PATH KEY_FILE [CURL ARGUMENT…]: the answer's body; fails on an error
request() {
    local method=$1 path=$2 key=$3
    shift 3
    curl -sS --fail-with-body -X "$method" "http://127.0.0.1:$port$path" -H "Authorization: Bearer $(cat "$key")" "$@"
}

member() {
    python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

# people DATA_DIRECTORY: an author, two approvers, an operator and an agent, each with a file of its key beside the data
people() {
    local one role
    for one in author:policy-author first:policy-approver second:policy-approver operator:operator agent:agent; do
        role=${one#*:}
        request POST /v1/keys "$1/admin.key" -H 'Content-Type: application/json' \
            -d "{\"name\":\"${one%:*}\",\"roles\":[\"$role\"],\"expiresIn\":\"P300D\"}" | member key >"$1.${one%:*}"
    done
}

# tables_in_force DATA_DIRECTORY: the names of the active version's files, but for guardrails, which no upload can remove
tables_in_force() {
    local active
    active=$(request GET /v1/policies "$1.author" | python3 -c '
import json, sys
of = json.load(sys.stdin)
print(next(one["version"] for one in (of if isinstance(of, list) else of["items"]) if one["state"] == "ACTIVE"))')
    request GET "/v1/policies/$active" "$1.author" |
        python3 -c 'import json, sys; print(*(one["name"] for one in json.load(sys.stdin)["files"] if not one["name"].endswith(".drl")))'
}

# version DATA_DIRECTORY FILE [REMOVED…]: proposes and approves; prints the version's name
version() {
    local directory=$1 file=$2 name one removed=()
    shift 2
    for one in "$@"; do removed+=(-F "remove=$one"); done
    name=$(request POST /v1/policies "$directory.author" -F "file=@$file" "${removed[@]}" -F message=bench | member version)
    for one in first second; do
        request POST "/v1/policies/$name/approve" "$directory.$one" -H 'Content-Type: application/json' \
            -d '{"reason":"bench","coverageException":"bench"}' >/dev/null || true # one may be enough
    done
    echo "$name"
}

# activate DATA_DIRECTORY VERSION: waits while recent activity is gathered
activate() {
    until request POST "/v1/policies/$2/activate" "$1.first" >"$1.answer" 2>&1; do
        grep -qE "ACTIVITY_NOT_READY|LEDGER_UNAVAILABLE" "$1.answer" || fail "$(cat "$1.answer")"
    done
}
