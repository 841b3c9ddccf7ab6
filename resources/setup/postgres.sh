#!/bin/sh
# A PostgreSQL 15 of its own for the tests of the store: installed where it is missing (Debian's package), started on
# loopback with a data folder of its own, never touching a server that runs already.
# Usage: eval "$(sh resources/setup/postgres.sh start)" sets QINGYANG_TEST_POSTGRES; sh resources/setup/postgres.sh stop
set -eu
folder=${QINGYANG_TEST_POSTGRES_FOLDER:-${TMPDIR:-/tmp}/qingyang-postgres.$(id -u)}
port=${QINGYANG_TEST_POSTGRES_PORT:-54329}
command=${1:-start}

find_tools() {
  for place in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
    [ -x "$place/initdb" ] && tools=$place
  done
  [ -n "${tools:-}" ]
}

# initdb refuses to run as root: then the package's own user does it
as_server() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- env LC_ALL=C.UTF-8 "$@"); else env LC_ALL=C.UTF-8 "$@"; fi
}

tools=
find_tools || { sh "$(dirname "$0")/system.sh" postgresql-15 >&2 && find_tools; } || {
  echo "PostgreSQL is missing; please install postgresql-15 / 缺少 PostgreSQL，请安装 postgresql-15" >&2
  exit 3
}
case $command in
start)
  if [ ! -f "$folder/data/PG_VERSION" ]; then
    mkdir -p "$folder"
    chmod 700 "$folder"
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    as_server "$tools/initdb" -D "$folder/data" -U tester --auth=trust --encoding=UTF8 --locale=C.UTF-8 >&2
  fi
  as_server "$tools/pg_ctl" -D "$folder/data" status >/dev/null 2>&1 ||
    as_server "$tools/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder" start >&2
  "$tools/psql" -h 127.0.0.1 -p "$port" -U tester -d postgres -Atqc \
    "SELECT 1 FROM pg_database WHERE datname = 'qingyang_test'" | grep -q 1 ||
    "$tools/createdb" -h 127.0.0.1 -p "$port" -U tester qingyang_test
  echo "export QINGYANG_TEST_POSTGRES=postgresql://tester@127.0.0.1:$port/qingyang_test"
  ;;
stop)
  [ -f "$folder/data/postmaster.pid" ] && as_server "$tools/pg_ctl" -D "$folder/data" -m fast -w stop >&2
  rm -rf "$folder"
  ;;
*)
  echo "start or stop" >&2
  exit 2
  ;;
esac
