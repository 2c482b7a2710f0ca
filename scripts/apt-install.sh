#!/bin/sh
# apt-install.sh PACKAGE…: installs Debian packages where that is allowed, otherwise prints the one line to type and fails.
set -eu
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root=none
fi
if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "System packages are missing. Please type:  sudo apt-get install -y $*" >&2
    exit 1
fi
echo "Installing system packages: $*"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$@" >/dev/null
