#!/bin/sh
# Runs an operating script as the service runs: its settings, secrets, user and data folder, as the unit names them.
#   sh scripts/deploy/run-script.sh audit-verify --from 2026-10-01
# As root, whether the service runs or not. What it prints goes to this terminal, not to the journal. Files it is to read or
# write lie in /var/lib/patient-satisfaction: it is not root and sees nobody's home.
set -eu

service=patient-satisfaction
if [ $# -eq 0 ]; then
  echo "Name the script: sh $0 reset-password admin" >&2
  exit 2
fi
script=$1
shift
run="$service-script-$$"

# systemd-run fills in no %d nor %S: the secrets of a system unit lie below /run/credentials, its data below /var/lib.
settings=$(systemctl cat "$service.service" |
  grep -E '^(WorkingDirectory|Environment|EnvironmentFile|LoadCredential|StateDirectory|StateDirectoryMode|DynamicUser|User|Group|UMask)=' |
  sed -e "s|%d|/run/credentials/$run.service|g" -e 's|%S|/var/lib|g')
case "$settings" in
  *User=*) ;;
  *)
    echo "The unit $service.service is not installed, or names no user." >&2
    exit 1
    ;;
esac

# Each line becomes one "-p NAME=value"; the arguments of the script come after them.
count=$#
newline='
'
saved=$IFS
IFS=$newline
set -f
for setting in $settings; do set -- "$@" -p "$setting"; done
# A dynamic user has the name of its unit: the same name is the same user, who owns the data folder.
case "$newline$settings" in
  *"${newline}User="*) ;;
  *) set -- "$@" -p "User=$service" ;;
esac
set +f
IFS=$saved

set -- "$@" /usr/bin/node --enable-source-maps "dist/scripts/$script.js"
while [ "$count" -gt 0 ]; do
  first=$1
  shift
  set -- "$@" "$first"
  count=$((count - 1))
done
exec systemd-run --quiet --pipe --wait --collect "--unit=$run" "$@"
