#!/usr/bin/env bash
# Install genplan without the lock, with plain pip and the latest releases, and run the tests of what
# other libraries do for it.
# .ci/run turns a failure into a warning, so that we learn of a release that breaks genplan before users do.
set -euo pipefail
cd "$(dirname "$0")/.."
VENV=.venv-fresh

"${PYTHON:-python3}" -m venv --clear "$VENV"
pip=("$VENV/bin/python" -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install --editable '.[all]'
# Keep what is installed for running: resolving moto and aiobotocore together with it makes pip try years of releases.
"${pip[@]}" freeze --exclude-editable >"$VENV/running.txt"
"${pip[@]}" install --constraint "$VENV/running.txt" --editable '.[all,test]'

pinned() { tr 'A-Z_' 'a-z-' | grep -o '^[a-z0-9.-]*==[^ ;]*' | sort; }
echo "other versions than in requirements/:"
comm -13 <(cat requirements/*.txt | pinned) <("${pip[@]}" freeze --exclude-editable | pinned) | sed 's/^/  /'

"$VENV/bin/genplan" --quiet build --output "$VENV/output"
"$VENV/bin/pytest" tests/source tests/people tests/workbook tests/test_cases.py tests/cli/test_cli_locking.py tests/storage/test_stores.py \
  tests/writers/test_pdf.py tests/writers/docx tests/writers/typst tests/writers/word_template -k 'not recalculated and not same_bytes'
