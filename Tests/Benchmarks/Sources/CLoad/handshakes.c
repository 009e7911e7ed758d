#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "connection.h"
#include "greeting.h"

// Closed connections keep their ports for a minute; so many addresses last for half a million of them.
enum { source_addresses = 32, silence_ms = 10000 };

bool sb_run_handshakes(const struct sb_options *options, uint32_t *latencies, size_t capacity,
                       struct sb_result *result) {
  *result = (struct sb_result){.seconds = options->seconds};
  SSL_CTX *context = sb_context(options->kind);
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  struct sb_connection *connections = calloc((size_t)options->connections, sizeof *connections);
  uint64_t begin = sb_now() + (uint64_t)(options->warmup * 1e9);
  uint64_t end = begin + (uint64_t)(options->seconds * 1e9);
  uint64_t nth = 0;
  bool good = connections != NULL;
  for (int i = 0; good && i < options->connections; i++) {
    good = sb_open(&connections[i], context, epoll, options->port, nth++, source_addresses);
  }
  if (!good) sb_explain(result->first_error, "cannot connect");
  struct epoll_event events[64];
  while (good && sb_now() < end) {
    int count = epoll_wait(epoll, events, 64, silence_ms);
    if (count == 0) {
      snprintf(result->first_error, SB_ERROR_TEXT, "no answer for 10 s");
      good = false;
    }
    for (int i = 0; good && i < count; i++) {
      struct sb_connection *connection = events[i].data.ptr;
      enum sb_progress progress = sb_greet(connection, options, epoll, result);
      if (progress == SB_PENDING) continue;
      good = progress == SB_DONE;
      if (!good) break;
      uint64_t now = sb_now();
      result->total++;
      if (now >= begin && now < end) {
        if (result->completed < capacity) latencies[result->completed] = (uint32_t)(now - connection->began);
        result->completed++;
      }
      sb_close(connection);
      good = sb_open(connection, context, epoll, options->port, nth++, source_addresses);
      if (!good) sb_explain(result->first_error, "cannot connect");
    }
  }
  if (!good) result->errors++;
  for (int i = 0; connections != NULL && i < options->connections; i++) {
    sb_close(&connections[i]);
    sb_release(&connections[i].in);
    sb_release(&connections[i].out);
  }
  free(connections);
  SSL_CTX_free(context);
  return good;
}
