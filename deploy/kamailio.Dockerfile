# Kamailio 5.6 as Debian builds it, with the configuration that the tests run too.
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends kamailio kamailio-websocket-modules netbase curl \
 && rm -rf /var/lib/apt/lists/*
COPY deploy/kamailio/kamailio.cfg /template/kamailio.cfg
COPY deploy/kamailio/entrypoint.sh /usr/local/bin/kamailio-entrypoint
RUN chmod +x /usr/local/bin/kamailio-entrypoint
USER 1000:1000
EXPOSE 5060/udp 8080 8090
ENTRYPOINT ["/usr/local/bin/kamailio-entrypoint"]
