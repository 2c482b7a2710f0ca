#!/bin/sh
# The shared libraries that Qt needs on Linux, with or without a screen. Does nothing where all are there.
set -eu
cd "$(dirname "$0")/.."
[ "$(uname -s)" = Linux ] || exit 0
libraries="libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libglib-2.0.so.0 libfontconfig.so.1 libdbus-1.so.3 libxcb-cursor.so.0 libxcb-icccm.so.4
libxcb-keysyms.so.1 libxcb-shape.so.0 libxcb-xkb.so.1 libxkbcommon-x11.so.0"
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
missing=""
for library in $libraries; do
    case "$known" in *"$library"*) ;; *) missing="$missing $library" ;; esac
done
fonts=yes
[ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.fonts" -name '*.[to]tf' 2>/dev/null | head -n 1)" ] || fonts=no
[ -n "$missing" ] || [ "$fonts" = no ] || exit 0
sh scripts/apt-install.sh libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 \
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 fonts-dejavu-core
