# Asterisk 22 as Debian builds it, with the same configuration templates that npm start renders.
FROM debian:forky-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends asterisk asterisk-moh-opsound-wav curl \
 && rm -rf /var/lib/apt/lists/*
COPY asterisk /templates
COPY deploy/asterisk-entrypoint.sh /usr/local/bin/asterisk-entrypoint
# The same user as the server's, which brings the announcements.
RUN chmod +x /usr/local/bin/asterisk-entrypoint \
 && install -d -o 1000 -g 1000 -m 0700 /data \
 && install -d -o 1000 -g 1000 /data/share /data/share/sounds /data/share/sounds/uploaded
USER 1000:1000
VOLUME /data
EXPOSE 5060/udp 8088 5038
ENTRYPOINT ["/usr/local/bin/asterisk-entrypoint"]
