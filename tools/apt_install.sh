#!/bin/sh
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Install Debian packages as root or through sudo, or say what to install:
#   apt_install.sh PACKAGE...
sudo=
if [ "$(id -u)" != 0 ]; then sudo="sudo -n"; fi
install() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" >/dev/null
}
echo "Installing Debian packages: $*" >&2
# The lists of packages may be absent or old: then once more with new ones.
install "$@" 2>/dev/null || { $sudo apt-get -qq update >/dev/null && install "$@"; } || {
    echo "Could not install them. Do so as root (apt-get install $*) and try again." >&2
    exit 3
}
