#include "internal.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

struct sbx_draft {
  sbx_draft_kind kind;
  X509 *certificate;
  EVP_PKEY *key;
  GENERAL_NAMES *names;
  BIO *certificate_text;
  BIO *key_text;
};

static bool random_serial(ASN1_INTEGER *serial) {
  // 63 bits: positive, and not zero in any world worth planning for.
  unsigned char bytes[8];
  if (RAND_bytes(bytes, sizeof(bytes)) != 1) return false;
  uint64_t number = 0;
  for (size_t index = 0; index < sizeof(bytes); index++) number = number << 8 | bytes[index];
  return ASN1_INTEGER_set_uint64(serial, (number >> 1) | 1) == 1;
}

sbx_draft *sbx_draft_new(sbx_draft_kind kind, const char *common_name, int64_t not_before,
                         int64_t not_after, char *error) {
  ERR_clear_error();
  sbx_draft *draft = calloc(1, sizeof(*draft));
  if (draft == NULL) return NULL;
  draft->kind = kind;
  draft->key = EVP_EC_gen("P-256");
  draft->certificate = X509_new();
  draft->names = GENERAL_NAMES_new();
  X509 *certificate = draft->certificate;
  X509_NAME *subject = certificate == NULL ? NULL : X509_get_subject_name(certificate);
  if (draft->key == NULL || draft->names == NULL || subject == NULL
      || X509_set_version(certificate, X509_VERSION_3) != 1
      || !random_serial(X509_get_serialNumber(certificate))
      || ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)not_before) == NULL
      || ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)not_after) == NULL
      || X509_set_pubkey(certificate, draft->key) != 1
      || X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1,
                                    -1, 0) != 1) {
    sbx_take_error(error);
    sbx_draft_free(draft);
    return NULL;
  }
  return draft;
}

void sbx_draft_free(sbx_draft *draft) {
  if (draft == NULL) return;
  X509_free(draft->certificate);
  EVP_PKEY_free(draft->key);
  GENERAL_NAMES_free(draft->names);
  BIO_free(draft->certificate_text);
  BIO_free(draft->key_text);
  free(draft);
}

bool sbx_draft_add_name(sbx_draft *draft, sbx_name_kind kind, const char *name, char *error) {
  ERR_clear_error();
  GENERAL_NAME *entry = GENERAL_NAME_new();
  ASN1_STRING *value = NULL;
  int type = kind == SBX_NAME_ADDRESS ? GEN_IPADD
             : kind == SBX_NAME_URI   ? GEN_URI
             : kind == SBX_NAME_EMAIL ? GEN_EMAIL
                                      : GEN_DNS;
  if (type == GEN_IPADD) {
    value = a2i_IPADDRESS(name);
  } else {
    value = ASN1_IA5STRING_new();
    if (value != NULL && ASN1_STRING_set(value, name, -1) != 1) {
      ASN1_STRING_free(value);
      value = NULL;
    }
  }
  if (entry == NULL || value == NULL) {
    sbx_take_error(error);
    ASN1_STRING_free(value);
    GENERAL_NAME_free(entry);
    return false;
  }
  GENERAL_NAME_set0_value(entry, type, value);
  if (sk_GENERAL_NAME_push(draft->names, entry) > 0) return true;
  sbx_take_error(error);
  GENERAL_NAME_free(entry);
  return false;
}

static X509 *read_certificate(const char *path) {
  BIO *file = BIO_new_file(path, "r");
  X509 *certificate = file == NULL ? NULL : PEM_read_bio_X509(file, NULL, NULL, NULL);
  BIO_free(file);
  return certificate;
}

static EVP_PKEY *read_key(const char *path) {
  BIO *file = BIO_new_file(path, "r");
  // An encrypted key is refused rather than asked about on the terminal.
  EVP_PKEY *key = file == NULL ? NULL : PEM_read_bio_PrivateKey(file, NULL, NULL, "");
  BIO_free(file);
  return key;
}

static bool add_extension(X509 *certificate, X509V3_CTX *context, int nid, const char *value) {
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, context, nid, value);
  bool added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

bool sbx_draft_sign(sbx_draft *draft, const char *authority_path, const char *authority_key_path,
                    char *error) {
  ERR_clear_error();
  bool own = authority_path == NULL;
  X509 *authority = own ? draft->certificate : read_certificate(authority_path);
  EVP_PKEY *key = own ? draft->key : read_key(authority_key_path);
  bool signing = false;
  if (authority != NULL && key != NULL) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, authority, draft->certificate, NULL, NULL, 0);
    bool is_authority = draft->kind == SBX_DRAFT_AUTHORITY;
    const char *use = draft->kind == SBX_DRAFT_SERVER ? "serverAuth" : "clientAuth";
    X509 *certificate = draft->certificate;
    signing = X509_set_issuer_name(certificate, X509_get_subject_name(authority)) == 1
              && add_extension(certificate, &context, NID_basic_constraints,
                               is_authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE")
              && add_extension(certificate, &context, NID_key_usage,
                               is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature")
              && add_extension(certificate, &context, NID_subject_key_identifier, "hash")
              && add_extension(certificate, &context, NID_authority_key_identifier, "keyid:always")
              && (is_authority || add_extension(certificate, &context, NID_ext_key_usage, use))
              && (sk_GENERAL_NAME_num(draft->names) == 0
                  || X509_add1_ext_i2d(certificate, NID_subject_alt_name, draft->names, 0, X509V3_ADD_APPEND) == 1)
              && X509_sign(certificate, key, EVP_sha256()) > 0;
  }
  if (!signing) sbx_take_error(error);
  if (!own) {
    X509_free(authority);
    EVP_PKEY_free(key);
  }
  ERR_clear_error();
  return signing;
}

static size_t text(BIO *memory, const char **pem) {
  char *start = NULL;
  long length = memory == NULL ? 0 : BIO_get_mem_data(memory, &start);
  *pem = start;
  return length > 0 ? (size_t)length : 0;
}

size_t sbx_draft_certificate(sbx_draft *draft, const char **pem) {
  ERR_clear_error();
  if (draft->certificate_text == NULL) {
    BIO *memory = BIO_new(BIO_s_mem());
    if (memory == NULL || PEM_write_bio_X509(memory, draft->certificate) != 1) {
      BIO_free(memory);
      memory = NULL;
    }
    draft->certificate_text = memory;
  }
  ERR_clear_error();
  return text(draft->certificate_text, pem);
}

size_t sbx_draft_key(sbx_draft *draft, const char **pem) {
  ERR_clear_error();
  if (draft->key_text == NULL) {
    BIO *memory = BIO_new(BIO_s_mem());
    if (memory == NULL || PEM_write_bio_PrivateKey(memory, draft->key, NULL, NULL, 0, NULL, NULL) != 1) {
      BIO_free(memory);
      memory = NULL;
    }
    draft->key_text = memory;
  }
  ERR_clear_error();
  return text(draft->key_text, pem);
}

static bool revoke(X509_CRL *list, const char *path, ASN1_TIME *when) {
  X509 *certificate = read_certificate(path);
  X509_REVOKED *entry = X509_REVOKED_new();
  bool added = certificate != NULL && entry != NULL
               && X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate)) == 1
               && X509_REVOKED_set_revocationDate(entry, when) == 1 && X509_CRL_add0_revoked(list, entry) == 1;
  if (!added) X509_REVOKED_free(entry);
  X509_free(certificate);
  return added;
}

size_t sbx_draft_revocations(const char *authority_path, const char *authority_key_path,
                             const char *const *paths, size_t count, int64_t this_update,
                             int64_t next_update, char **pem, char *error) {
  ERR_clear_error();
  X509 *authority = read_certificate(authority_path);
  EVP_PKEY *key = read_key(authority_key_path);
  X509_CRL *list = X509_CRL_new();
  ASN1_TIME *from = ASN1_TIME_set(NULL, (time_t)this_update);
  ASN1_TIME *until = ASN1_TIME_set(NULL, (time_t)next_update);
  BIO *memory = BIO_new(BIO_s_mem());
  bool made = authority != NULL && key != NULL && list != NULL && from != NULL && until != NULL && memory != NULL
              && X509_CRL_set_version(list, X509_CRL_VERSION_2) == 1
              && X509_CRL_set_issuer_name(list, X509_get_subject_name(authority)) == 1
              && X509_CRL_set1_lastUpdate(list, from) == 1 && X509_CRL_set1_nextUpdate(list, until) == 1;
  for (size_t index = 0; made && index < count; index++) made = revoke(list, paths[index], from);
  made = made && X509_CRL_sort(list) == 1 && X509_CRL_sign(list, key, EVP_sha256()) > 0
         && PEM_write_bio_X509_CRL(memory, list) == 1;
  size_t length = 0;
  *pem = NULL;
  if (made) {
    const char *start = NULL;
    length = text(memory, &start);
    *pem = malloc(length);
    if (*pem == NULL) length = 0;
    else memcpy(*pem, start, length);
  } else {
    sbx_take_error(error);
  }
  BIO_free(memory);
  ASN1_TIME_free(until);
  ASN1_TIME_free(from);
  X509_CRL_free(list);
  EVP_PKEY_free(key);
  X509_free(authority);
  ERR_clear_error();
  return length;
}

void sbx_text_free(char *text) { free(text); }
