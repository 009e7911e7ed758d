#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sb_reserve(struct sb_buffer *buffer, size_t more) {
  if (buffer->capacity - buffer->end >= more) return;
  size_t capacity = buffer->capacity > 0 ? buffer->capacity : 256;
  while (capacity - buffer->end < more) capacity *= 2;
  uint8_t *bytes = realloc(buffer->bytes, capacity);
  if (bytes == NULL) {
    perror("sbload");
    exit(1);
  }
  buffer->bytes = bytes;
  buffer->capacity = capacity;
}

void sb_append(struct sb_buffer *buffer, const void *bytes, size_t count) {
  if (count == 0) return;
  sb_reserve(buffer, count);
  memcpy(buffer->bytes + buffer->end, bytes, count);
  buffer->end += count;
}

void sb_compact(struct sb_buffer *buffer) {
  if (buffer->start == 0) return;
  memmove(buffer->bytes, buffer->bytes + buffer->start, buffer->end - buffer->start);
  buffer->end -= buffer->start;
  buffer->start = 0;
}

void sb_release(struct sb_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (struct sb_buffer){0};
}

void sb_append_varint(struct sb_buffer *buffer, uint64_t value) {
  sb_reserve(buffer, 10);
  while (value >= 0x80) {
    buffer->bytes[buffer->end++] = (uint8_t)value | 0x80;
    value >>= 7;
  }
  buffer->bytes[buffer->end++] = (uint8_t)value;
}

void sb_append_number(struct sb_buffer *buffer, int field, uint64_t value) {
  sb_append_varint(buffer, (uint64_t)field << 3);
  sb_append_varint(buffer, value);
}

void sb_append_field(struct sb_buffer *buffer, int field, const void *bytes, size_t count) {
  sb_append_varint(buffer, (uint64_t)field << 3 | 2);
  sb_append_varint(buffer, count);
  sb_append(buffer, bytes, count);
}

void sb_append_string(struct sb_buffer *buffer, int field, const char *text) {
  sb_append_field(buffer, field, text, strlen(text));
}

static int read_varint(const uint8_t **at, const uint8_t *end, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 64 && *at < end; shift += 7) {
    uint8_t byte = *(*at)++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return 1;
  }
  return -1;
}

int sb_next_field(const uint8_t **at, const uint8_t *end, struct sb_field *field) {
  if (*at == end) return 0;
  uint64_t key;
  if (read_varint(at, end, &key) < 0) return -1;
  *field = (struct sb_field){.number = (int)(key >> 3)};
  switch (key & 7) {
    case 0:
      return read_varint(at, end, &field->value);
    case 1:
    case 5: {
      size_t width = (key & 7) == 1 ? 8 : 4;
      if ((size_t)(end - *at) < width) return -1;
      *at += width;
      return 1;
    }
    case 2: {
      uint64_t count;
      if (read_varint(at, end, &count) < 0 || count > (uint64_t)(end - *at)) return -1;
      field->bytes = *at;
      field->count = (size_t)count;
      *at += count;
      return 1;
    }
    default:
      return -1;
  }
}
