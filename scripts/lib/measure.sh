# shellcheck shell=bash
# Taking times: a floor and ours in turn, medians, and the table of docs/performance.md.

LINES_OF_TABLE=() # finished rows: Markdown, one a row
MISSED=()         # names of rows over their budget

# nap SECONDS: without a new process.
nap() { read -rt "$1" <>"$STATE/never" || true; }



# sample NAME: runs the function NAME between before_NAME and after_NAME, where there are such; sets TIME, microseconds.
sample() {
  local started
  if declare -F "before_$1" >/dev/null; then "before_$1"; fi
  started=${EPOCHREALTIME/[.,]/}
  "$1" || die "$1 failed while it was measured"
  TIME=$((${EPOCHREALTIME/[.,]/} - started))
  if declare -F "after_$1" >/dev/null; then "after_$1"; fi
}

# compare COUNT FLOOR OURS: takes COUNT samples of both in turn, after one of each that does not count; sets FLOOR_US and
# OURS_US, the medians.
compare() {
  local count=$1 floor=$2 ours=$3 floors=() times=() i
  for ((i = 0; i <= count; i++)); do
    sample "$floor"
    if ((i > 0)); then floors+=("$TIME"); fi
    sample "$ours"
    if ((i > 0)); then times+=("$TIME"); fi
  done
  FLOOR_US=$(median "${floors[@]}")
  OURS_US=$(median "${times[@]}")
}

median() { printf '%s\n' "$@" | sort -n | awk '{v[NR] = $1} END {print int((v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2)}'; }

# ms MICROSECONDS: as milliseconds with one decimal.
ms() { awk -v us="$1" 'BEGIN {printf "%.1f", us / 1000}'; }

# row_difference NAME WHAT FLOOR BUDGET_MS: a row whose budget is the floor plus so many milliseconds.
row_difference() {
  local over=$((OURS_US - FLOOR_US)) met=no
  if ((over <= $4 * 1000)); then met=yes; fi
  add_row "$1" "$2" "$3" "$(ms "$FLOOR_US")" "$(ms "$OURS_US")" "$(ms "$over") ms" "floor + $4 ms" "$met"
}

# row_ratio NAME WHAT FLOOR BUDGET: a row whose budget is a multiple of the floor.
row_ratio() {
  local ratio met
  ratio=$(awk -v f="$FLOOR_US" -v o="$OURS_US" 'BEGIN {printf "%.2f", o / f}')
  met=$(awk -v r="$ratio" -v b="$4" 'BEGIN {print (r <= b) ? "yes" : "no"}')
  add_row "$1" "$2" "$3" "$(ms "$FLOOR_US")" "$(ms "$OURS_US")" "x $ratio" "floor x $4" "$met"
}

# add_row NAME WHAT FLOOR FLOOR_MS OURS RATIO BUDGET MET
add_row() {
  if [[ $8 == no ]]; then MISSED+=("$1"); fi
  LINES_OF_TABLE+=("| $1 | $2 | $3 | $4 | $5 | $6 | $7 | $8 |")
  note "$1: floor $4, ours $5, $6 (budget: $7; met: $8)"
}

# page_of_results: the page, on standard output.
page_of_results() {
  local name
  cat <<END
# Performance

Written by \`sudo ./scripts/bench\`, which measures each row against a floor: the same thing done by hand or by a program that does
nothing else, on the same machine in the same run, in turn. Figures are medians in milliseconds unless a row says otherwise; those
of another machine differ, the distance to the floor less so.

$(date -u +%Y-%m-%d), commit $(git -C "$REPOSITORY" rev-parse --short HEAD)$(git -C "$REPOSITORY" diff --quiet HEAD -- || echo ' with changes'); $(machine)

| Row | What | Floor | Floor ms | Ours ms | Difference, ratio | Budget | Met |
|---|---|---|---|---|---|---|---|
$(printf '%s\n' "${LINES_OF_TABLE[@]}")

END
  if ((${#MISSED[@]} > 0)); then
    echo "## Why rows are missed"
    echo
    for name in "${MISSED[@]}"; do
      echo "- \`$name\`: $(reason_of "$name")"
    done
  else
    echo "Every budget is met."
  fi
}

# The reasons are kept by hand in scripts/bench-reasons: NAME: TEXT, one a line.
reason_of() {
  local text
  text=$(sed -n "s/^$1: *//p" "$REPOSITORY/scripts/bench-reasons" 2>/dev/null | head -n 1)
  echo "${text:-not looked into yet}"
}

machine() {
  local model
  model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
  echo "$(nproc) x ${model:-$(uname -m)}, $(awk '/^MemTotal/ {printf "%d", $2 / 1048576 + 0.5}' /proc/meminfo) GB, Linux $(uname -r)," \
    "Docker $(docker version -f '{{.Server.Version}}'), $("$JAVA_HOME/bin/java" --version | head -n 1)," \
    "$(ssh -V 2>&1 | cut -d, -f1), load before the run $LOAD_BEFORE"
}
