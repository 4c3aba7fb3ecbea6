#!/bin/sh
# Fetches a database server that this Debian does not have, and unpacks it into a folder; nothing of it is installed
# on the machine:
#   sh lab/metadb/fetch-server.sh oceanbase FOLDER    OceanBase's engine, from the Python package that carries it
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

case $server in
  oceanbase) fetch_oceanbase ;;
  *)
    echo "fetch-server: unknown server $server" >&2
    exit 2
    ;;
esac
