// Signalbox's frames, as far as a load generator needs them.
#ifndef CLOAD_WIRE_H
#define CLOAD_WIRE_H

#include "buffer.h"
#include "cload.h"

enum { sb_header_size = 10, sb_frame_at_most = 16384 };

enum sb_type {
  SB_HELLO = 1,
  SB_OPEN = 2,
  SB_MSG = 3,
  SB_END = 4,
  SB_RESET = 5,
  SB_CREDIT = 6,
  SB_PING_FRAME = 7,
  SB_GOAWAY = 8,
};

struct sb_frame {
  uint32_t length, stream;
  uint8_t type, flags;
  const uint8_t *payload;
};

// Takes the next whole frame from the buffer. Answers 1; 0 when it is not all there; -1 when it is too long to be one.
int sb_next_frame(struct sb_buffer *in, struct sb_frame *frame);

void sb_append_header(struct sb_buffer *out, uint32_t length, uint32_t stream, uint8_t type, uint8_t flags);
// Appends a HELLO, or 4 bytes to be echoed when the peer is a plain echo.
void sb_append_greeting(struct sb_buffer *out, const struct sb_options *options);
// Answers a PING with its own bytes; does nothing for an ACK.
void sb_append_pong(struct sb_buffer *out, const struct sb_frame *ping);

// The message of an END. Answers false when the status is not OK; then `error` says which.
bool sb_read_end(const struct sb_frame *end, const uint8_t **message, size_t *count, char error[SB_ERROR_TEXT]);
// The reason in a RESET or GOAWAY.
void sb_read_refusal(const struct sb_frame *frame, char error[SB_ERROR_TEXT]);

#endif
