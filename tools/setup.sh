#!/usr/bin/env bash
# Make the virtual environment with everything that building and testing need. Installs Debian packages where it may (root),
# and says exactly what is missing where it may not. Called by the Makefile.
set -euo pipefail
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}

say() { printf 'setup: %s\n' "$*" >&2; }

"$PYTHON" - <<'PY' || { say "Python 3.11 or newer is needed (Debian: apt install python3); set PYTHON=/path/to/python3.11 for make"; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY

# What is missing of: a usable venv module, Pango for PDF, HarfBuzz's subsetter for fast PDF.
missing=()
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
library() { "$PYTHON" - "$1" <<'PY'
import ctypes.util, ctypes, sys
name = sys.argv[1]
try:
    ctypes.CDLL(name)
except OSError:
    sys.exit(1)
PY
}
library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)

if [ "$(uname)" = Linux ] && [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Debian packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    say "these Debian packages are missing; run: sudo apt install ${missing[*]}"
    exit 1
  fi
elif [ ${#missing[@]} -gt 0 ]; then
  say "missing: ${missing[*]} (macOS: brew install pango harfbuzz)"
fi

[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[all,test]'
say "ready: $VENV"
