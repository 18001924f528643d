#!/bin/sh
# Fills in the configuration from the environment and starts Kamailio. With RENDER_ONLY=1 it stops after that.
set -eu
umask 077

data=${DATA:-/run/kamailio}
modules=${MODULES:-$(dirname "$(find /usr/lib -path '*kamailio/modules/websocket.so' | head -n 1)")}
: "${NODES:?is not set: host:port of each node, with spaces}" "${SIP_ADDRESS:?is not set}"

mkdir -p "$data"
for node in $NODES; do echo "1 sip:$node"; done >"$data/nodes.list"
sed \
  -e "s|{{sipAddress}}|$SIP_ADDRESS|g" -e "s|{{sipPort}}|5060|g" \
  -e "s|{{webSocketAddress}}|$SIP_ADDRESS|g" -e "s|{{webSocketPort}}|8080|g" \
  -e "s|{{rpcAddress}}|$SIP_ADDRESS|g" -e "s|{{rpcPort}}|8090|g" \
  -e "s|{{modulesFolder}}|$modules/|g" -e "s|{{nodesFile}}|$data/nodes.list|g" \
  "${TEMPLATE:-/template/kamailio.cfg}" >"$data/kamailio.cfg"

[ "${RENDER_ONLY:-}" = 1 ] && exit 0
exec kamailio -f "$data/kamailio.cfg" -DD -E -m "${SHARED_MEMORY_MB:-256}" -M 16 -Y "$data"
