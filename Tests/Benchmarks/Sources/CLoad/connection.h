// A TLS connection to 127.0.0.1 in an epoll loop.
#ifndef CLOAD_CONNECTION_H
#define CLOAD_CONNECTION_H

#include <openssl/ssl.h>
#include <stdbool.h>

#include "buffer.h"
#include "cload.h"

enum sb_progress { SB_FAILED = -1, SB_PENDING = 0, SB_DONE = 1 };

struct sb_connection {
  int fd;  // -1: closed
  SSL *tls;
  struct sb_buffer in, out;
  bool is_secured;      // the handshake is over
  bool watches_output;  // epoll also tells when there is room to write
  uint64_t began;
};

// Full handshakes only: no tickets, no resumption. Offers `signalbox/1` unless the peer is a plain echo.
SSL_CTX *sb_context(enum sb_kind kind);

// Starts to connect and adds the connection to `epoll`. The nth connection has a source address of its own out of
// `sources`, so that closed ones, which keep their port for a minute, do not use up the ports of one address.
bool sb_open(struct sb_connection *connection, SSL_CTX *context, int epoll, uint16_t port, uint64_t nth,
             unsigned sources);
// Goes on with the handshake.
enum sb_progress sb_secure(struct sb_connection *connection, int epoll);
// Reads all there is, at most about 256 KiB. SB_DONE: there is something new in `in`.
enum sb_progress sb_fill(struct sb_connection *connection);
// Writes `out`. SB_PENDING: the socket is full, epoll will tell.
enum sb_progress sb_flush(struct sb_connection *connection, int epoll);
// Says goodbye in TLS and closes; the buffers are kept for the next use.
void sb_close(struct sb_connection *connection);

void sb_describe_suite(struct sb_connection *connection, char text[64]);
// Writes "what: why", why being OpenSSL's or the system's last error.
void sb_explain(char text[SB_ERROR_TEXT], const char *what);

uint64_t sb_now(void);  // nanoseconds, monotonic

#endif
