#!/usr/bin/env bash
# Feeds the reader of workbooks what a coverage-guided fuzzer thinks of (Jazzer, libFuzzer).
#
#   bench/fuzz.sh [SECONDS]      600 seconds; inputs that reach something new are kept in target/fuzz-corpus
#
# Fails on an exception, an answer that contradicts itself, an input that takes over 10 s (TIMEOUT=), and over 3 GiB of memory; the input is
# then in target/fuzz-findings.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$home"
mkdir -p target/fuzz-corpus target/fuzz-findings
run() {
    mvn -B -q -Pfuzz "$@"
}
run test-compile exec:exec -Dfuzz.command="io.leeway.policy.table.ReaderFuzz $home/target/fuzz-corpus"
run exec:exec -Dfuzz.command="com.code_intelligence.jazzer.Jazzer --target_class=io.leeway.policy.table.ReaderFuzz \
--instrumentation_includes=io.leeway.** -max_total_time=${1:-600} -max_len=65536 -timeout=${TIMEOUT:-10} -rss_limit_mb=3072 \
--reproducer_path=$home/target/fuzz-findings -print_final_stats=1 -artifact_prefix=$home/target/fuzz-findings/ $home/target/fuzz-corpus"
