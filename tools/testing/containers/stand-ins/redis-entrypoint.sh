#!/bin/sh
# As the image of this name does: steps down to redis. It is reached by others, who have the password.
set -eu
if [ "$(id -u)" = 0 ]; then
  chown redis:redis /data
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi
[ "$1" != redis-server ] || set -- "$@" --bind '* -::*'
exec "$@"
