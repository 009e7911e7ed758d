#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "connection.h"
#include "greeting.h"
#include "wire.h"

enum { source_addresses = 4, handshakes_at_once = 16, silence_ms = 10000 };

struct idle {
  const struct sb_options *options;
  struct sb_result *result;
  SSL_CTX *context;
  struct sb_connection *connections;
  int epoll;
  int opened, greeted;
};

static bool open_next(struct idle *idle) {
  if (idle->opened == idle->options->connections) return true;
  struct sb_connection *connection = &idle->connections[idle->opened];
  bool good = sb_open(connection, idle->context, idle->epoll, idle->options->port, (uint64_t)idle->opened,
                      source_addresses);
  idle->opened++;
  if (!good) sb_explain(idle->result->first_error, "cannot connect");
  return good;
}

// Answers what came on a connection that has been greeted.
static bool answer(struct idle *idle, struct sb_connection *connection) {
  struct sb_frame frame;
  if (sb_fill(connection) == SB_FAILED) {
    sb_explain(idle->result->first_error, "an idle connection was closed");
    return false;
  }
  while (sb_next_frame(&connection->in, &frame) > 0) {
    if (frame.type == SB_PING_FRAME) sb_append_pong(&connection->out, &frame);
    if (frame.type == SB_GOAWAY) {
      sb_read_refusal(&frame, idle->result->first_error);
      return false;
    }
  }
  sb_compact(&connection->in);
  return sb_flush(connection, idle->epoll) != SB_FAILED;
}

static bool advance(struct idle *idle, struct sb_connection *connection) {
  if (connection->began == 0) return answer(idle, connection);
  enum sb_progress progress = sb_greet(connection, idle->options, idle->epoll, idle->result);
  if (progress != SB_DONE) return progress == SB_PENDING;
  connection->began = 0;
  // Ten thousand empty buffers would only make this process large.
  sb_release(&connection->in);
  sb_release(&connection->out);
  idle->greeted++;
  if (idle->greeted == idle->options->connections) {
    puts("ready");
    fflush(stdout);
  }
  return open_next(idle);
}

static bool loop(struct idle *idle) {
  struct epoll_event events[256];
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(idle->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) != 0) {
    snprintf(idle->result->first_error, SB_ERROR_TEXT, "standard input must be a pipe");
    return false;
  }
  for (int i = 0; i < handshakes_at_once; i++) {
    if (!open_next(idle)) return false;
  }
  for (;;) {
    bool is_ready = idle->greeted == idle->options->connections;
    int count = epoll_wait(idle->epoll, events, 256, is_ready ? -1 : silence_ms);
    if (count == 0) {
      snprintf(idle->result->first_error, SB_ERROR_TEXT, "no answer for 10 s");
      return false;
    }
    for (int i = 0; i < count; i++) {
      char ignored[64];
      if (events[i].data.ptr == NULL) {
        if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0) return is_ready;
      } else if (!advance(idle, events[i].data.ptr)) {
        return false;
      }
    }
  }
}

bool sb_run_idle(const struct sb_options *options, struct sb_result *result) {
  *result = (struct sb_result){0};
  struct idle idle = {.options = options, .result = result, .context = sb_context(options->kind),
                      .epoll = epoll_create1(EPOLL_CLOEXEC)};
  SSL_CTX_set_mode(idle.context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(idle.context, 0);
  idle.connections = calloc((size_t)options->connections, sizeof *idle.connections);
  bool good = idle.connections != NULL && loop(&idle);
  result->completed = result->total = (uint64_t)idle.greeted;
  if (!good) result->errors++;
  for (int i = 0; i < idle.opened; i++) sb_close(&idle.connections[i]);
  free(idle.connections);
  SSL_CTX_free(idle.context);
  return good;
}
