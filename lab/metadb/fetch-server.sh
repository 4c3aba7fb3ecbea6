#!/bin/sh
# Fetches a database server that this Debian does not have, and unpacks it into a folder; nothing of it is installed
# on the machine:
#   sh lab/metadb/fetch-server.sh oceanbase FOLDER      OceanBase's engine, from the Python package that carries it
#   sh lab/metadb/fetch-server.sh mysql FOLDER          MySQL 9, from Debian unstable
#   sh lab/metadb/fetch-server.sh mariadb-11.8 FOLDER   MariaDB 11.8, from Debian 13
# What comes from another Debian brings its own C library and loader: bin/ is to be run from /opt/NAME, or from anywhere
# by `lib/ld-linux-x86-64.so.2 bin/PROGRAM`.
set -eu
server=$1 folder=$2

# A package of Debian's own that the work needs. Waits for another package manager.
need() {
  command -v "$1" >/dev/null && return
  apt="apt-get -qq -o DPkg::Lock::Timeout=300"
  { $apt update && DEBIAN_FRONTEND=noninteractive $apt install -y --no-install-recommends "$2"; } >&2
}

fetch_oceanbase() {
  python3 -m pip --version >/dev/null 2>&1 || need pip3 python3-pip
  # The release is fixed, and so is the interpreter that the package is built for: none is needed to run the server.
  python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.11 --dest "$folder" \
    pylibseekdb==1.4.0.post1 >&2
  python3 -m zipfile -e "$folder"/pylibseekdb-*.whl "$folder"
  rm "$folder"/pylibseekdb-*.whl
  chmod 755 "$folder/pylibseekdb/seekdb"
}

# Takes programs, the messages of the server and every library they need out of another Debian's packages.
fetch_debian() {
  suite=$1 packages=$2 share=$3
  shift 3
  need debootstrap debootstrap
  draft=$folder/debian
  loader=lib/ld-linux-x86-64.so.2
  # Only the packages and what they depend on: to configure a whole system would take longer than all the rest.
  debootstrap --download-only --variant=minbase --include="$packages,patchelf" "$suite" "$draft" >"$folder/log" 2>&1 || {
    tail -5 "$folder/log" >&2
    exit 1
  }
  for package in "$draft"/var/cache/apt/archives/*.deb; do dpkg-deb -x "$package" "$draft/root"; done
  libraries=$draft/root/usr/lib/x86_64-linux-gnu
  mkdir "$folder/bin" "$folder/lib"
  cp "$libraries/ld-linux-x86-64.so.2" "$folder/lib/"
  for program in "$@"; do
    "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" --list "$program" |
      sed -n 's/.* => \(.*\) (0x.*/\1/p' | grep -v '/ld-linux' | xargs cp -Lt "$folder/lib"
    "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$draft/root/usr/bin/patchelf" \
      --set-interpreter "/opt/$server/$loader" --force-rpath --set-rpath "\$ORIGIN/../lib" \
      --output "$folder/bin/${program##*/}" "$program"
  done
  cp -a "$draft/root/usr/share/$share" "$folder/share"
  # With it MySQL's clients log in to servers of other makers.
  native=$draft/root/usr/lib/mysql/plugin/mysql_native_password.so
  [ ! -e "$native" ] || install -Dm 644 -t "$folder/plugin" "$native"
  rm -r "$draft" "$folder/log"
}

case $server in
  oceanbase) fetch_oceanbase ;;
  mysql)
    root=$folder/debian/root/usr
    fetch_debian sid mysql-server-core,mysql-client-core mysql \
      "$root/sbin/mysqld" "$root/bin/mysql" "$root/bin/mysqldump"
    ;;
  mariadb-11.8)
    root=$folder/debian/root/usr
    fetch_debian trixie mariadb-server-core,mariadb-client mariadb \
      "$root/sbin/mariadbd" "$root/bin/mariadb" "$root/bin/mariadb-dump"
    ;;
  *)
    echo "fetch-server: unknown server $server" >&2
    exit 2
    ;;
esac
