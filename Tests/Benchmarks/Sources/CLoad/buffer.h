// Growing byte buffers, and writing the little protobuf that requests need.
#ifndef CLOAD_BUFFER_H
#define CLOAD_BUFFER_H

#include <stddef.h>
#include <stdint.h>

// Bytes from `start` to `end` are not yet used.
struct sb_buffer {
  uint8_t *bytes;
  size_t start, end, capacity;
};

// Makes room for `more` bytes behind `end`. Ends the process when there is no memory.
void sb_reserve(struct sb_buffer *buffer, size_t more);
void sb_append(struct sb_buffer *buffer, const void *bytes, size_t count);
// Moves what is not yet used to the front.
void sb_compact(struct sb_buffer *buffer);
void sb_release(struct sb_buffer *buffer);

void sb_append_varint(struct sb_buffer *buffer, uint64_t value);
void sb_append_number(struct sb_buffer *buffer, int field, uint64_t value);
void sb_append_field(struct sb_buffer *buffer, int field, const void *bytes, size_t count);
void sb_append_string(struct sb_buffer *buffer, int field, const char *text);

// One field of a message that is being read.
struct sb_field {
  int number;
  uint64_t value;         // of a varint
  const uint8_t *bytes;   // of a length-delimited field, else NULL
  size_t count;
};

// Reads the next field of a message and moves `*at` behind it. Answers 1; 0 at the end; -1 when the bytes make no
// sense.
int sb_next_field(const uint8_t **at, const uint8_t *end, struct sb_field *field);

#endif
