#include "internal.h"

#include <string.h>

// Copies a name that is printable ASCII and fits; a NUL or a control character inside a name is
// somebody trying to look like somebody else.
static bool copy_name(const ASN1_IA5STRING *from, char *name) {
  int length = ASN1_STRING_length(from);
  if (length <= 0 || length > SBX_NAME_LENGTH) return false;
  const unsigned char *bytes = ASN1_STRING_get0_data(from);
  for (int index = 0; index < length; index++) {
    if (bytes[index] <= 0x20 || bytes[index] >= 0x7f) return false;
  }
  memcpy(name, bytes, (size_t)length);
  name[length] = 0;
  return true;
}

static bool first_name(const GENERAL_NAMES *names, int type, char *name) {
  for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
    int found = 0;
    const ASN1_IA5STRING *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &found);
    if (found == type) return copy_name(value, name);
  }
  return false;
}

sbx_peer sbx_peer_name(const sbx_connection *connection, char *name) {
  ERR_clear_error();
  const X509 *certificate = SSL_get0_peer_certificate(connection);
  if (certificate == NULL || SSL_get_verify_result(connection) != X509_V_OK) return SBX_PEER_ANONYMOUS;
  sbx_peer kind = SBX_PEER_NAMELESS;
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  if (names != NULL) {
    if (first_name(names, GEN_URI, name)) {
      kind = SBX_PEER_URI;
    } else if (first_name(names, GEN_DNS, name)) {
      kind = SBX_PEER_DNS;
    } else if (first_name(names, GEN_EMAIL, name)) {
      kind = SBX_PEER_EMAIL;
    }
    GENERAL_NAMES_free(names);
  }
  ERR_clear_error();
  return kind;
}

bool sbx_peer_trusted(const sbx_connection *connection, const sbx_context *context, char *error) {
  ERR_clear_error();
  X509 *certificate = SSL_get0_peer_certificate(connection);
  if (certificate == NULL) return true;
  X509_STORE_CTX *check = X509_STORE_CTX_new();
  bool trusted = false;
  if (check == NULL
      || X509_STORE_CTX_init(check, SSL_CTX_get_cert_store(context->ssl), certificate,
                             SSL_get_peer_cert_chain(connection)) != 1) {
    sbx_take_error(error);
  } else {
    // The context's depth and purpose.
    X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(check), SSL_CTX_get0_param(context->ssl));
    trusted = X509_verify_cert(check) == 1;
    if (!trusted) {
      BIO_snprintf(error, SBX_ERROR_TEXT, "%s",
                   X509_verify_cert_error_string(X509_STORE_CTX_get_error(check)));
    }
  }
  X509_STORE_CTX_free(check);
  ERR_clear_error();
  return trusted;
}
