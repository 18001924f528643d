#!/bin/sh
# Renders the configuration templates from the environment and starts Asterisk. With RENDER_ONLY=1 it stops after
# rendering, which is how the templates are tested without a container.
set -eu
# Recordings and passwords are nobody else's.
umask 077

templates=${TEMPLATES:-/templates}
data=${DATA:-/data}
shipped=${SHIPPED:-/usr/share/asterisk}
modules=${MODULES:-$(dirname "$(find /usr/lib -path '*asterisk/modules/res_ari.so' | head -n 1)")}
: "${ASTERISK_ARI_PASSWORD:?is not set}" "${ASTERISK_AMI_PASSWORD:?is not set}"

mkdir -p "$data/etc" "$data/db" "$data/keys/keys" "$data/run" "$data/log" "$data/share/sounds/uploaded"
for folder in recording monitor outgoing tmp; do mkdir -p "$data/spool/$folder"; done
# Our own prompts, copied and not linked: those that are uploaded lie beside them.
cp -R "$templates/sounds/sanling" "$data/share/sounds/"
for name in documentation rest-api moh sounds/en; do ln -sfn "$shipped/$name" "$data/share/$name"; done

# The transports are bound to one address: bound to all of them, Asterisk does not say at which one a call came, and the
# dialplan lets in only what came at the trunk's.
inside=${INSIDE_ADDRESS:-$(hostname -i | cut -d' ' -f1)}
# Carriers must be told the address they can reach, not the container's.
reached_at=
[ -z "${PUBLIC_ADDRESS:-}" ] ||
  reached_at="external_media_address = $PUBLIC_ADDRESS\\nexternal_signaling_address = $PUBLIC_ADDRESS\\nlocal_net = 172.31.58.0/24"

# Whoever comes from this machine, or by a protocol that Docker carries itself (IPv6), seems to be the network's gateway.
peers=${SIP_TRUNK_PEERS:-127.0.0.1/32}
number() (
  IFS=.
  # shellcheck disable=SC2086 — in four parts
  set -- $1
  echo $(((($1 * 256 + $2) * 256 + $3) * 256 + $4))
)
# Whether an address or network (1.2.3.4, …/24, …/255.255.255.0) holds one of ours.
holds_ours() {
  case $1 in
    *:*/0) return 0 ;;
    *[!0-9./]*) return 1 ;;
    */*.*) mask=$(number "${1#*/}") ;;
    */*) mask=$(((0xffffffff << (32 - ${1#*/})) & 0xffffffff)) ;;
    *) mask=$((0xffffffff)) ;;
  esac
  # Ours are 172.31.58.0 to .255: a mask of theirs tells them from it no finer than it does itself.
  mask=$((mask & 0xffffff00))
  [ $(($(number "${1%/*}") & mask)) = $(($(number 172.31.58.0) & mask)) ]
}
for peer in $(echo "$peers" | tr ',' ' '); do
  case ${SIP_BIND_ADDRESS:-127.0.0.1} in 127.*) break ;; esac
  holds_ours "$peer" || continue
  echo "SIP_TRUNK_PEERS=$peers would take strangers for the carrier while SIP_BIND_ADDRESS is not 127.0.0.1: name the carrier's own addresses" >&2
  exit 1
done

# An answered call needs four ports, two for each of its legs: more calls than that would be answered in silence.
first=${RTP_FIRST_PORT:-10000} last=${RTP_LAST_PORT:-10199}
bears=$(((last - first + 1) / 4))
at_once=${SIP_TRUNK_CALLS_AT_ONCE:-$bears}
if [ "$at_once" -gt "$bears" ]; then
  echo "SIP_TRUNK_CALLS_AT_ONCE is $bears: the ports $first to $last bear no more calls than that" >&2
  at_once=$bears
fi

for file in "${SIP_TRUNK_TLS_CERT:-}" "${SIP_TRUNK_TLS_KEY:-}"; do
  [ -z "$file" ] || [ -r "$file" ] || [ "${RENDER_ONLY:-}" = 1 ] || {
    echo "$file cannot be read by the user that Asterisk runs as ($(id -u)): see docs/containers.md" >&2
    exit 1
  }
done

# Passwords are letters and digits only (deploy/make-env.mjs), so none can break out of the expressions.
render() {
  sed \
    -e "s|{{etcFolder}}|$data/etc|g" -e "s|{{dbFolder}}|$data/db|g" -e "s|{{keysFolder}}|$data/keys|g" \
    -e "s|{{runFolder}}|$data/run|g" -e "s|{{logFolder}}|$data/log|g" -e "s|{{spoolFolder}}|$data/spool|g" \
    -e "s|{{dataFolder}}|$data/share|g" -e "s|{{musicFolder}}|$data/share/moh|g" -e "s|{{modulesFolder}}|$modules|g" \
    -e "s|{{httpAddress}}|0.0.0.0|g" -e "s|{{httpPort}}|8088|g" \
    -e "s|{{amiAddress}}|0.0.0.0|g" -e "s|{{amiPort}}|${ASTERISK_AMI_PORT:-5038}|g" \
    -e "s|{{amiPermit}}|${ASTERISK_AMI_PERMIT:-172.31.58.0/255.255.255.0}|g" \
    -e "s|{{trunkAddress}}|$inside|g" -e "s|{{trunkReachedAt}}|$reached_at|g" -e "s|{{trunkPort}}|${SIP_TRUNK_PORT:-5060}|g" \
    -e "s|{{trunkPeers}}|$peers|g" \
    -e "s|{{systemName}}|${SYSTEM_NAME:-sanling}|g" \
    -e "s|{{trunkCallsPerSecond}}|${SIP_TRUNK_CALLS_PER_SECOND:-50}|g" \
    -e "s|{{trunkCallsAtOnce}}|$at_once|g" \
    -e "s|{{trunkPeer}}|${SIP_TRUNK_PEER:-}|g" \
    -e "s|{{trunkUser}}|${SIP_TRUNK_USER:-}|g" -e "s|{{trunkSecret}}|${SIP_TRUNK_SECRET:-}|g" \
    -e "s|{{trunkTlsPort}}|${SIP_TRUNK_TLS_PORT:-5061}|g" \
    -e "s|{{trunkTlsCert}}|${SIP_TRUNK_TLS_CERT:-}|g" -e "s|{{trunkTlsKey}}|${SIP_TRUNK_TLS_KEY:-}|g" \
    -e "s|{{rtpFirstPort}}|$first|g" -e "s|{{rtpLastPort}}|$last|g" \
    -e "s|{{ariUser}}|${ASTERISK_ARI_USER:-sanling}|g" -e "s|{{ariPassword}}|$ASTERISK_ARI_PASSWORD|g" \
    -e "s|{{amiUser}}|${ASTERISK_AMI_USER:-sanling}|g" -e "s|{{amiPassword}}|$ASTERISK_AMI_PASSWORD|g" \
    "$1"
}

# Of the optional parts only those that the settings ask for.
parts=
[ -z "${SIP_TRUNK_USER:-}" ] || parts="$parts pjsip-trunk-account"
[ "${SIP_TRUNK_CHALLENGE:-}" != yes ] || parts="$parts pjsip-trunk-challenge"
[ "${SIP_TRUNK_REGISTER:-}" != yes ] || parts="$parts pjsip-trunk-registration"
[ -z "${SIP_TRUNK_TLS_CERT:-}" ] || parts="$parts pjsip-trunk-tls"
case "${SIP_TRUNK_USER:-}${SIP_TRUNK_SECRET:-}" in
  *[!A-Za-z0-9._~+@=/-]*) echo "SIP_TRUNK_USER and SIP_TRUNK_SECRET: letters, digits and ._~+@=/- only" >&2; exit 1 ;;
esac

rm -f "$data"/etc/pjsip-trunk-*.conf
for part in $parts; do render "$templates/optional/$part.conf" >"$data/etc/$part.conf"; done
for template in "$templates"/*.conf; do render "$template" >"$data/etc/$(basename "$template")"; done

# Ask only for the modules this build has.
sed -n 's/^load = //p' "$data/etc/modules.conf" | while read -r module; do
  [ -e "$modules/$module" ] || sed -i "/^load = $module$/d" "$data/etc/modules.conf"
done

# Browsers too.
if [ -n "${PUBLIC_ADDRESS:-}" ]; then
  printf '\n[ice_host_candidates]\n%s => %s\n' "$inside" "$PUBLIC_ADDRESS" >>"$data/etc/rtp.conf"
fi

[ "${RENDER_ONLY:-}" = 1 ] && exit 0
ulimit -n 65536 2>/dev/null || true
# Log files are put aside when they are full (Asterisk does so at this signal) and removed when they are old.
while sleep 600; do
  [ -z "$(find "$data/log" -name 'asterisk-*.log' -size "+${SANLING_LOG_MB:-20}M")" ] || kill -XFSZ 1
  find "$data/log" -name 'asterisk-*.log.*' -mtime "+${SANLING_LOG_DAYS:-14}" -delete
done &
exec asterisk -f -C "$data/etc/asterisk.conf"
