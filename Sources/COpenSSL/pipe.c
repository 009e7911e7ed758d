#include "internal.h"

#include <stdlib.h>
#include <string.h>

unsigned long sbx_take_error(char *text) {
  const char *data = NULL;
  int flags = 0;
  unsigned long code = ERR_get_error_all(NULL, NULL, NULL, &data, &flags);
  if (code == 0) {
    BIO_snprintf(text, SBX_ERROR_TEXT, "%s", "no reason given");
    return 0;
  }
  const char *reason = ERR_reason_error_string(code);
  if (reason == NULL && ERR_SYSTEM_ERROR(code)) reason = strerror(ERR_GET_REASON(code));
  if (reason == NULL) reason = "unknown error";
  if ((flags & ERR_TXT_STRING) != 0 && data != NULL && data[0] != 0) {
    BIO_snprintf(text, SBX_ERROR_TEXT, "%s (%s)", reason, data);
  } else {
    BIO_snprintf(text, SBX_ERROR_TEXT, "%s", reason);
  }
  ERR_clear_error();
  return code;
}

sbx_pipe *sbx_pipe_new(size_t output_capacity, size_t output_limit) {
  sbx_pipe *pipe = calloc(1, sizeof(*pipe));
  if (pipe == NULL) return NULL;
  pipe->output = malloc(output_capacity);
  if (pipe->output == NULL) {
    free(pipe);
    return NULL;
  }
  pipe->output_capacity = output_capacity;
  pipe->output_limit = output_limit;
  return pipe;
}

void sbx_pipe_free(sbx_pipe *pipe) {
  if (pipe == NULL) return;
  free(pipe->output);
  free(pipe);
}

static int pipe_read(BIO *bio, char *into, int length) {
  sbx_pipe *pipe = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (length <= 0) return 0;
  if (pipe->input_length == 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  size_t count = (size_t)length < pipe->input_length ? (size_t)length : pipe->input_length;
  memcpy(into, pipe->input, count);
  pipe->input += count;
  pipe->input_length -= count;
  return (int)count;
}

static int pipe_write(BIO *bio, const char *from, int length) {
  sbx_pipe *pipe = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (length <= 0) return 0;
  size_t count = (size_t)length;
  if (count > pipe->output_limit - pipe->output_length) return -1;
  if (count > pipe->output_capacity - pipe->output_length) {
    size_t capacity = pipe->output_capacity;
    while (capacity - pipe->output_length < count) capacity *= 2;
    if (capacity > pipe->output_limit) capacity = pipe->output_limit;
    uint8_t *grown = realloc(pipe->output, capacity);
    if (grown == NULL) return -1;
    pipe->output = grown;
    pipe->output_capacity = capacity;
  }
  memcpy(pipe->output + pipe->output_length, from, count);
  pipe->output_length += count;
  return length;
}

static long pipe_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  // Nothing is held back, so a flush has always happened already.
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

static int pipe_create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

static BIO_METHOD *method;
static CRYPTO_ONCE method_once = CRYPTO_ONCE_STATIC_INIT;

static void make_method(void) {
  BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "signalbox pipe");
  if (made == NULL) return;
  if (!BIO_meth_set_read(made, pipe_read) || !BIO_meth_set_write(made, pipe_write)
      || !BIO_meth_set_ctrl(made, pipe_control) || !BIO_meth_set_create(made, pipe_create)) {
    BIO_meth_free(made);
    return;
  }
  method = made;
}

BIO *sbx_pipe_bio(sbx_pipe *pipe) {
  if (!CRYPTO_THREAD_run_once(&method_once, make_method) || method == NULL) return NULL;
  BIO *bio = BIO_new(method);
  if (bio != NULL) BIO_set_data(bio, pipe);
  return bio;
}
