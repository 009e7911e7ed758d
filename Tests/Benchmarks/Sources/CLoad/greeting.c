#include "greeting.h"

#include <stdio.h>

#include "wire.h"

enum sb_progress sb_greet(struct sb_connection *connection, const struct sb_options *options, int epoll,
                          struct sb_result *result) {
  if (!connection->is_secured) {
    enum sb_progress secured = sb_secure(connection, epoll);
    if (secured == SB_FAILED) sb_explain(result->first_error, "cannot connect");
    if (secured != SB_DONE) return secured;
    if (result->suite[0] == 0) sb_describe_suite(connection, result->suite);
    sb_append_greeting(&connection->out, options);
    if (sb_flush(connection, epoll) == SB_FAILED) {
      sb_explain(result->first_error, "cannot write");
      return SB_FAILED;
    }
  }
  enum sb_progress filled = sb_fill(connection);
  if (filled == SB_FAILED) sb_explain(result->first_error, "cannot read");
  if (filled != SB_DONE || options->kind == SB_ECHO) return filled;
  struct sb_frame frame;
  int found = sb_next_frame(&connection->in, &frame);
  if (found == 0) return SB_PENDING;
  if (found > 0 && frame.type == SB_HELLO) return SB_DONE;
  if (found > 0 && frame.type == SB_GOAWAY) sb_read_refusal(&frame, result->first_error);
  else snprintf(result->first_error, SB_ERROR_TEXT, "the server did not greet");
  return SB_FAILED;
}
