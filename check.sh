#!/usr/bin/env bash
# Everything that must hold before a change is merged: restore, format, build, tests, benchmark gates. Analyzers are part of the build.
# CI runs this script and nothing else. UPDATE_EXPECTED=1 ./check.sh rewrites the recorded answers and generated files.
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
set -u
cd "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
passed=0
failed=0
notes=()
began=$SECONDS

# step NAME COMMAND...: one line on success, the whole output on failure.
step() {
  local name=$1 log started=$SECONDS
  shift
  log=$(mktemp)
  if "$@" > "$log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok    %-28s %4d s\n' "$name" $((SECONDS - started))
    rm -f "$log"
    return 0
  fi
  failed=$((failed + 1))
  cat "$log"
  printf 'FAIL  %-28s %4d s\n' "$name" $((SECONDS - started))
  rm -f "$log"
  return 1
}

finish() {
  local note
  for note in "${notes[@]+"${notes[@]}"}"; do
    echo "not run: $note"
  done
  echo "$((SECONDS - began)) s in all"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit $?
}

# ── what is here ────────────────────────────────────────────────────────────
if ! command -v dotnet > /dev/null; then
  echo "check.sh: 'dotnet' was not found: install the .NET SDK 10" >&2
  failed=1
  finish
fi

web=()
if command -v npm > /dev/null; then
  web=(-p:RequireWeb=true)
elif [ "${CI:-}" = true ]; then
  echo "check.sh: CI needs Node: apt-get install nodejs npm" >&2
  failed=1
  finish
else
  notes+=("the interactive charts: Node and npm are not installed; reports are static")
fi

browser=
for name in chromium chromium-browser google-chrome; do
  command -v "$name" > /dev/null && browser=$name && break
done
if [ -z "$browser" ]; then
  if [ "${CI:-}" = true ]; then
    echo "check.sh: CI needs Chromium: apt-get install chromium" >&2
    failed=1
    finish
  fi
  notes+=("the browser test of the report: Chromium is not installed")
fi

# ── restore, format, build ──────────────────────────────────────────────────
step "restore (locked)" dotnet restore CryptoSim.sln --locked-mode -v quiet || finish
step "format: white space" dotnet format whitespace . --folder --verify-no-changes --exclude artifacts
step "format: style" dotnet format style CryptoSim.sln --no-restore --verify-no-changes
step "build" dotnet build CryptoSim.sln -c Release --no-restore -v quiet -m:2 "${web[@]+"${web[@]}"}" || finish

# ── tests ───────────────────────────────────────────────────────────────────
tests() {
  local project=$1 name log started=$SECONDS line count
  name=$(basename "$project" .csproj)
  name=${name#CryptoSim.}
  log=$(mktemp)
  dotnet test "$project" -c Release --no-build --no-restore -v quiet --nologo > "$log" 2>&1
  local code=$?
  line=$(grep -E '(Failed|Passed|Skipped)! +- +Failed: ' "$log" | tail -1)
  count() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" <<< "$line"; }
  local good bad skipped
  good=$(count Passed) bad=$(count Failed) skipped=$(count Skipped)
  if [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then
    bad=1
  fi
  if [ "${good:-0}" -eq 0 ] && [ "${bad:-0}" -eq 0 ]; then
    bad=1
    echo "$name: no test ran" >> "$log"
  fi
  passed=$((passed + ${good:-0}))
  failed=$((failed + ${bad:-0}))
  if [ "${skipped:-0}" -ne 0 ]; then
    notes+=("$skipped tests of $name")
  fi
  if [ "${bad:-0}" -ne 0 ]; then
    cat "$log"
    printf 'FAIL  %-28s %4d s   %s failed\n' "$name" $((SECONDS - started)) "$bad"
  else
    printf 'ok    %-28s %4d s   %s tests\n' "$name" $((SECONDS - started)) "$good"
  fi
  rm -f "$log"
}

for project in tests/*.Tests/*.csproj; do
  tests "$project"
done

# ── the command as a user starts it ─────────────────────────────────────────
scenario=Scenarios/Library/caam-deadlock.yaml
step "./cryptosim run" ./cryptosim run "$scenario" --out artifacts/check/wrapper
step "dotnet run" dotnet run --project Cli -c Release --no-build -- run "$scenario" --out artifacts/check/dotnet-run

# ── benchmark gates: bytes per operation, and speed beside the in-process baseline ──
if grep -rqs -- '"--check"' bench/Simulator.Benchmarks --include='*.cs'; then
  # A machine that is busy with something else can fail a ratio once; bytes per operation fail again.
  bench_gates() { dotnet run --project bench/Simulator.Benchmarks -c Release --no-build -- --check; }
  twice() { "$@" || "$@"; }
  step "benchmark gates" twice bench_gates
else
  notes+=("the benchmark gates: there is no benchmark yet")
fi

finish
