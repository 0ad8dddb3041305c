#!/bin/sh
# Registers the demo's company with a member and the meeting-room bot, the first time that the compose file comes up.
# HIWORKER_URL and HIWORKER_API_KEY_FILE say where and as whom; PUBLIC_URL is the same server as people reach it.
set -eu
umask 077

company=example.com
key_file=/var/lib/hiworker/bot.key

if [ -s "$key_file" ]; then
    echo "The demo is registered already."
    exit 0
fi

# The text of a field in JSON on one line, from standard input.
field() {
    sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"
}

hiworker company show "$company" >/dev/null 2>&1 \
    || hiworker company create "$company" --name "예시 회사" --timezone Asia/Seoul >/dev/null

bot=$(hiworker bot create --company "$company" --name 회의실봇 --description "회의실을 예약합니다." --json) || {
    echo "To begin anew: docker compose -f docker/compose.yaml down --volumes" >&2
    exit 1
}
member=$(hiworker member create --company "$company" --name 김지은 --json)
key=$(printf '%s\n' "$member" | field secret)

printf '%s\n' "$bot" | field secret >"$key_file.new"
mv "$key_file.new" "$key_file"

cat <<END

Ready. A first message, as the member 김지은:

curl $PUBLIC_URL/v1/messages -H 'Authorization: Bearer $key' --json "{\"text\": \"/예약 회의실 \$(TZ=KST-9 date +%H:%M)~24:00\"}"

END
