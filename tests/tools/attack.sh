#!/bin/sh
# Wapiti and sqlmap against a real server with the demonstration data; part of `make prove`. Ends with 1 when they find
# anything. Needs python3 with venv and the package index; everything it makes is in a folder of its own, thrown away.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
room=$(mktemp -d)
port=${PORT:-8765}
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$room"' EXIT
python3 -m venv "$room/tools"
"$room/tools/bin/pip" install --quiet --disable-pip-version-check wapiti3 sqlmap
cd "$room"
"$root/.venv/bin/surveyapp" demo --port "$port" > "$room/server.log" 2>&1 &
server=$!
for _ in $(seq 120); do
    test -f var/demo/links.json && "$room/tools/bin/python" -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
    sleep 1
done
found=0
"$room/tools/bin/python" "$root/tests/tools/attack_targets.py" var/demo/links.json > targets
while read -r who address cookie; do
    echo "== wapiti as $who: $address"
    "$room/tools/bin/wapiti" -u "$address" --scope folder -m "${MODULES:-common}" -d "${DEPTH:-4}" \
        --max-scan-time "${SECONDS_EACH:-600}" -H "Cookie: $cookie" -x "http://127.0.0.1:$port/sign-out" \
        --flush-session --no-bugreport -v 1 -f json -o "wapiti-$who.json" > "wapiti-$who.log" 2>&1 || found=1
    "$room/tools/bin/python" "$root/tests/tools/attack_findings.py" "wapiti-$who.json" || found=1
done < targets
while read -r who address cookie; do
    echo "== sqlmap as $who: $address"
    "$room/tools/bin/sqlmap" -u "$address" --crawl=2 --forms --batch --level=2 --risk=1 --cookie="$cookie" \
        --csrf-token=csrf_token --crawl-exclude=sign-out --output-dir="$room/sqlmap" \
        --time-sec=5 > "sqlmap-$who.log" 2>&1 || true
    ! grep -E "is vulnerable|appears to be .*injectable|sqlmap identified the following" "sqlmap-$who.log" || found=1
done < targets
echo "== 500s in the log of the server"
! grep -n "an unexpected error" server.log || found=1
exit $found
