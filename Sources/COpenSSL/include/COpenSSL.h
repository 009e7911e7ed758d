// The whole of OpenSSL that Swift sees: one function per operation.
//
// OpenSSL's own headers stay out of this one. Most of what is needed from them are macros, which
// Swift cannot import, and every call wants the same dance around the per-thread error queue; a
// closed list of functions keeps both in C.
//
// Every operation clears the error queue, makes its call, asks SSL_get_error where that applies, and
// takes the error away. So a stale error of one connection never surfaces on another.
#ifndef SIGNALBOX_COPENSSL_H
#define SIGNALBOX_COPENSSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Swift sees these as its own enums: with cases by these names, to be switched over exhaustively.
#define SBX_CLOSED_ENUM __attribute__((enum_extensibility(closed)))
#define SBX_CASE(name) __attribute__((swift_name(#name)))

// Room for an error text, its final NUL included.
#define SBX_ERROR_TEXT 256
// The longest name taken from a peer certificate, and the room for one with its NUL.
#define SBX_NAME_LENGTH 512
#define SBX_NAME_TEXT 513
// The ALPN list in wire form is at most this long.
#define SBX_ALPN_LIST 255

// ---------------------------------------------------------------------------------------------
// Context: certificates, keys and trust, parsed once and shared by all connections.

typedef struct sbx_context sbx_context;

typedef enum SBX_CLOSED_ENUM {
  SBX_CLIENT_CERTIFICATE_NONE SBX_CASE(none) = 0,
  SBX_CLIENT_CERTIFICATE_OPTIONAL SBX_CASE(optional) = 1,
  SBX_CLIENT_CERTIFICATE_REQUIRED SBX_CASE(required) = 2,
} sbx_client_certificate;

// The functions that return bool write a text of at most SBX_ERROR_TEXT bytes to `error` when they
// return false. A context is only changed before its first connection is made.

sbx_context *sbx_context_new(bool server);
void sbx_context_free(sbx_context *context);
bool sbx_context_set_suites(sbx_context *context, const char *suites, char *error);
bool sbx_context_set_groups(sbx_context *context, const char *groups, char *error);
// `list` is in wire form: each name behind a byte with its length.
bool sbx_context_set_alpn(sbx_context *context, const uint8_t *list, size_t length, char *error);
bool sbx_context_use_certificate(sbx_context *context, const char *chain_path, const char *key_path,
                                 char *error);
// Trusts the roots in a PEM file; the system's own when `path` is NULL.
bool sbx_context_trust(sbx_context *context, const char *path, char *error);
bool sbx_context_add_revocations(sbx_context *context, const char *path, char *error);
void sbx_context_verify_clients(sbx_context *context, sbx_client_certificate mode);
void sbx_context_verify_server(sbx_context *context);
// The end of the own certificate's validity, seconds since 1970; 0 if there is no certificate.
int64_t sbx_context_not_after(const sbx_context *context);

// ---------------------------------------------------------------------------------------------
// Pipe: what a connection reads from and writes to. One per event loop; it is set up before an
// operation and emptied after it, so connections that share a loop can share it.

typedef struct {
  // Ciphertext that was received: a window into somebody else's memory.
  const uint8_t *input;
  size_t input_length;
  // Ciphertext to send: owned, grows up to `output_limit`.
  uint8_t *output;
  size_t output_length;
  size_t output_capacity;
  size_t output_limit;
  // Why the last operation failed.
  char error[SBX_ERROR_TEXT];
} sbx_pipe;

sbx_pipe *sbx_pipe_new(size_t output_capacity, size_t output_limit);
void sbx_pipe_free(sbx_pipe *pipe);

// ---------------------------------------------------------------------------------------------
// Connection.

typedef struct ssl_st sbx_connection;

typedef enum SBX_CLOSED_ENUM {
  // It was done; `count` bytes were moved.
  SBX_DONE SBX_CASE(done) = 0,
  // Nothing more can happen until more ciphertext arrives, or a record without application data was
  // processed and there is more input.
  SBX_WANTS_INPUT SBX_CASE(wantsInput) = 1,
  // The peer sent close_notify.
  SBX_CLOSED SBX_CASE(closed) = 2,
  // A fatal error; an alert for the peer may be in the output. No more operations.
  SBX_FAILED SBX_CASE(failed) = 3,
} sbx_outcome;

typedef enum SBX_CLOSED_ENUM {
  SBX_REASON_NONE SBX_CASE(none) = 0,
  SBX_REASON_NOT_TLS SBX_CASE(notTLS) = 1,
  SBX_REASON_VERSION SBX_CASE(version) = 2,
  SBX_REASON_APPLICATION_PROTOCOL SBX_CASE(applicationProtocol) = 3,
  SBX_REASON_PEER_CERTIFICATE SBX_CASE(peerCertificate) = 4,
  SBX_REASON_BAD_RECORD SBX_CASE(badRecord) = 5,
  SBX_REASON_ALERT SBX_CASE(alert) = 6,
  SBX_REASON_OTHER SBX_CASE(other) = 7,
} sbx_reason;

typedef struct {
  sbx_outcome outcome;
  sbx_reason reason;
  size_t count;
} sbx_result;

// The connection keeps pointers to `context` and `pipe`: both must outlive it.
sbx_connection *sbx_connection_new(sbx_context *context, sbx_pipe *pipe);
void sbx_connection_free(sbx_connection *connection);
// For a client: whom to expect. A DNS name is also sent as SNI, an address is not.
bool sbx_connection_expect(sbx_connection *connection, const char *host, bool is_address);
sbx_result sbx_handshake(sbx_connection *connection, sbx_pipe *pipe);
sbx_result sbx_read(sbx_connection *connection, sbx_pipe *pipe, void *into, size_t capacity);
sbx_result sbx_write(sbx_connection *connection, sbx_pipe *pipe, const void *from, size_t length);
// Puts close_notify into the output. Never after a fatal error.
sbx_result sbx_close(sbx_connection *connection, sbx_pipe *pipe);
// The protocol chosen by ALPN, not NUL-terminated; its length, 0 if none was chosen.
size_t sbx_alpn(const sbx_connection *connection, const uint8_t **name);

typedef enum SBX_CLOSED_ENUM {
  SBX_PEER_ANONYMOUS SBX_CASE(anonymous) = 0,
  SBX_PEER_URI SBX_CASE(uri) = 1,
  SBX_PEER_DNS SBX_CASE(dns) = 2,
  // A certificate came and was verified, but names nobody in a form that is accepted.
  SBX_PEER_NAMELESS SBX_CASE(nameless) = 3,
  SBX_PEER_EMAIL SBX_CASE(email) = 4,
} sbx_peer;

// Reads the first URI, else the first DNS name, else the first e-mail address, of the verified peer
// certificate into `name`, which has room for SBX_NAME_TEXT bytes.
sbx_peer sbx_peer_name(const sbx_connection *connection, char *name);
// Verifies the peer's chain again, now against `context`. True if the peer showed no certificate.
bool sbx_peer_trusted(const sbx_connection *connection, const sbx_context *context, char *error);

// ---------------------------------------------------------------------------------------------
// Making certificates, for development and tests.

typedef enum SBX_CLOSED_ENUM {
  SBX_DRAFT_AUTHORITY SBX_CASE(authority) = 0,
  SBX_DRAFT_SERVER SBX_CASE(server) = 1,
  SBX_DRAFT_CLIENT SBX_CASE(client) = 2,
} sbx_draft_kind;

typedef enum SBX_CLOSED_ENUM {
  SBX_NAME_DNS SBX_CASE(dns) = 0,
  SBX_NAME_ADDRESS SBX_CASE(address) = 1,
  SBX_NAME_URI SBX_CASE(uri) = 2,
  SBX_NAME_EMAIL SBX_CASE(email) = 3,
} sbx_name_kind;

typedef struct sbx_draft sbx_draft;

// Makes a P-256 key and a certificate draft; NULL when OpenSSL fails.
sbx_draft *sbx_draft_new(sbx_draft_kind kind, const char *common_name, int64_t not_before,
                         int64_t not_after, char *error);
void sbx_draft_free(sbx_draft *draft);
bool sbx_draft_add_name(sbx_draft *draft, sbx_name_kind kind, const char *name, char *error);
// Signs with the authority's PEM files; with its own key when both are NULL.
bool sbx_draft_sign(sbx_draft *draft, const char *authority_path, const char *authority_key_path,
                    char *error);
// PEM text owned by `draft`; the length is returned, 0 on failure.
size_t sbx_draft_certificate(sbx_draft *draft, const char **pem);
size_t sbx_draft_key(sbx_draft *draft, const char **pem);
// A revocation list, signed by the authority, with the certificates at `paths`. The text is freed
// with sbx_text_free.
size_t sbx_draft_revocations(const char *authority_path, const char *authority_key_path,
                             const char *const *paths, size_t count, int64_t this_update,
                             int64_t next_update, char **pem, char *error);
void sbx_text_free(char *text);

// ---------------------------------------------------------------------------------------------
// Digests and randomness. `digest` and `code` have room for 32 bytes.

bool sbx_sha256(const void *data, size_t length, uint8_t *digest);
bool sbx_hmac_sha256(const void *key, size_t key_length, const void *data, size_t length,
                     uint8_t *code);
bool sbx_random(void *into, size_t length);
bool sbx_equal(const void *left, const void *right, size_t length);

#endif
