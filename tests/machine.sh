#!/usr/bin/env bash
# What the tests need of the machine: Chromium, PostgreSQL, nginx, pango, Java (for the checkers of HTML and PDF) and LibreOffice. Installed where that is possible;
# elsewhere the tests that need them are skipped with the reason (in CI a skip is a failure).
set -euo pipefail
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
ldconfig -p 2>/dev/null | grep -q libpangoft2 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing+=(nginx-light)
command -v javac >/dev/null || missing+=(default-jdk-headless)
[ -e /usr/share/java/jaxb-runtime.jar ] || missing+=(libjaxb-java)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1  # install, and start no service
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "The tests lack: ${missing[*]}. As root: apt install ${missing[*]}"
fi
