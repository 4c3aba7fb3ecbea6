#!/bin/sh
# An OCI runtime for machines that withhold CAP_SYS_RESOURCE: `docker run --privileged` asks for every
# capability there is, and runc fails with "unable to apply caps: operation not permitted". This takes
# the one that cannot be had out of the bundle (or of the process file of an exec), then runs runc.
previous=
for word in "$@"; do
  case $previous in
    --bundle | -b) file=$word/config.json ;;
    --process | -p) file=$word ;;
    *) file= ;;
  esac
  case $word in
    --bundle=*) file=${word#*=}/config.json ;;
    --process=*) file=${word#*=} ;;
  esac
  if [ -n "$file" ] && [ -f "$file" ]; then
    sed -i -e 's/"CAP_SYS_RESOURCE",//g' -e 's/,"CAP_SYS_RESOURCE"//g' "$file"
  fi
  previous=$word
done
exec runc "$@"
