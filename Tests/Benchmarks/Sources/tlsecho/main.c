// tlsecho: what this machine can do at most. One thread, epoll, OpenSSL; frames of a 4-byte length and that many bytes
// go back as they came. usage: tlsecho PORT CERTIFICATE KEY
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { read_at_a_time = 16384, unsent_at_most = 1 << 20 };

struct bytes {
  uint8_t *start;
  size_t count, capacity;
};

struct client {
  int fd;
  SSL *tls;
  struct bytes in, out;
  size_t written;  // of `out`
  bool watches_output;
};

static void reserve(struct bytes *bytes, size_t more) {
  if (bytes->capacity - bytes->count >= more) return;
  size_t capacity = bytes->capacity > 0 ? bytes->capacity : 65536;
  while (capacity - bytes->count < more) capacity *= 2;
  bytes->start = realloc(bytes->start, capacity);
  if (bytes->start == NULL) abort();
  bytes->capacity = capacity;
}

// 1: there is something new; 0: nothing yet; -1: the client is gone.
static int fill(struct client *client) {
  struct bytes *in = &client->in;
  int any = 0;
  while (in->count < unsent_at_most) {
    reserve(in, read_at_a_time);
    int count = SSL_read(client->tls, in->start + in->count, read_at_a_time);
    if (count <= 0) {
      int error = SSL_get_error(client->tls, count);
      return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? any : -1;
    }
    in->count += (size_t)count;
    any = 1;
  }
  return any;
}

static void echo(struct client *client) {
  struct bytes *in = &client->in, *out = &client->out;
  size_t at = 0;
  while (in->count - at >= 4) {
    uint32_t length;
    memcpy(&length, in->start + at, 4);
    size_t size = 4 + (size_t)ntohl(length);
    if (in->count - at < size) break;
    at += size;
  }
  if (at == 0) return;
  // Whole frames go back in one copy.
  reserve(out, at);
  memcpy(out->start + out->count, in->start, at);
  out->count += at;
  memmove(in->start, in->start + at, in->count - at);
  in->count -= at;
}

// 1: all written; 0: the socket is full; -1: the client is gone.
static int flush(struct client *client) {
  struct bytes *out = &client->out;
  while (client->written < out->count) {
    int count = SSL_write(client->tls, out->start + client->written, (int)(out->count - client->written));
    if (count <= 0) {
      int error = SSL_get_error(client->tls, count);
      return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
    }
    client->written += (size_t)count;
  }
  out->count = client->written = 0;
  return 1;
}

static void drop(struct client *client) {
  ERR_clear_error();
  SSL_free(client->tls);
  close(client->fd);
  free(client->in.start);
  free(client->out.start);
  free(client);
}

static void serve(struct client *client, int epoll) {
  int filled = fill(client);
  if (filled > 0) echo(client);
  int flushed = filled < 0 ? -1 : flush(client);
  if (flushed < 0) {
    drop(client);
    return;
  }
  bool wants_output = flushed == 0;
  if (wants_output == client->watches_output) return;
  client->watches_output = wants_output;
  struct epoll_event event = {.events = EPOLLIN | (wants_output ? EPOLLOUT : 0), .data.ptr = client};
  epoll_ctl(epoll, EPOLL_CTL_MOD, client->fd, &event);
}

static void accept_all(int listener, SSL_CTX *context, int epoll) {
  int fd, one = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL) abort();
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    client->fd = fd;
    client->tls = SSL_new(context);
    SSL_set_fd(client->tls, fd);
    SSL_set_accept_state(client->tls);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

static SSL_CTX *load(const char *certificate, const char *key) {
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);
  // No tickets and no resumption, as in the server it is compared with.
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_use_certificate_chain_file(context, certificate) == 1 &&
      SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1) {
    return context;
  }
  ERR_print_errors_fp(stderr);
  return NULL;
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "usage: tlsecho PORT CERTIFICATE KEY\n");
    return 64;
  }
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  SSL_CTX *context = load(words[2], words[3]);
  if (context == NULL) return 1;
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)atoi(words[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
    perror("tlsecho");
    return 1;
  }
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (struct epoll_event events[256];;) {
    int ready = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.ptr == NULL) accept_all(listener, context, epoll);
      else serve(events[i].data.ptr, epoll);
    }
  }
}
