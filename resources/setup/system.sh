#!/bin/sh
# Installs the system packages given as arguments where this is a Debian-like machine and they are missing.
# Without the right to do so it prints the exact line and ends with exit 3.
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=
for package in "$@"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as=sudo; else
  echo "缺少系统组件，请先执行 / system packages are missing, please run first:" >&2
  echo "  sudo apt-get update && sudo $line" >&2
  exit 3
fi
echo "安装系统组件 / installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $as apt-get update -qq && $as $line -qq; } >/dev/null 2>"${TMPDIR:-/tmp}/qingyang-apt.$$" || {
  cat "${TMPDIR:-/tmp}/qingyang-apt.$$" >&2
  rm -f "${TMPDIR:-/tmp}/qingyang-apt.$$"
  echo "系统组件没有装上，请执行 / installing failed, please run:  sudo apt-get update && sudo $line" >&2
  exit 3
}
rm -f "${TMPDIR:-/tmp}/qingyang-apt.$$"
