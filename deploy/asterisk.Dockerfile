# Asterisk 22 as Debian builds it, with the same configuration templates that npm start renders.
FROM debian:forky-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends asterisk asterisk-moh-opsound-wav curl \
 && rm -rf /var/lib/apt/lists/*
COPY asterisk /templates
COPY deploy/asterisk-entrypoint.sh /usr/local/bin/asterisk-entrypoint
RUN chmod +x /usr/local/bin/asterisk-entrypoint
VOLUME /data
EXPOSE 5060/udp 8088 5038
ENTRYPOINT ["/usr/local/bin/asterisk-entrypoint"]
