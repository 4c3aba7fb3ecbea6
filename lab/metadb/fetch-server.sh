#!/bin/sh
# Fetches database programs that this Debian does not have, and unpacks them into a folder; nothing of it is installed on
# the machine:
#   sh lab/metadb/fetch-server.sh oceanbase FOLDER      OceanBase's engine, from the Python package that carries it
#   sh lab/metadb/fetch-server.sh mysql FOLDER          MySQL 9's server, from Debian unstable
#   sh lab/metadb/fetch-server.sh mysql-client FOLDER   its mysql and mysqldump
#   sh lab/metadb/fetch-server.sh mariadb-11.8 FOLDER   MariaDB 11.8's server, from Debian 13
# What comes from another Debian brings its own C library and loader. A server is run by `lib/ld-linux-x86-64.so.2
# bin/PROGRAM`; a client finds its loader where it is to be copied to, in /opt/mysql.
set -eu
what=$1 folder=$2
# Another package manager at work is waited for.
apt="apt-get -qq -o DPkg::Lock::Timeout=300"

fetch_oceanbase() {
  python3 -m pip --version >/dev/null 2>&1 || {
    $apt update
    DEBIAN_FRONTEND=noninteractive $apt install -y --no-install-recommends python3-pip
  } >&2
  # The release is fixed, and so is the interpreter that the package is built for: none is needed to run the server.
  python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.11 --dest "$folder" \
    pylibseekdb==1.4.0.post1 >&2
  python3 -m zipfile -e "$folder"/pylibseekdb-*.whl "$folder"
  rm "$folder"/pylibseekdb-*.whl
  chmod 755 "$folder/pylibseekdb/seekdb"
}

# Downloads packages of another Debian and what they depend on, and unpacks them into $root.
unpack_debian() {
  suite=$1
  shift
  draft=$folder/debian root=$folder/debian/root
  mkdir -p "$draft/state/lists/partial" "$draft/cache/archives/partial" "$root"
  : >"$draft/status" # Nothing is installed there.
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  echo "deb [signed-by=$keys] http://deb.debian.org/debian $suite main" >"$draft/sources"
  other="$apt -o Dir::State=$draft/state -o Dir::State::status=$draft/status -o Dir::Cache=$draft/cache"
  other="$other -o Dir::Etc::SourceList=$draft/sources -o Dir::Etc::SourceParts=/dev/null"
  other="$other -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null"
  other="$other -o APT::Sandbox::User=root -o Acquire::Languages=none"
  $other update >&2
  $other install -y --download-only --no-install-recommends "$@" >"$draft/log" 2>&1 || {
    tail -5 "$draft/log" >&2
    exit 1
  }
  for package in "$draft"/cache/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
}

# Takes programs out of what was unpacked, with every library they need.
take() {
  libraries=$root/usr/lib/x86_64-linux-gnu
  loader=$libraries/ld-linux-x86-64.so.2
  mkdir "$folder/bin" "$folder/lib"
  cp "$loader" "$folder/lib/"
  for program in "$@"; do
    "$loader" --library-path "$libraries" --list "$root/usr/$program" |
      sed -n 's/.* => \(.*\) (0x.*/\1/p' | grep -v /ld-linux | xargs cp -Lt "$folder/lib"
    "$loader" --library-path "$libraries" "$root/usr/bin/patchelf" --force-rpath --set-rpath '$ORIGIN/../lib' \
      --set-interpreter /opt/mysql/lib/ld-linux-x86-64.so.2 --output "$folder/bin/${program##*/}" "$root/usr/$program"
  done
}

case $what in
  oceanbase) fetch_oceanbase ;;
  mysql)
    unpack_debian sid mysql-server-core patchelf
    take sbin/mysqld
    cp -a "$root/usr/share/mysql" "$folder/share"
    ;;
  mysql-client)
    unpack_debian sid mysql-client-core patchelf
    take bin/mysql bin/mysqldump
    # With it they log in to servers of other makers.
    cp -a "$root/usr/lib/mysql/plugin/mysql_native_password.so" "$folder/lib/"
    ;;
  mariadb-11.8)
    unpack_debian trixie mariadb-server-core patchelf
    take sbin/mariadbd
    cp -a "$root/usr/share/mariadb" "$folder/share"
    ;;
  *)
    echo "fetch-server: unknown $what" >&2
    exit 2
    ;;
esac
rm -rf "$folder/debian"
