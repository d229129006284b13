#!/usr/bin/env bash
# Install those of the named Debian or Ubuntu packages that are missing, or say the one line that would.
set -euo pipefail

missing=()
for name in "$@"; do
    # Ubuntu 24.04 and Debian 13 have renamed some libraries to <name>t64.
    found=$(dpkg-query --show --showformat='${Status}\n' "$name" "${name}t64" 2>/dev/null || true)
    [[ $found == *"ok installed"* ]] || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install --yes --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "These system packages are missing. Please run, then try again:  sudo $install" >&2
    exit 2
fi
echo "Installing system packages: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    ${as_root[@]+"${as_root[@]}"} apt-get update
    DEBIAN_FRONTEND=noninteractive ${as_root[@]+"${as_root[@]}"} $install
} >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    echo "The system packages could not be installed. Please run, then try again:  $install" >&2
    exit 2
}
