// A load generator for Signalbox's protocol, and for plain length-prefixed echo, that is cheap enough not to be what is
// measured: one thread, epoll, OpenSSL, requests copied from templates. It talks to 127.0.0.1 only and does not check
// the server's certificate, because checking it is the client's cost and says nothing of the server.
#ifndef CLOAD_H
#define CLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SB_ERROR_TEXT 256
#define SB_MAX_CONNECTIONS 1024
#define SB_MAX_IN_FLIGHT 1024

enum sb_kind {
  SB_ECHO,      // not Signalbox: 4 bytes of length, then the bytes, answered as they are
  SB_PING,      // System/Ping with `bytes` bytes of payload
  SB_CREATE,    // Tickets/CreateTicket with a body of `bytes` bytes; a new idempotency key each
  SB_GET,       // Tickets/GetTicket of the tickets given, in turn
  SB_LIST,      // Tickets/ListTickets, one page of 50
  SB_REASSIGN,  // Tickets/ReassignTicket of the tickets given, between the two queues
  // What fills a tenant, the n-th call making the n-th thing; see `sb_furniture` for how it hangs together.
  SB_PEOPLE,    // People/CreatePerson
  SB_GROUPS,    // Access/CreateGroup
  SB_REGISTER,  // Queues/RegisterQueue
  SB_APPROVE,   // Queues/ApproveQueueRegistration of the registrations given as tickets
  SB_GRANTS,    // Access/GrantRole, each to a group on a queue
};

// How many of each a tenant is filled with. The first person is in the first five groups and agent of the first queue.
struct sb_furniture {
  uint64_t people, groups, queues;
};

struct sb_options {
  enum sb_kind kind;
  uint16_t port;
  const char *token;      // NULL: none
  const char *tenant;     // metadata entry `tenant`; NULL: none
  const char *queues[2];  // SB_REASSIGN only
  int connections;        // 1 to SB_MAX_CONNECTIONS
  int in_flight;          // of each connection, 1 to SB_MAX_IN_FLIGHT
  int bytes;
  double warmup, seconds;  // calls answered in the warm-up are not counted
  uint64_t count;          // when not 0: exactly so many calls, whatever the time
  double rate;             // when not 0: so many calls a second, on all connections together, due one after the other
  bool rude;               // refusals are counted and do not matter: the next call is made as if nothing had been said
  struct sb_furniture furniture;
  const uint64_t *tickets;  // SB_GET: at least 1; SB_REASSIGN: at least one for each call in flight
  size_t ticket_count;
};

struct sb_result {
  uint64_t completed;  // answered with OK within the measured seconds
  uint64_t total;      // answered with OK, the warm-up included
  double seconds;      // measured
  uint64_t errors;     // answered otherwise, at any time
  uint64_t refused;    // the same of a rude one
  char first_error[SB_ERROR_TEXT];
  char suite[64];  // the cipher suite and group of the first connection
};

// Runs a closed loop. Writes the time of each completed call, in nanoseconds, to `latencies` as long as there is room,
// and with SB_CREATE and `count` the number of each ticket to `created` (NULL: not wanted; room for `count`).
// Answers false when the run could not be made or broke off; `first_error` says why.
bool sb_run(const struct sb_options *options, uint32_t *latencies, size_t capacity, uint64_t *created,
            struct sb_result *result);

// Full TLS 1.3 handshakes, `connections` in parallel, each with a HELLO (or an echo) there and back, then close.
bool sb_run_handshakes(const struct sb_options *options, uint32_t *latencies, size_t capacity,
                       struct sb_result *result);

// Opens `connections` (here up to 60,000), says so with the line `ready` on standard output, and keeps them, answering
// PINGs, until standard input ends.
bool sb_run_idle(const struct sb_options *options, struct sb_result *result);

// Answers the version of the OpenSSL in use.
const char *sb_openssl_version(void);

#endif
