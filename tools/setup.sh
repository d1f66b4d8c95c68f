#!/usr/bin/env bash
# Create or update the virtual environment: tools/setup.sh LAYER..., with layers of requirements/ (build, scale, test, bench, docs).
# `build`, needed to run genplan, is always included. Installs Debian packages if allowed to (root), otherwise says exactly what is
# missing. Called by the Makefile.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}
layers=(build)
for layer in "$@"; do [ "$layer" = build ] || layers+=("$layer"); done

say() { printf 'setup: %s\n' "$*" >&2; }
loads() { "$PYTHON" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { say "Python 3.11 or newer is needed (Debian: apt install python3); set PYTHON=/path/to/python3.11 for make"; exit 1; }

# What is missing: a usable venv module, Pango for PDF, and HarfBuzz's subsetter, without which some PDFs only take longer.
needed=() advised=()
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || needed+=(python3-venv)
loads libpango-1.0.so.0 || needed+=(libpango-1.0-0)
loads libpangoft2-1.0.so.0 || needed+=(libpangoft2-1.0-0)
loads libharfbuzz-subset.so.0 || advised+=(libharfbuzz-subset0)
missing=(${needed[@]+"${needed[@]}"} ${advised[@]+"${advised[@]}"})

if [ ${#missing[@]} -gt 0 ] && [ "$(uname)" = Linux ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Debian packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    say "these Debian packages are missing; run: sudo apt install ${missing[*]}"
    [ ${#needed[@]} -eq 0 ] || exit 1
  fi
elif [ ${#missing[@]} -gt 0 ]; then
  say "missing: ${missing[*]} (macOS: brew install pango harfbuzz)"
fi

# An environment whose Python is gone, or whose creation was interrupted before pip was installed, is recreated.
"$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$PYTHON" -m venv --clear "$VENV"

# The lock lists every package, so nothing is resolved; genplan itself is built with the locked packages, without the network.
pip=("$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps)
for layer in "${layers[@]}"; do
  say "installing requirements/$layer.txt"
  "${pip[@]}" --require-hashes --requirement "requirements/$layer.txt"
done
"${pip[@]}" --no-index --no-build-isolation --editable .
# pip doesn't compile an editable install; without this the first run (with PYTHONDONTWRITEBYTECODE, every run) takes a fifth longer.
"$VENV/bin/python" -m compileall -q generator
lacks=$("$VENV/bin/python" -m pip check --disable-pip-version-check) || { say "$lacks"; say "is requirements/ out of date? make lock"; exit 1; }
say "ready: $VENV"
