#!/usr/bin/env bash
# Sets up everything the project needs on a Debian 12 machine. Usage: tools/setup.sh VENV
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$1
packages=(python3-venv chromium chromium-headless-shell xvfb postgresql libgl1-mesa-dri libegl1 libgles2 libgl1 libatomic1 libxtst6 xserver-xorg-core xserver-xorg-video-dummy fonts-noto-cjk espeak-ng
  strace faketime nginx-light iproute2 nftables e2fsprogs)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing Debian packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These Debian packages are missing. Please run:"
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}"
    exit 3
  fi
fi

[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
echo "Installing Python packages"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
touch "$venv/.ready"
