#include "internal.h"

#include <limits.h>

sbx_connection *sbx_connection_new(sbx_context *context, sbx_pipe *pipe) {
  ERR_clear_error();
  SSL *ssl = SSL_new(context->ssl);
  if (ssl == NULL) return NULL;
  BIO *bio = sbx_pipe_bio(pipe);
  if (bio == NULL) {
    SSL_free(ssl);
    return NULL;
  }
  // One reference serves both directions; SSL_free gives it back.
  SSL_set_bio(ssl, bio, bio);
  if (context->server) {
    SSL_set_accept_state(ssl);
  } else {
    SSL_set_connect_state(ssl);
  }
  return ssl;
}

void sbx_connection_free(sbx_connection *connection) {
  SSL_free(connection);
  ERR_clear_error();
}

bool sbx_connection_expect(sbx_connection *connection, const char *host, bool is_address) {
  ERR_clear_error();
  bool done;
  SSL_set_hostflags(connection, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (is_address) {
    done = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host) == 1;
  } else {
    done = SSL_set1_host(connection, host) == 1 && SSL_set_tlsext_host_name(connection, host) == 1;
  }
  ERR_clear_error();
  return done;
}

static sbx_reason translate(unsigned long code) {
  if (ERR_GET_LIB(code) != ERR_LIB_SSL) return SBX_REASON_OTHER;
  int reason = ERR_GET_REASON(code);
  if (reason >= SSL_AD_REASON_OFFSET) return SBX_REASON_ALERT;
  switch (reason) {
  case SSL_R_HTTP_REQUEST:
  case SSL_R_HTTPS_PROXY_REQUEST:
  case SSL_R_WRONG_VERSION_NUMBER:
  case SSL_R_PACKET_LENGTH_TOO_LONG:
  case SSL_R_RECORD_LENGTH_MISMATCH:
  case SSL_R_BAD_PACKET:
    return SBX_REASON_NOT_TLS;
  case SSL_R_UNSUPPORTED_PROTOCOL:
  case SSL_R_UNKNOWN_PROTOCOL:
  case SSL_R_VERSION_TOO_LOW:
  case SSL_R_VERSION_TOO_HIGH:
    return SBX_REASON_VERSION;
  case SSL_R_NO_APPLICATION_PROTOCOL:
    return SBX_REASON_APPLICATION_PROTOCOL;
  case SSL_R_CERTIFICATE_VERIFY_FAILED:
  case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
    return SBX_REASON_PEER_CERTIFICATE;
  case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
  case SSL_R_DATA_LENGTH_TOO_LONG:
  case SSL_R_ENCRYPTED_LENGTH_TOO_LONG:
    return SBX_REASON_BAD_RECORD;
  default:
    return SBX_REASON_OTHER;
  }
}

static sbx_result failed(const sbx_connection *connection, sbx_pipe *pipe) {
  sbx_result result = {.outcome = SBX_FAILED, .reason = SBX_REASON_OTHER, .count = 0};
  unsigned long code = sbx_take_error(pipe->error);
  if (code == 0) {
    // Only the pipe fails without leaving an error.
    BIO_snprintf(pipe->error, SBX_ERROR_TEXT, "%s", "too much output at once");
    return result;
  }
  result.reason = translate(code);
  long verdict = SSL_get_verify_result(connection);
  if (result.reason == SBX_REASON_PEER_CERTIFICATE && verdict != X509_V_OK) {
    BIO_snprintf(pipe->error, SBX_ERROR_TEXT, "%s", X509_verify_cert_error_string(verdict));
  }
  return result;
}

// Asks why `returned` is not a success. The error queue was empty before the call.
static sbx_result explain(const sbx_connection *connection, sbx_pipe *pipe, int returned) {
  sbx_result result = {.outcome = SBX_DONE, .reason = SBX_REASON_NONE, .count = 0};
  switch (SSL_get_error(connection, returned)) {
  case SSL_ERROR_NONE:
    return result;
  case SSL_ERROR_WANT_READ:
    result.outcome = SBX_WANTS_INPUT;
    return result;
  case SSL_ERROR_ZERO_RETURN:
    result.outcome = SBX_CLOSED;
    return result;
  default:
    return failed(connection, pipe);
  }
}

sbx_result sbx_handshake(sbx_connection *connection, sbx_pipe *pipe) {
  ERR_clear_error();
  return explain(connection, pipe, SSL_do_handshake(connection));
}

sbx_result sbx_read(sbx_connection *connection, sbx_pipe *pipe, void *into, size_t capacity) {
  ERR_clear_error();
  int wanted = capacity > INT_MAX ? INT_MAX : (int)capacity;
  int count = SSL_read(connection, into, wanted);
  if (count > 0) return (sbx_result){.outcome = SBX_DONE, .reason = SBX_REASON_NONE, .count = (size_t)count};
  return explain(connection, pipe, count);
}

sbx_result sbx_write(sbx_connection *connection, sbx_pipe *pipe, const void *from, size_t length) {
  ERR_clear_error();
  int wanted = length > INT_MAX ? INT_MAX : (int)length;
  int count = SSL_write(connection, from, wanted);
  if (count > 0) return (sbx_result){.outcome = SBX_DONE, .reason = SBX_REASON_NONE, .count = (size_t)count};
  return explain(connection, pipe, count);
}

sbx_result sbx_close(sbx_connection *connection, sbx_pipe *pipe) {
  ERR_clear_error();
  int returned = SSL_shutdown(connection);
  // 0: ours is on its way and the peer's has not come, which is all that was asked for.
  if (returned >= 0) return (sbx_result){.outcome = SBX_DONE, .reason = SBX_REASON_NONE, .count = 0};
  return explain(connection, pipe, returned);
}

size_t sbx_alpn(const sbx_connection *connection, const uint8_t **name) {
  unsigned int length = 0;
  SSL_get0_alpn_selected(connection, name, &length);
  return length;
}
