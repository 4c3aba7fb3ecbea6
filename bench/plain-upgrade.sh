#!/bin/bash
# The same upgrade as a plain parallel shell script, to compare Uplift with: OpenSSH's client from
# outside, no probes, no journal, no proofs. Settings come in the environment (see outage.ts):
#   NODES       addresses, the default region's first
#   INIT_NODES  one address per region, the default region's first
#   DUMPS       "address:database" for each dump
#   HEARTBEATS  heartbeat databases
#   KEY WORK    the private key, and a directory for the control sockets
#   METADB_HOST METADB_PORT METADB_USER METADB_PASSWORD RM
#   DUMP_OPTIONS   what mysqldump needs beside the usual
#   OLD NEW IMAGE  container names and the new image
# Prints "T1 <ms>" and "T2 <ms>" by the clock of the machine it runs on.
set -euo pipefail

control="-o ControlMaster=auto -o ControlPath=$WORK/%h -o ControlPersist=60"
on() {
  local node=$1
  shift
  # shellcheck disable=SC2086
  ssh -q -i "$KEY" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null $control "root@$node" "$@"
}
# Waits for the jobs named; a bare wait would hide their exit codes.
join() { for job in "$@"; do wait "$job"; done; }
now() { date +%s%3N; }
read -r first _ <<<"$NODES"
options=$(printf '[client]\nhost=%s\nport=%s\nuser="%s"\npassword="%s"\n' \
  "$METADB_HOST" "$METADB_PORT" "$METADB_USER" "$METADB_PASSWORD")
sql() { printf '%s\n' "$options" | on "$first" mysql --defaults-extra-file=/dev/stdin -N -B -e "'$1'"; }
ha() { sql "update \`$RM\`.oms_normal_config set cfg_value = $1 where cfg_name = \"ha.config\""; }

jobs=()
for node in $NODES; do on "$node" true & jobs+=($!); done
join "${jobs[@]}"

ha 'replace(cfg_value, "\"enable\":true", "\"enable\":false")'
echo "T1 $(now)"
jobs=()
for node in $NODES; do on "$node" docker stop -t 60 "$OLD" >/dev/null & jobs+=($!); done
join "${jobs[@]}"

jobs=()
for database in $HEARTBEATS; do
  sql "set @m = (select max(id) from \`$database\`.heatbeat_sequence); delete from \`$database\`.heatbeat_sequence where id < @m" & jobs+=($!)
done
join "${jobs[@]}"

jobs=()
for dump in $DUMPS; do
  node=${dump%%:*} database=${dump#*:}
  printf '%s\n' "$options" | on "$node" "mkdir -p /home/admin/plain && mysqldump --defaults-extra-file=/dev/stdin --single-transaction --quick --triggers=false $DUMP_OPTIONS '$database' > '/home/admin/plain/$database.sql' && [ -s '/home/admin/plain/$database.sql' ]" & jobs+=($!)
done
join "${jobs[@]}"

jobs=()
for node in $NODES; do
  on "$node" "docker run -dit --net host --privileged=true --pids-limit -1 --ulimit nproc=65535:65535 -v /data/config.yaml:/home/admin/conf/config.yaml -v /data/oms/oms_logs:/home/admin/logs -v /data/oms/oms_store:/home/ds/store -v /data/oms/oms_run:/home/ds/run -e OMS_HOST_IP=$node -e IS_UPGRADE=true --name $NEW $IMAGE" >/dev/null & jobs+=($!)
done
join "${jobs[@]}"

for node in $INIT_NODES; do on "$node" docker exec "$NEW" bash /root/docker_init.sh >/dev/null; done

jobs=()
for node in $NODES; do
  on "$node" "until curl -fsS http://$node:8089/oms/health 2>/dev/null | grep -q '\"healthy\":true'; do sleep 0.2; done" & jobs+=($!)
done
join "${jobs[@]}"

ha 'replace(replace(cfg_value, "\"enable\":false", "\"enable\":true"), "\"refetchStoreIntervalMin\":30", "\"refetchStoreIntervalMin\":31")'
echo "T2 $(now)"
