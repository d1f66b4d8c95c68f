#!/usr/bin/env bash
# Install veraPDF, which validates PDF/A and PDF/UA, from Maven Central: install.sh FOLDER creates FOLDER/bin/verapdf. Needs mvn and java.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin"
folder=$(cd "$1" && pwd)
[ -f "$folder/cli.jar" ] || mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder"
cat >"$folder/bin/verapdf" <<WRAPPER
#!/bin/sh
exec java -jar "$folder/cli.jar" "\$@"
WRAPPER
chmod +x "$folder/bin/verapdf"
