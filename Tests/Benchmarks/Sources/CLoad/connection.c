#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { read_at_a_time = 16384, read_at_most = 256 * 1024 };

uint64_t sb_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

const char *sb_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION); }

void sb_explain(char text[SB_ERROR_TEXT], const char *what) {
  unsigned long code = ERR_get_error();
  const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;
  if (reason == NULL) reason = errno != 0 ? strerror(errno) : "closed by the server";
  snprintf(text, SB_ERROR_TEXT, "%s: %s", what, reason);
}

SSL_CTX *sb_context(enum sb_kind kind) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (context == NULL) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);
  if (kind != SB_ECHO) {
    static const unsigned char offer[] = "\x0bsignalbox/1";
    SSL_CTX_set_alpn_protos(context, offer, sizeof offer - 1);
  }
  return context;
}

static struct sockaddr_in loopback(uint32_t host, uint16_t port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK + host)};
}

bool sb_open(struct sb_connection *connection, SSL_CTX *context, int epoll, uint16_t port, uint64_t nth,
             unsigned sources) {
  int one = 1;
  connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (connection->fd < 0) return false;
  setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct sockaddr_in source = loopback(1 + (uint32_t)(nth % sources), 0);
  struct sockaddr_in target = loopback(0, port);
  setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = connection};
  connection->tls = SSL_new(context);
  connection->is_secured = false;
  connection->watches_output = true;
  connection->in.start = connection->in.end = connection->out.start = connection->out.end = 0;
  connection->began = sb_now();
  if (connection->tls == NULL || bind(connection->fd, (struct sockaddr *)&source, sizeof source) != 0 ||
      (connect(connection->fd, (struct sockaddr *)&target, sizeof target) != 0 && errno != EINPROGRESS) ||
      epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
    return false;
  }
  SSL_set_fd(connection->tls, connection->fd);
  SSL_set_connect_state(connection->tls);
  return true;
}

static enum sb_progress progress(struct sb_connection *connection, int result) {
  switch (SSL_get_error(connection->tls, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return SB_PENDING;
    default:
      return SB_FAILED;
  }
}

static void watch_output(struct sb_connection *connection, int epoll, bool wanted) {
  if (connection->watches_output == wanted) return;
  struct epoll_event event = {.events = EPOLLIN | (wanted ? EPOLLOUT : 0), .data.ptr = connection};
  epoll_ctl(epoll, EPOLL_CTL_MOD, connection->fd, &event);
  connection->watches_output = wanted;
}

enum sb_progress sb_secure(struct sb_connection *connection, int epoll) {
  errno = 0;
  ERR_clear_error();
  int result = SSL_do_handshake(connection->tls);
  if (result != 1) {
    // Before the connection stands, OpenSSL only sees a socket that is not connected.
    if (errno == ENOTCONN) return SB_PENDING;
    // There is nearly always room to write, so waiting for it while the server thinks would be spinning.
    watch_output(connection, epoll, SSL_want_write(connection->tls));
    return progress(connection, result);
  }
  connection->is_secured = true;
  return SB_DONE;
}

enum sb_progress sb_fill(struct sb_connection *connection) {
  struct sb_buffer *in = &connection->in;
  bool any = false;
  errno = 0;
  ERR_clear_error();
  while (in->end - in->start < read_at_most) {
    sb_reserve(in, read_at_a_time);
    int count = SSL_read(connection->tls, in->bytes + in->end, read_at_a_time);
    if (count <= 0) {
      if (progress(connection, count) == SB_FAILED) return SB_FAILED;
      break;
    }
    in->end += (size_t)count;
    any = true;
  }
  return any ? SB_DONE : SB_PENDING;
}

enum sb_progress sb_flush(struct sb_connection *connection, int epoll) {
  struct sb_buffer *out = &connection->out;
  errno = 0;
  ERR_clear_error();
  while (out->start < out->end) {
    int count = SSL_write(connection->tls, out->bytes + out->start, (int)(out->end - out->start));
    if (count <= 0) {
      if (progress(connection, count) == SB_FAILED) return SB_FAILED;
      watch_output(connection, epoll, true);
      return SB_PENDING;
    }
    out->start += (size_t)count;
  }
  out->start = out->end = 0;
  watch_output(connection, epoll, false);
  return SB_DONE;
}

void sb_close(struct sb_connection *connection) {
  if (connection->tls != NULL) {
    if (connection->is_secured) SSL_shutdown(connection->tls);
    SSL_free(connection->tls);
  }
  if (connection->fd >= 0) close(connection->fd);
  connection->tls = NULL;
  connection->fd = -1;
}

void sb_describe_suite(struct sb_connection *connection, char text[64]) {
  const char *group = OBJ_nid2sn((int)SSL_get_negotiated_group(connection->tls));
  snprintf(text, 64, "%s %s", SSL_get_cipher_name(connection->tls), group != NULL ? group : "");
}
