#!/usr/bin/env bash
# See to the system libraries and fonts that Qt needs, for drawing without a screen (offscreen) or a window (window).
set -euo pipefail
cd "$(dirname "$0")/../.."

purpose=$1
venv=${VENV:-.venv}
stamp="$venv/.system-$purpose"
[ -e "$stamp" ] && exit 0

libraries="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3"
fonts="fonts-dejavu-core fonts-noto-color-emoji"
window="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-cursor0 libwayland-egl1"

qt_draws() {
    local platform=()
    [ "$purpose" = offscreen ] && platform=(QT_QPA_PLATFORM=offscreen)
    env ${platform[@]+"${platform[@]}"} "$venv/bin/python" -c '
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
raise SystemExit(not QFontDatabase.families())' >/dev/null 2>&1
}

if command -v dpkg-query >/dev/null 2>&1; then
    [ "$purpose" = window ] && libraries="$libraries $window"
    # shellcheck disable=SC2086
    if ! packaging/setup/packages.sh $libraries $fonts; then
        qt_draws || exit 2
        echo "Going on without them: Qt can draw here." >&2
    fi
elif ! qt_draws; then
    echo "Qt cannot draw here: it needs the libraries EGL, GL, xkbcommon, fontconfig, freetype, glib and dbus, and a font." >&2
    exit 2
fi
touch "$stamp"
