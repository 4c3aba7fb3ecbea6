#!/bin/bash
# The first process of a lab host: makes the host's root file system, then starts its services and
# reaps orphans. Runs as `unshare --mount --pid --fork --kill-child ... enter-host.sh DIR NAME`, so
# killing that unshare is a power cut. Everything the host writes is below DIR and outlives it.
set -eu
dir=$1 name=$2
root=$dir/root

mount -t overlay overlay -o "lowerdir=/,upperdir=$dir/upper,workdir=$dir/work" "$root"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
# Terminals of its own, so that the machine's and the other hosts' are out of reach.
mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
# Plain directories, not overlays: Docker's overlay2 driver cannot stand on an overlay, and the
# machine's own /root and /home are nobody's business here.
# With what is mounted below them: a small disk for the dumps.
for folder in var/lib/docker root home data; do
  mount --rbind "$dir/plain/${folder//\//-}" "$root/$folder"
done
# The other hosts' disks.
mount -t tmpfs -o ro,size=4k tmpfs "$root${dir%/*/hosts/*}"
mount -t proc proc "$root/proc"
echo "$name" >"$root/proc/sys/kernel/hostname"

cd "$root"
mkdir -p .machine
# Not chroot: `docker exec` would land in the machine's own root.
pivot_root . .machine
cd /
umount -l /.machine
rmdir /.machine
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root

mkdir -p /run/sshd /run/lock
/usr/sbin/sshd -E /var/log/sshd.log
if [ -e /etc/docker/start-at-boot ]; then
  dockerd </dev/null >>/var/log/dockerd.log 2>&1 &
fi
# The kernel is everybody's; a host that was started anew must look so.
cat /proc/sys/kernel/random/uuid >/run/lab-boot-id
mount --bind /run/lab-boot-id /proc/sys/kernel/random/boot_id
touch /run/lab-booted

# Bash reaps every child that ends, adopted ones too, when it gets to wait.
while :; do
  sleep 3600 &
  wait $! || true
done
