#!/bin/sh
# Turns a Debian root file system with the lab's packages into a lab machine. Runs inside it, once, as root, with
# this folder at /usr/share/lab/setup; the same for the Dockerfile and for a bootstrap from Debian's archive.
set -eu
here=/usr/share/lab/setup

install -m 755 "$here/lab-init" /usr/local/sbin/lab-init
install -m 644 "$here/lab-dns.service" /etc/systemd/system/lab-dns.service

# Nothing that only a machine with hardware, a console or the internet needs; it would slow each start down.
for unit in systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service \
  systemd-resolved.service systemd-firstboot.service systemd-logind.service systemd-udevd.service \
  systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-pcrphase.service \
  console-getty.service getty.target getty-static.service systemd-modules-load.service \
  dev-hugepages.mount sys-fs-fuse-connections.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer modprobe@.service ssh.socket; do
  ln -sf /dev/null "/etc/systemd/system/$unit"
done
systemctl enable lab-dns.service docker.service docker.socket containerd.service ssh.service
systemctl set-default multi-user.target

# Only a lab with a key-value store starts it, in one machine.
if [ -e /lib/systemd/system/etcd.service ]; then systemctl disable etcd.service; fi

# What must differ between machines is made when they start.
rm -f /etc/ssh/ssh_host_* /etc/docker/key.json /usr/sbin/policy-rc.d
: >/etc/machine-id

# Who can log in: root, a user who may use the engine, one who may not, and two who may become root: one just so, one
# with a password. Keys only.
for user in docker-user nobody-rights sudo-user sudo-password; do
  useradd --create-home --shell /bin/bash --password '*' "$user"
done
usermod --append --groups docker docker-user
echo 'sudo-password:lab-password' | chpasswd
echo 'sudo-user ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/sudo-user
echo 'sudo-password ALL=(ALL:ALL) ALL' >/etc/sudoers.d/sudo-password
chmod 440 /etc/sudoers.d/sudo-user /etc/sudoers.d/sudo-password
cat >/etc/ssh/sshd_config.d/lab.conf <<'CONF'
AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/lab_authorized_keys
PasswordAuthentication no
PermitRootLogin prohibit-password
UseDNS no
MaxStartups 100
MaxSessions 100
CONF

sh "$here/test-images.sh" /usr/share/lab/images.tar

apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/*.log /usr/share/lab/setup
