#include "wire.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static uint32_t u32(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, 4);
  return ntohl(value);
}

int sb_next_frame(struct sb_buffer *in, struct sb_frame *frame) {
  if (in->end - in->start < sb_header_size) return 0;
  const uint8_t *at = in->bytes + in->start;
  frame->length = u32(at);
  frame->stream = u32(at + 4);
  frame->type = at[8];
  frame->flags = at[9];
  frame->payload = at + sb_header_size;
  if (frame->length > sb_frame_at_most - sb_header_size) return -1;
  if (in->end - in->start < sb_header_size + (size_t)frame->length) return 0;
  in->start += sb_header_size + frame->length;
  return 1;
}

void sb_append_header(struct sb_buffer *out, uint32_t length, uint32_t stream, uint8_t type, uint8_t flags) {
  sb_reserve(out, sb_header_size);
  uint8_t *at = out->bytes + out->end;
  uint32_t words[2] = {htonl(length), htonl(stream)};
  memcpy(at, words, 8);
  at[8] = type;
  at[9] = flags;
  out->end += sb_header_size;
}

void sb_append_greeting(struct sb_buffer *out, const struct sb_options *options) {
  if (options->kind == SB_ECHO) {
    sb_append(out, "\0\0\0\4echo", 8);
    return;
  }
  struct sb_buffer hello = {0};
  sb_append_string(&hello, 8, "sbload");
  if (options->token != NULL) sb_append_string(&hello, 11, options->token);
  sb_append_header(out, 4 + (uint32_t)hello.end, 0, SB_HELLO, 0);
  sb_append(out, "SBX1", 4);
  sb_append(out, hello.bytes, hello.end);
  sb_release(&hello);
}

void sb_append_pong(struct sb_buffer *out, const struct sb_frame *ping) {
  const uint8_t ack = 1;
  if (ping->flags & ack || ping->length != 8) return;
  sb_append_header(out, 8, 0, SB_PING_FRAME, ack);
  sb_append(out, ping->payload, 8);
}

bool sb_read_end(const struct sb_frame *end, const uint8_t **message, size_t *count, char error[SB_ERROR_TEXT]) {
  uint32_t length = end->length >= 2 ? (uint32_t)end->payload[0] << 8 | end->payload[1] : UINT32_MAX;
  if (length > end->length - 2) {
    snprintf(error, SB_ERROR_TEXT, "an END whose status does not fit");
    return false;
  }
  const uint8_t *at = end->payload + 2, *status_end = at + length;
  *message = status_end;
  *count = end->length - 2 - length;
  if (length == 0) return true;
  struct sb_field field, text = {0}, reason = {0};
  uint64_t code = 0;
  while (sb_next_field(&at, status_end, &field) > 0) {
    if (field.number == 1) code = field.value;
    if (field.number == 2) text = field;
    if (field.number == 3) reason = field;
  }
  if (code == 0) return true;
  snprintf(error, SB_ERROR_TEXT, "status %d %.*s: %.*s", (int)code, (int)reason.count, (const char *)reason.bytes,
           (int)text.count, (const char *)text.bytes);
  return false;
}

void sb_read_refusal(const struct sb_frame *frame, char error[SB_ERROR_TEXT]) {
  size_t fixed = frame->type == SB_RESET ? 4 : 12;
  if (frame->length < fixed) {
    snprintf(error, SB_ERROR_TEXT, "a frame of type %d that is too short", frame->type);
    return;
  }
  uint32_t code = u32(frame->payload + (frame->type == SB_RESET ? 0 : 4));
  snprintf(error, SB_ERROR_TEXT, "%s %u: %.*s", frame->type == SB_RESET ? "RESET" : "GOAWAY", code,
           (int)(frame->length - fixed), (const char *)frame->payload + fixed);
}
