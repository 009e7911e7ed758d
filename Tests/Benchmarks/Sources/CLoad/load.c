// The closed loop: each answer makes the next request, until the time is over or the count reached.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include "connection.h"
#include "requests.h"
#include "wire.h"

enum { errors_at_most = 1000, silence_ms = 10000 };

// One call in flight.
struct slot {
  uint64_t sent;
  uint32_t stream;
  struct sb_ticket *ticket;
  size_t ticket_index;
  bool counts;  // false: it only asks for what the next call needs
};

struct lane {
  struct sb_connection connection;  // first, because epoll's pointer is cast
  struct slot *slots;
  int expected;  // the slot that probably is answered next
  uint32_t next_stream;
};

struct run {
  const struct sb_options *options;
  struct sb_result *result;
  struct sb_requests requests;
  struct lane *lanes;
  struct sb_ticket *tickets;
  uint32_t *latencies;
  size_t capacity;
  uint64_t *created;
  uint64_t begin, end;  // of the measured time
  uint64_t issued;
  uint64_t due;  // with a rate: when the next call is to be made
  int turn;      // with a rate: whose turn it is
  int epoll;
};

static void note_error(struct run *run, const char *error) {
  if (run->result->errors++ == 0) snprintf(run->result->first_error, SB_ERROR_TEXT, "%s", error);
}

static void note_refusal(struct run *run, const char *error) {
  if (run->options->rude) {
    run->result->refused++;
  } else {
    note_error(run, error);
  }
}

// For what the system has no word for.
static bool blame(struct run *run, const char *what) {
  note_error(run, what);
  return false;
}

static bool fail(struct run *run, const char *what) {
  char text[SB_ERROR_TEXT];
  sb_explain(text, what);
  note_error(run, text);
  return false;
}

static void issue(struct run *run, struct lane *lane, struct slot *slot, uint64_t now) {
  const struct sb_options *options = run->options;
  if (options->count != 0 && run->issued == options->count) {
    slot->stream = 0;
    return;
  }
  run->issued++;
  slot->sent = now;
  slot->stream = lane->next_stream;
  lane->next_stream += 2;
  slot->counts = options->kind != SB_REASSIGN || slot->ticket->version != 0;
  sb_append_request(&run->requests, &lane->connection.out, slot->stream, slot->ticket);
}

// The next call of a slot that was answered: at once, or when it is due.
static void go_on(struct run *run, struct lane *lane, struct slot *slot, uint64_t now) {
  if (run->options->rate > 0) {
    slot->stream = 0;
  } else {
    issue(run, lane, slot, now);
  }
}

static struct slot *idle_slot(const struct run *run, struct lane *lane) {
  if (!lane->connection.is_secured) return NULL;
  for (int i = 0; i < run->options->in_flight; i++) {
    if (lane->slots[i].stream == 0) return &lane->slots[i];
  }
  return NULL;
}

// Makes the calls that are due, on the connections in turn. Each counts from when it was due, so that a server that
// keeps all slots waiting does not hide it. Answers false when a connection broke.
static bool issue_due(struct run *run) {
  uint64_t now = sb_now();
  int connections = run->options->connections;
  for (int tried = 0; run->due <= now && tried < connections;) {
    struct lane *lane = &run->lanes[run->turn];
    run->turn = (run->turn + 1) % connections;
    struct slot *slot = idle_slot(run, lane);
    if (slot == NULL) {
      tried++;
      continue;
    }
    tried = 0;
    issue(run, lane, slot, run->due);
    run->due += (uint64_t)(1e9 / run->options->rate);
  }
  for (int i = 0; i < connections; i++) {
    struct sb_connection *connection = &run->lanes[i].connection;
    if (connection->is_secured && sb_flush(connection, run->epoll) == SB_FAILED) return false;
  }
  return true;
}

static void complete(struct run *run, const struct slot *slot, uint64_t now) {
  struct sb_result *result = run->result;
  result->total++;
  bool measured = run->options->count != 0 || (now >= run->begin && now < run->end);
  if (!measured) return;
  if (result->completed < run->capacity) {
    uint64_t took = now - slot->sent;
    run->latencies[result->completed] = took > UINT32_MAX ? UINT32_MAX : (uint32_t)took;
  }
  result->completed++;
}

// Each slot goes round its own share of the tickets, so that no two calls change one ticket.
static void turn_to_next_ticket(struct run *run, struct slot *slot) {
  if (run->tickets == NULL) return;
  size_t stride = (size_t)(run->options->connections * run->options->in_flight);
  slot->ticket_index += stride;
  if (slot->ticket_index >= run->options->ticket_count) slot->ticket_index %= stride;
  if (slot->ticket_index >= run->options->ticket_count) slot->ticket_index %= run->options->ticket_count;
  slot->ticket = &run->tickets[slot->ticket_index];
}

static void read_answer(struct run *run, struct slot *slot, const struct sb_frame *frame, uint64_t now) {
  char error[SB_ERROR_TEXT];
  const uint8_t *message;
  size_t count;
  if (frame->type == SB_RESET) {
    sb_read_refusal(frame, error);
    note_refusal(run, error);
    return;
  }
  bool is_change = run->options->kind == SB_REASSIGN && slot->counts;
  if (!sb_read_end(frame, &message, &count, error)) {
    note_refusal(run, error);
    // Perhaps it was changed after all: ask again.
    if (is_change) slot->ticket->version = 0;
    return;
  }
  struct sb_ticket created = {0};
  bool reads_ticket = run->options->kind == SB_REASSIGN || (run->created != NULL && run->options->count != 0);
  if (reads_ticket &&
      !sb_read_ticket(&run->requests, message, count, is_change, slot->ticket ? slot->ticket : &created)) {
    note_error(run, "an answer without a ticket");
    return;
  }
  if (reads_ticket && slot->ticket == NULL) run->created[run->result->total] = created.number;
  if (!slot->counts) return;
  complete(run, slot, now);
  turn_to_next_ticket(run, slot);
}

static struct slot *slot_of(const struct run *run, struct lane *lane, uint32_t stream) {
  int in_flight = run->options->in_flight;
  for (int i = 0; i < in_flight; i++) {
    int at = lane->expected + i;
    if (at >= in_flight) at -= in_flight;
    if (lane->slots[at].stream != stream) continue;
    lane->expected = at + 1 == in_flight ? 0 : at + 1;
    return &lane->slots[at];
  }
  return NULL;
}

static bool read_frames(struct run *run, struct lane *lane, uint64_t now) {
  struct sb_frame frame;
  int found;
  while ((found = sb_next_frame(&lane->connection.in, &frame)) > 0) {
    switch (frame.type) {
      case SB_END:
      case SB_RESET: {
        struct slot *slot = slot_of(run, lane, frame.stream);
        if (slot == NULL) return blame(run, "an answer to a call that was not made");
        read_answer(run, slot, &frame, now);
        go_on(run, lane, slot, now);
        break;
      }
      case SB_PING_FRAME:
        sb_append_pong(&lane->connection.out, &frame);
        break;
      case SB_GOAWAY: {
        char error[SB_ERROR_TEXT];
        sb_read_refusal(&frame, error);
        note_error(run, error);
        return false;
      }
      default:
        break;  // HELLO, and fragments of an answer: what counts is its END
    }
  }
  return found == 0 || blame(run, "a frame that is too long");
}

// Echoes come back in the order of their requests.
static bool read_echoes(struct run *run, struct lane *lane, uint64_t now) {
  struct sb_buffer *in = &lane->connection.in;
  size_t size = 4 + (size_t)run->options->bytes;
  for (; in->end - in->start >= size; in->start += size) {
    struct slot *slot = &lane->slots[lane->expected];
    lane->expected = lane->expected + 1 == run->options->in_flight ? 0 : lane->expected + 1;
    complete(run, slot, now);
    issue(run, lane, slot, now);
  }
  return true;
}

static bool advance(struct run *run, struct lane *lane) {
  struct sb_connection *connection = &lane->connection;
  if (!connection->is_secured) {
    enum sb_progress progress = sb_secure(connection, run->epoll);
    if (progress == SB_FAILED) return fail(run, "cannot connect");
    if (progress == SB_PENDING) return true;
    if (lane == run->lanes) sb_describe_suite(connection, run->result->suite);
    if (run->options->kind != SB_ECHO) sb_append_greeting(&connection->out, run->options);
    for (int i = 0; i < run->options->in_flight; i++) go_on(run, lane, &lane->slots[i], sb_now());
    if (run->due == 0) run->due = sb_now();
  }
  enum sb_progress progress = sb_fill(connection);
  uint64_t now = sb_now();
  if (progress == SB_FAILED) return fail(run, "cannot read");
  if (progress == SB_DONE) {
    bool good = run->options->kind == SB_ECHO ? read_echoes(run, lane, now) : read_frames(run, lane, now);
    if (!good) return false;
    sb_compact(&connection->in);
  }
  return sb_flush(connection, run->epoll) != SB_FAILED || fail(run, "cannot write");
}

static bool is_over(const struct run *run) {
  const struct sb_result *result = run->result;
  if (result->errors > errors_at_most) return true;
  if (run->options->count != 0) return result->total + result->errors >= run->options->count;
  return sb_now() >= run->end;
}

static bool loop(struct run *run) {
  struct epoll_event events[256];
  while (!is_over(run)) {
    struct timespec wait = {.tv_sec = silence_ms / 1000};
    bool is_paced = run->options->rate > 0 && run->due != 0;
    if (is_paced) {
      if (!issue_due(run)) return fail(run, "cannot write");
      uint64_t now = sb_now();
      uint64_t left = run->due > now ? run->due - now : 0;
      // Where every slot waits for its answer, the next is due already and comes with one.
      wait = (struct timespec){.tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000)};
      if (left == 0) wait.tv_nsec = 1000000;
    }
    int count = epoll_pwait2(run->epoll, events, 256, &wait, NULL);
    if (count == 0 && !is_paced) return blame(run, "no answer for 10 s");
    for (int i = 0; i < count; i++) {
      if (!advance(run, events[i].data.ptr)) return false;
    }
  }
  return run->result->errors <= errors_at_most;
}

static bool prepare(struct run *run, SSL_CTX *context) {
  const struct sb_options *options = run->options;
  run->lanes = calloc((size_t)options->connections, sizeof *run->lanes);
  if (run->lanes == NULL) return blame(run, "no memory");
  if (options->ticket_count > 0) {
    run->tickets = calloc(options->ticket_count, sizeof *run->tickets);
    if (run->tickets == NULL) return blame(run, "no memory");
    for (size_t i = 0; i < options->ticket_count; i++) run->tickets[i].number = options->tickets[i];
  }
  size_t nth = 0;
  for (int i = 0; i < options->connections; i++) run->lanes[i].connection.fd = -1;
  for (int i = 0; i < options->connections; i++) {
    struct lane *lane = &run->lanes[i];
    lane->next_stream = 1;
    lane->slots = calloc((size_t)options->in_flight, sizeof *lane->slots);
    if (lane->slots == NULL) return blame(run, "no memory");
    for (int k = 0; k < options->in_flight && run->tickets != NULL; k++, nth++) {
      lane->slots[k].ticket_index = nth % options->ticket_count;
      lane->slots[k].ticket = &run->tickets[lane->slots[k].ticket_index];
    }
    if (!sb_open(&lane->connection, context, run->epoll, options->port, 0, 1)) return fail(run, "cannot connect");
  }
  return true;
}

bool sb_run(const struct sb_options *options, uint32_t *latencies, size_t capacity, uint64_t *created,
            struct sb_result *result) {
  *result = (struct sb_result){0};
  struct run run = {.options = options, .result = result, .latencies = latencies, .capacity = capacity,
                    .created = created, .epoll = epoll_create1(EPOLL_CLOEXEC)};
  sb_requests_init(&run.requests, options);
  SSL_CTX *context = sb_context(options->kind);
  uint64_t start = sb_now();
  run.begin = start + (uint64_t)(options->warmup * 1e9);
  run.end = run.begin + (uint64_t)(options->seconds * 1e9);
  bool good = prepare(&run, context) && loop(&run);
  result->seconds = options->count != 0 ? (double)(sb_now() - start) / 1e9 : options->seconds;
  for (int i = 0; run.lanes != NULL && i < options->connections; i++) {
    sb_close(&run.lanes[i].connection);
    sb_release(&run.lanes[i].connection.in);
    sb_release(&run.lanes[i].connection.out);
    free(run.lanes[i].slots);
  }
  free(run.lanes);
  free(run.tickets);
  sb_requests_release(&run.requests);
  SSL_CTX_free(context);
  return good;
}
