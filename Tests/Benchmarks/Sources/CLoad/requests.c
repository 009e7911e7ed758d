#include "requests.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "connection.h"
#include "wire.h"

enum { call_timeout_ms = 30000, key_size = 16, end_stream = 1 };

static uint64_t next_random(struct sb_requests *requests) {
  uint64_t x = requests->random;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return requests->random = x;
}

// A UUID version 7: milliseconds, a counter, the rest random.
static void make_key(struct sb_requests *requests, uint8_t key[key_size]) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
  for (int i = 0; i < 6; i++) key[i] = (uint8_t)(ms >> (40 - 8 * i));
  uint32_t counter = requests->sequence++ & 0xfff;
  key[6] = (uint8_t)(0x70 | counter >> 8);
  key[7] = (uint8_t)counter;
  uint64_t random = next_random(requests);
  memcpy(key + 8, &random, 8);
  key[8] = (key[8] & 0x3f) | 0x80;
}

static const char prose[] =
    "Since this morning transfers from our endpoint to the campus collection stop after a few files with a message "
    "that the data channel was refused. We restarted the connector, made sure that the ports are open and that the "
    "certificate is still good, and tried from a second machine with the same outcome. Small files go through, files "
    "above a gigabyte never do. The people of the project need the results of this week's runs by Friday, so a way "
    "around it would help as well. The identifiers of three of the transfers that failed are in the log attached to "
    "the first message of this thread. ";

// Two of each queue of scripts/bench, by its keywords, but for the last.
static const char *const subjects[] = {
    "Globus endpoint refuses large transfers",
    "Login at the portal fails after the new password",
    "Data transfer from the campus stops half-way",
    "Quota of the project directory is used up",
};
enum { subject_count = sizeof subjects / sizeof subjects[0] };

// So many bytes of prose, from a place in it on and round.
static void fill_with_prose(char *text, size_t count, size_t place) {
  size_t length = sizeof prose - 1;
  for (size_t done = 0, at = place % length; done < count; at = 0) {
    size_t part = length - at < count - done ? length - at : count - done;
    memcpy(text + done, prose + at, part);
    done += part;
  }
}

static void make_body(struct sb_requests *requests) {
  const struct sb_options *options = requests->options;
  struct sb_buffer *body = &requests->body;
  size_t count = (size_t)options->bytes;
  char *text = malloc(count + 1);
  if (text == NULL) abort();
  fill_with_prose(text, count, 0);
  switch (options->kind) {
    case SB_ECHO: {
      uint32_t length = htonl((uint32_t)count);
      sb_append(body, &length, 4);
      sb_append(body, text, count);
      break;
    }
    case SB_PING:
      sb_append_field(body, 1, text, count);
      break;
    case SB_LIST:
      sb_append_number(body, 1, 50);
      break;
    default:
      break;  // each has its own
  }
  free(text);
}

// A ticket like no other: people do not send the same text twice, and whoever keeps what it made of a text gains nothing.
static void make_ticket(struct sb_requests *requests, struct sb_buffer *out) {
  uint64_t random = next_random(requests);
  char subject[128];
  snprintf(subject, sizeof subject, "%s, case %06u", subjects[random % subject_count], (unsigned)(random >> 32) % 1000000);
  size_t count = (size_t)requests->options->bytes;
  char *text = malloc(count + 1);
  if (text == NULL) abort();
  fill_with_prose(text, count, (size_t)(random >> 8 & 0xffff));
  sb_append_string(out, 1, subject);
  sb_append_field(out, 2, text, count);
  sb_append_string(out, 3, "ada.lovelace@example.edu");
  sb_append_string(out, 4, "email");
  sb_append_string(out, 6, "delta.example.org");
  free(text);
}

static enum sb_method method_of(const struct sb_options *options) {
  switch (options->kind) {
    case SB_CREATE: return SB_METHOD_CREATE;
    case SB_GET: return SB_METHOD_GET;
    case SB_LIST: return SB_METHOD_LIST;
    case SB_REASSIGN: return SB_METHOD_REASSIGN;
    case SB_PEOPLE: return SB_METHOD_CREATE_PERSON;
    case SB_GROUPS: return SB_METHOD_CREATE_GROUP;
    case SB_REGISTER: return SB_METHOD_REGISTER;
    case SB_APPROVE: return SB_METHOD_APPROVE;
    case SB_GRANTS: return SB_METHOD_GRANT;
    default: return SB_METHOD_PING;
  }
}

static void append_call_header(struct sb_buffer *out, const struct sb_options *options, enum sb_method method) {
  sb_append_number(out, 1, method);
  sb_append_number(out, 2, call_timeout_ms);
  if (options->tenant != NULL) {
    struct sb_buffer entry = {0};
    sb_append_string(&entry, 1, "tenant");
    sb_append_string(&entry, 2, options->tenant);
    sb_append_field(out, 4, entry.bytes, entry.end);
    sb_release(&entry);
  }
}

void sb_requests_init(struct sb_requests *requests, const struct sb_options *options) {
  *requests = (struct sb_requests){.options = options, .random = sb_now() | 1};
  append_call_header(&requests->header, options, method_of(options));
  make_body(requests);
}

void sb_requests_release(struct sb_requests *requests) {
  sb_release(&requests->header);
  sb_release(&requests->body);
  sb_release(&requests->scratch);
}

// `header` is a CallHeader without its key.
static void append_open(struct sb_requests *requests, struct sb_buffer *out, uint32_t stream,
                        const struct sb_buffer *header, bool has_key, const struct sb_buffer *message) {
  size_t header_size = header->end + (has_key ? 2 + key_size : 0);
  sb_reserve(out, sb_header_size + 2 + header_size + message->end);
  sb_append_header(out, (uint32_t)(2 + header_size + message->end), stream, SB_OPEN, end_stream);
  uint16_t prefix = htons((uint16_t)header_size);
  sb_append(out, &prefix, 2);
  sb_append(out, header->bytes, header->end);
  if (has_key) {
    uint8_t key[key_size];
    make_key(requests, key);
    sb_append_field(out, 3, key, key_size);
  }
  sb_append(out, message->bytes, message->end);
}

enum { busy_groups = 5, members_each = 20, role_agent = 2, kind_internal = 3 };

static void append_name(struct sb_buffer *out, uint32_t field, const char *form, uint64_t number) {
  char name[64];
  snprintf(name, sizeof name, form, (unsigned long long)number);
  sb_append_string(out, field, name);
}

// The message that makes the n-th thing of the kind.
static void make_thing(const struct sb_options *options, struct sb_buffer *out, uint64_t nth) {
  const struct sb_furniture *furniture = &options->furniture;
  switch (options->kind) {
    case SB_PEOPLE:
      append_name(out, 1, "p%llu", nth);
      append_name(out, 3, "p%llu@example.edu", nth);
      sb_append_string(out, 4, "Bench");
      break;
    case SB_GROUPS:
      append_name(out, 1, "g%llu", nth);
      if (nth < busy_groups) append_name(out, 3, "p%llu", 0);
      for (uint64_t i = 0; i < members_each && i + 1 < furniture->people; i++) {
        append_name(out, 3, "p%llu", 1 + (nth * members_each + i) % (furniture->people - 1));
      }
      break;
    case SB_REGISTER:
      append_name(out, 1, "Q%05llu", nth);
      sb_append_number(out, 2, kind_internal);
      sb_append_string(out, 3, "Bench");
      append_name(out, 5, "p%llu", nth % furniture->people);
      append_name(out, 7, "p%llu", nth % furniture->people);
      append_name(out, 8, "keyword%llu", nth);
      sb_append_number(out, 10, 1);
      break;
    case SB_APPROVE:
      sb_append_number(out, 1, options->tickets[nth % options->ticket_count]);
      break;
    case SB_GRANTS: {
      uint64_t group = nth % furniture->groups;
      sb_append_number(out, 1, role_agent);
      append_name(out, 3, "g%llu", group);
      append_name(out, 7, "Q%05llu", (nth / furniture->groups + group * 7) % furniture->queues);
      break;
    }
    default:
      break;
  }
}

void sb_append_request(struct sb_requests *requests, struct sb_buffer *out, uint32_t stream,
                       const struct sb_ticket *ticket) {
  const struct sb_options *options = requests->options;
  struct sb_buffer *scratch = &requests->scratch;
  scratch->end = 0;
  uint64_t nth = requests->made++;
  switch (options->kind) {
    case SB_ECHO:
      sb_append(out, requests->body.bytes, requests->body.end);
      return;
    case SB_PING:
    case SB_LIST:
      append_open(requests, out, stream, &requests->header, false, &requests->body);
      return;
    case SB_CREATE:
      make_ticket(requests, scratch);
      append_open(requests, out, stream, &requests->header, true, scratch);
      return;
    case SB_GET:
      sb_append_number(scratch, 1, ticket->number);
      append_open(requests, out, stream, &requests->header, false, scratch);
      return;
    case SB_REASSIGN:
      sb_append_number(scratch, 1, ticket->number);
      if (ticket->version == 0) {
        struct sb_buffer header = {0};
        append_call_header(&header, options, SB_METHOD_GET);
        append_open(requests, out, stream, &header, false, scratch);
        sb_release(&header);
        return;
      }
      sb_append_number(scratch, 2, ticket->version);
      sb_append_string(scratch, 3, "belongs to the other desk");
      sb_append_string(scratch, 5, options->queues[1 - ticket->queue]);
      append_open(requests, out, stream, &requests->header, true, scratch);
      return;
    case SB_PEOPLE:
    case SB_GROUPS:
    case SB_REGISTER:
    case SB_APPROVE:
    case SB_GRANTS:
      make_thing(options, scratch, nth);
      append_open(requests, out, stream, &requests->header, true, scratch);
      return;
  }
}

bool sb_read_ticket(const struct sb_requests *requests, const uint8_t *message, size_t count, bool is_change,
                    struct sb_ticket *ticket) {
  const uint8_t *at = message, *end = message + count;
  struct sb_field field;
  if (is_change) {
    int found;
    while ((found = sb_next_field(&at, end, &field)) > 0 && field.number != 1) continue;
    if (found <= 0 || field.bytes == NULL) return false;
    at = field.bytes;
    end = at + field.count;
  }
  const char *queue = requests->options->queues[1];
  int found;
  ticket->queue = 0;
  while ((found = sb_next_field(&at, end, &field)) > 0) {
    if (field.number == 1) ticket->number = field.value;
    if (field.number == 2) ticket->version = field.value;
    if (field.number == 12 && queue != NULL && field.bytes != NULL) {
      ticket->queue = field.count == strlen(queue) && memcmp(field.bytes, queue, field.count) == 0;
    }
  }
  return found == 0 && ticket->number != 0;
}
