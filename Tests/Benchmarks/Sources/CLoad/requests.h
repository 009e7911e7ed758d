// The requests of each kind of load and what is read from their answers.
#ifndef CLOAD_REQUESTS_H
#define CLOAD_REQUESTS_H

#include "buffer.h"
#include "cload.h"

enum sb_method {
  SB_METHOD_PING = 0x0101,
  SB_METHOD_CREATE = 0x0801,
  SB_METHOD_GET = 0x0802,
  SB_METHOD_LIST = 0x0803,
  SB_METHOD_REASSIGN = 0x0805,
  SB_METHOD_CREATE_PERSON = 0x0401,
  SB_METHOD_REGISTER = 0x0601,
  SB_METHOD_APPROVE = 0x0602,
  SB_METHOD_GRANT = 0x0901,
  SB_METHOD_CREATE_GROUP = 0x0904,
};

// What is known of a ticket that is sent to and fro.
struct sb_ticket {
  uint64_t number;
  uint64_t version;  // 0: not known, ask first
  int queue;         // which of the two it is in; 0 when in neither
};

// Writes CallHeaders and messages; the parts that never change are made once.
struct sb_requests {
  const struct sb_options *options;
  struct sb_buffer header;  // the CallHeader up to its idempotency key
  struct sb_buffer body;    // the message, where it is always the same
  struct sb_buffer scratch;
  uint64_t random;
  uint32_t sequence;
  uint64_t made;  // requests so far
};

void sb_requests_init(struct sb_requests *requests, const struct sb_options *options);
void sb_requests_release(struct sb_requests *requests);

// Appends a whole OPEN frame (or an echo frame). `ticket` is needed for SB_GET and SB_REASSIGN; for SB_REASSIGN with
// an unknown version it is a GetTicket.
void sb_append_request(struct sb_requests *requests, struct sb_buffer *out, uint32_t stream,
                       const struct sb_ticket *ticket);

// Reads number, version and queue from a Ticket, a CreateTicketResponse or a TicketChangeResponse.
bool sb_read_ticket(const struct sb_requests *requests, const uint8_t *message, size_t count, bool is_change,
                    struct sb_ticket *ticket);

#endif
