// What the C files of this target share.
#ifndef SIGNALBOX_COPENSSL_INTERNAL_H
#define SIGNALBOX_COPENSSL_INTERNAL_H

#include "COpenSSL.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/opensslv.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

_Static_assert(OPENSSL_VERSION_MAJOR == 3, "these functions are written for OpenSSL 3");

struct sbx_context {
  SSL_CTX *ssl;
  bool server;
  uint8_t alpn[SBX_ALPN_LIST];
  size_t alpn_length;
};

// Empties the error queue into `text`, the oldest error first; returns the oldest code, 0 if the
// queue was empty.
unsigned long sbx_take_error(char *text);

// The BIO that reads and writes `pipe`.
BIO *sbx_pipe_bio(sbx_pipe *pipe);

#endif
