/**
 * What both looks begin with, in POSIX shell. Every section starts with a line that only this run can write: `@`, the
 * nonce, the section's name and what it is about. All that follows up to the next such line is the section's text, and is
 * cut to a size of its own. Nothing is written on the host, not even a temporary file.
 */
export const shellFunctions = String.raw`
nonce=$1; shift
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin; export PATH
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
exec 2>/dev/null </dev/null

section() { printf '\n@%s %s\n' "$nonce" "$*"; }
has() { command -v "$1" >/dev/null; }

# Busybox up to 1.29 wants the seconds behind -t.
if timeout 1 true; then within() { timeout "$@"; }
elif timeout -t 1 true; then within() { timeout -t "$@"; }
else within() { shift; "$@"; }
fi

# file KIND PATH LIMIT: its size and when it was changed, and its first LIMIT bytes.
file() {
  if [ -r "$2" ] && [ -f "$2" ]; then
    section "$1 $(stat -c '%s %Y' "$2" || echo '- -') $2"
    head -c "$3" "$2"
  elif [ -e "$2" ]; then
    section "unreadable $1 $2"
  fi
}
`

/** Ends both looks: where it is missing, the output was cut. */
export const lastSection = '\nsection end\n'
