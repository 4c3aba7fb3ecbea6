#!/bin/sh
# Makes a fresh checkout ready to run, doing only what is not done yet:
#   sh lab/setup.sh             everything: Debian packages, npm packages, MetaDB server, Prisma client, Next build
#   sh lab/setup.sh --app       only what the dashboard itself needs: no Debian packages
#   sh lab/setup.sh --no-build  without the Next build
#   sh lab/setup.sh --metadb mysql   everything, with that server for the lab's MetaDB
#   sh lab/setup.sh --fonts     everything and a font for Chinese, which pictures of it need
set -eu
cd "$(dirname "$0")/.."
with_debian=yes with_build=yes with_fonts=no
while [ $# -gt 0 ]; do
  case $1 in
    --app) with_debian=no ;;
    --no-build) with_build=no ;;
    --fonts) with_fonts=yes ;;
    --metadb)
      UPLIFT_LAB_METADB=${2:-}
      export UPLIFT_LAB_METADB
      shift
      ;;
    *)
      echo "setup: unknown flag $1 (know --app, --no-build, --fonts, --metadb SERVER)" >&2
      exit 2
      ;;
  esac
  shift
done
stamps=.cache/setup
packages="openssh-server openssh-client docker.io mariadb-server mariadb-client iproute2 iptables sudo openssl chromium"
[ "$with_fonts" = no ] || packages="$packages fonts-noto-cjk"

say() { echo "setup: $*"; }

sha256=sha256sum
command -v sha256sum >/dev/null || sha256='shasum -a 256'

# One number for the content and names of all files below the paths that exist.
hash_of() {
  for path in "$@"; do
    [ -e "$path" ] && find "$path" -type f ! -path 'lib/store/generated/*' ! -name '*.test.ts' -print0
  done | LC_ALL=C sort -z | xargs -0 $sha256 | $sha256 | cut -d ' ' -f 1
}

is_done() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }
set_done() { echo "$2" >"$stamps/$1"; }

missing_packages() {
  for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
  done
}

# Says what is needed and ends when this machine cannot have the lab.
require_debian_root() {
  problem=
  if [ "$(uname -s)" != Linux ]; then
    problem="The lab needs Linux with Debian's packages; this is $(uname -s)."
  elif ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    problem="The lab installs Debian packages, and apt-get is not here."
  elif [ "$(id -u)" != 0 ]; then
    problem="The lab makes network namespaces and mounts, so it must be run as root."
  fi
  [ -n "$problem" ] || return 0
  {
    say "$problem"
    say "Needed: $packages"
    say "The dashboard alone needs none of them, and no root: npm start"
  } >&2
  exit 1
}

install_packages() {
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  say "installing $missing"
  # The services must not start on the machine itself: the lab runs its own, inside its hosts.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  # Another package manager at work is waited for.
  apt="apt-get -qq -o DPkg::Lock::Timeout=300"
  $apt update
  # shellcheck disable=SC2086 # a list of words
  $apt install -y --no-install-recommends $missing >"$stamps/apt.log" 2>&1 || {
    tail -20 "$stamps/apt.log" >&2
    exit 1
  }
}

[ "$with_debian" = no ] || require_debian_root
mkdir -p "$stamps"
# Two set-ups at once would undo each other's work.
if command -v flock >/dev/null; then
  exec 9>"$stamps/lock"
  flock 9
fi
[ "$with_debian" = no ] || install_packages

# True when node_modules holds what package-lock.json says, whoever put it there: `npm ci` would throw it
# away and fetch it again.
modules_are_current() {
  [ -x node_modules/.bin/node ] && node -e '
    const { readFileSync } = require("node:fs");
    const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const [wanted, found] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
    const missing = Object.entries(wanted).some(([path, { version, optional, devOptional, peer }]) =>
      path !== "" && (found[path] ? found[path].version !== version : !(optional || devOptional || peer)));
    process.exit(missing ? 1 : 0)' 2>/dev/null
}

if [ -f package-lock.json ]; then
  lock=$(hash_of package-lock.json)
  if ! is_done npm "$lock" || [ ! -x node_modules/.bin/node ]; then
    modules_are_current || {
      say "npm packages (a minute or two)"
      # A lock written against a registry that lacks other platforms' packages is refused by `npm ci`, not
      # by `npm install`, which takes the same versions from it.
      npm ci --no-audit --no-fund --loglevel=error >"$stamps/npm.log" 2>&1 ||
        npm install --no-save --no-audit --no-fund --loglevel=error
    }
    set_done npm "$lock"
  fi
elif [ ! -x node_modules/.bin/node ]; then
  say "npm install"
  npm install --no-audit --no-fund --loglevel=error
fi

# Node 26 comes with the npm package `node`; the machine's own may be older.
PATH=$PWD/node_modules/.bin:$PATH
export PATH

# The server of the lab's MetaDB, where Debian has none; without it the demo takes MariaDB and says so.
[ "$with_debian" = no ] || node lab/metadb/fetch.ts

if [ -d prisma ]; then
  schema=$(hash_of prisma prisma.config.ts package-lock.json)
  if ! is_done prisma "$schema" || [ ! -d lib/store/generated ]; then
    say "prisma generate"
    # The client needs no engine; this keeps Prisma from downloading one.
    PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node node_modules/prisma/build/index.js generate >"$stamps/prisma.log" 2>&1 || {
      cat "$stamps/prisma.log" >&2
      exit 1
    }
    set_done prisma "$schema"
  fi
fi

if [ "$with_build" = yes ] && [ -d app ]; then
  build=$(hash_of app components lib prisma public next.config.ts postcss.config.mjs tsconfig.json package-lock.json)
  if ! is_done build "$build" || [ ! -f .next/BUILD_ID ]; then
    say "next build"
    NEXT_TELEMETRY_DISABLED=1 node node_modules/next/dist/bin/next build >"$stamps/build.log" 2>&1 || {
      tail -60 "$stamps/build.log" >&2
      exit 1
    }
    set_done build "$build"
  fi
fi
