#include "internal.h"

#include <stdlib.h>
#include <string.h>

// A handshake message with a longer certificate chain is refused.
static const long certificate_list_limit = 32 * 1024;
// Certificates between the peer's own and a root that is trusted, neither of them counted.
static const int chain_depth = 3;

// The client offered names; choose ours, by our order, or end the handshake.
static int select_protocol(SSL *ssl, const unsigned char **chosen, unsigned char *chosen_length,
                           const unsigned char *offered, unsigned int offered_length, void *argument) {
  (void)ssl;
  const sbx_context *context = argument;
  unsigned char *match = NULL;
  if (SSL_select_next_proto(&match, chosen_length, context->alpn, (unsigned int)context->alpn_length,
                            offered, offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = match;
  return SSL_TLSEXT_ERR_OK;
}

// OpenSSL does not call select_protocol when the client offers nothing at all. Refuse that here,
// with the right alert and before a signature is spent on it.
static int require_protocol(SSL *ssl, int *alert, void *argument) {
  const unsigned char *extension = NULL;
  size_t length = 0;
  (void)argument;
  if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, &extension,
                                &length)) {
    return SSL_CLIENT_HELLO_SUCCESS;
  }
  ERR_raise_data(ERR_LIB_SSL, SSL_R_NO_APPLICATION_PROTOCOL, "none offered");
  *alert = SSL_AD_NO_APPLICATION_PROTOCOL;
  return SSL_CLIENT_HELLO_ERROR;
}

// A key under a passphrase is refused; OpenSSL would ask for it on the terminal.
static int no_passphrase(char *into, int capacity, int writing, void *argument) {
  (void)into, (void)capacity, (void)writing, (void)argument;
  return -1;
}

sbx_context *sbx_context_new(bool server) {
  ERR_clear_error();
  sbx_context *context = calloc(1, sizeof(*context));
  if (context == NULL) return NULL;
  SSL_CTX *ssl = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
  if (ssl == NULL) {
    free(context);
    return NULL;
  }
  context->ssl = ssl;
  context->server = server;
  SSL_CTX_set_min_proto_version(ssl, TLS1_3_VERSION);
  SSL_CTX_set_max_proto_version(ssl, TLS1_3_VERSION);
  SSL_CTX_set_security_level(ssl, 2);
  SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
                               | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // 16 kB instead of 50 for an idle connection, at no cost in speed.
  SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
  // One record per call, so that a peer cannot keep a loop busy with records that carry nothing.
  SSL_CTX_clear_mode(ssl, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(ssl, 0);
  SSL_CTX_set_max_early_data(ssl, 0);
  SSL_CTX_set_read_ahead(ssl, 0);
  SSL_CTX_set_default_passwd_cb(ssl, no_passphrase);
  SSL_CTX_set_max_cert_list(ssl, certificate_list_limit);
  SSL_CTX_set_verify_depth(ssl, chain_depth);
  return context;
}

void sbx_context_free(sbx_context *context) {
  if (context == NULL) return;
  SSL_CTX_free(context->ssl);
  free(context);
}

static bool succeeded(int result, char *error) {
  if (result == 1) {
    ERR_clear_error();
    return true;
  }
  sbx_take_error(error);
  return false;
}

bool sbx_context_set_suites(sbx_context *context, const char *suites, char *error) {
  ERR_clear_error();
  return succeeded(SSL_CTX_set_ciphersuites(context->ssl, suites), error);
}

bool sbx_context_set_groups(sbx_context *context, const char *groups, char *error) {
  ERR_clear_error();
  return succeeded((int)SSL_CTX_set1_groups_list(context->ssl, groups), error);
}

bool sbx_context_set_alpn(sbx_context *context, const uint8_t *list, size_t length, char *error) {
  ERR_clear_error();
  if (length > SBX_ALPN_LIST) {
    BIO_snprintf(error, SBX_ERROR_TEXT, "%s", "the list is too long");
    return false;
  }
  if (length > 0) memcpy(context->alpn, list, length);
  context->alpn_length = length;
  if (context->server) {
    // Without protocols of our own we ignore what is offered.
    SSL_CTX_set_alpn_select_cb(context->ssl, length == 0 ? NULL : select_protocol, context);
    SSL_CTX_set_client_hello_cb(context->ssl, length == 0 ? NULL : require_protocol, NULL);
    return true;
  }
  // This one answers 0 for success.
  return succeeded(SSL_CTX_set_alpn_protos(context->ssl, context->alpn, (unsigned int)length) == 0, error);
}

bool sbx_context_use_certificate(sbx_context *context, const char *chain_path, const char *key_path,
                                 char *error) {
  ERR_clear_error();
  if (!succeeded(SSL_CTX_use_certificate_chain_file(context->ssl, chain_path), error)) return false;
  if (!succeeded(SSL_CTX_use_PrivateKey_file(context->ssl, key_path, SSL_FILETYPE_PEM), error)) return false;
  return succeeded(SSL_CTX_check_private_key(context->ssl), error);
}

bool sbx_context_trust(sbx_context *context, const char *path, char *error) {
  ERR_clear_error();
  if (path == NULL) return succeeded(SSL_CTX_set_default_verify_paths(context->ssl), error);
  X509_STORE *store = X509_STORE_new();
  if (store == NULL || X509_STORE_load_file(store, path) != 1) {
    sbx_take_error(error);
    X509_STORE_free(store);
    return false;
  }
  SSL_CTX_set_cert_store(context->ssl, store);
  if (context->server) {
    // The names help a client that has several certificates to choose one.
    STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(path);
    if (names == NULL) return succeeded(0, error);
    SSL_CTX_set_client_CA_list(context->ssl, names);
  }
  return true;
}

bool sbx_context_add_revocations(sbx_context *context, const char *path, char *error) {
  ERR_clear_error();
  X509_STORE *store = SSL_CTX_get_cert_store(context->ssl);
  X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
  if (lookup == NULL || X509_load_crl_file(lookup, path, X509_FILETYPE_PEM) < 1) return succeeded(0, error);
  return succeeded(X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK), error);
}

void sbx_context_verify_clients(sbx_context *context, sbx_client_certificate mode) {
  int flags = SSL_VERIFY_NONE;
  if (mode != SBX_CLIENT_CERTIFICATE_NONE) flags = SSL_VERIFY_PEER;
  if (mode == SBX_CLIENT_CERTIFICATE_REQUIRED) flags |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  SSL_CTX_set_verify(context->ssl, flags, NULL);
  SSL_CTX_set_purpose(context->ssl, X509_PURPOSE_SSL_CLIENT);
}

void sbx_context_verify_server(sbx_context *context) {
  SSL_CTX_set_verify(context->ssl, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_purpose(context->ssl, X509_PURPOSE_SSL_SERVER);
}

int64_t sbx_context_not_after(const sbx_context *context) {
  const X509 *certificate = SSL_CTX_get0_certificate(context->ssl);
  if (certificate == NULL) return 0;
  int days = 0, seconds = 0;
  ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
  if (epoch == NULL) return 0;
  int known = ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate));
  ASN1_TIME_free(epoch);
  return known == 1 ? (int64_t)days * 86400 + seconds : 0;
}
