#include "internal.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <pthread.h>

// Looking an algorithm up by name costs more than hashing a short text, so both are fetched once,
// and each thread keeps one context.
static EVP_MD *sha256;
static EVP_MAC *hmac;
static pthread_key_t digest_key, mac_key;
static bool ready;
static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;

// A thread keeps its contexts: making one costs more than what is computed in it.
static void free_digest(void *context) { EVP_MD_CTX_free(context); }
static void free_mac(void *context) { EVP_MAC_CTX_free(context); }

static void fetch(void) {
  sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
  hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  ready = sha256 != NULL && hmac != NULL && pthread_key_create(&digest_key, free_digest) == 0
          && pthread_key_create(&mac_key, free_mac) == 0;
}

static bool prepare(void) { return CRYPTO_THREAD_run_once(&once, fetch) && ready; }

static EVP_MD_CTX *digest_context(void) {
  EVP_MD_CTX *context = pthread_getspecific(digest_key);
  if (context != NULL) return context;
  context = EVP_MD_CTX_new();
  if (context != NULL && pthread_setspecific(digest_key, context) == 0) return context;
  EVP_MD_CTX_free(context);
  return NULL;
}

static EVP_MAC_CTX *mac_context(void) {
  EVP_MAC_CTX *context = pthread_getspecific(mac_key);
  if (context != NULL) return context;
  context = EVP_MAC_CTX_new(hmac);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string("digest", "SHA256", 0),
      OSSL_PARAM_construct_end(),
  };
  if (context != NULL && EVP_MAC_CTX_set_params(context, parameters) == 1
      && pthread_setspecific(mac_key, context) == 0) {
    return context;
  }
  EVP_MAC_CTX_free(context);
  return NULL;
}

bool sbx_sha256(const void *data, size_t length, uint8_t *digest) {
  ERR_clear_error();
  EVP_MD_CTX *context = prepare() ? digest_context() : NULL;
  bool done = context != NULL && EVP_DigestInit_ex2(context, sha256, NULL) == 1
              && EVP_DigestUpdate(context, data, length) == 1 && EVP_DigestFinal_ex(context, digest, NULL) == 1;
  ERR_clear_error();
  return done;
}

bool sbx_hmac_sha256(const void *key, size_t key_length, const void *data, size_t length, uint8_t *code) {
  ERR_clear_error();
  EVP_MAC_CTX *context = prepare() ? mac_context() : NULL;
  // A NULL key means "the key of before" to EVP_MAC_init; an empty key is a key.
  const void *start = key_length == 0 ? "" : key;
  size_t written = 0;
  bool done = context != NULL && EVP_MAC_init(context, start, key_length, NULL) == 1
              && EVP_MAC_update(context, data, length) == 1
              && EVP_MAC_final(context, code, &written, 32) == 1 && written == 32;
  ERR_clear_error();
  return done;
}

bool sbx_random(void *into, size_t length) {
  ERR_clear_error();
  bool done = length <= INT_MAX && (length == 0 || RAND_bytes(into, (int)length) == 1);
  ERR_clear_error();
  return done;
}

bool sbx_equal(const void *left, const void *right, size_t length) {
  return CRYPTO_memcmp(left, right, length) == 0;
}
