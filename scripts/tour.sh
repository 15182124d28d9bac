#!/bin/sh
# A short tour of the brokers, in a cluster that lives only as long as this script. Run by `npm run tour`.
set -eu
if command -v kubectl > /dev/null; then sfl='kubectl sfl'; else sfl='kubectl-sfl'; fi

# As the program decides it: see `kubectl sfl help environment`.
colored() {
  [ -z "${NO_COLOR-}" ] || return 1
  case ${FORCE_COLOR-} in
    0 | false) return 1 ;;
    ?*) return 0 ;;
  esac
  case ${CLICOLOR_FORCE-} in
    '' | 0) [ -t 1 ] && [ "${TERM-}" != dumb ] ;;
  esac
}
if colored; then heading='\033[1m# %s\033[0m'; else heading='# %s'; fi
say() { printf "\n$heading\n" "$1"; }
run() {
  printf '$ %s %s\n' "$sfl" "$*"
  $sfl "$@"
}

say 'A broker of the cluster default, and a Kafka broker that keeps what cannot be delivered'
run broker create plain --wait
run broker create dead-letters --class Kafka --wait
run broker create orders --class Kafka --dl-sink broker:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S --wait

say 'What is there'
run broker list -o wide

say 'One of them in full'
run broker describe orders

say 'What would happen, before it does'
run broker update orders --retry 3 --dry-run=server --diff

say 'Gone again; in a script a question is answered with --yes'
run broker delete orders dead-letters plain --yes

say 'What to type next'
cat << END
  export PATH="\$PWD/bin:\$PATH"          the plugin is found as "$sfl"
  $sfl sandbox run -- bash            a shell with a cluster to play with
  $sfl broker list -A                 your own cluster
  $sfl --help                         everything else
END
