// Connections that greet and are greeted, and do nothing more.
#ifndef CLOAD_GREETING_H
#define CLOAD_GREETING_H

#include "connection.h"

// Goes on with handshake and greeting. SB_DONE: the server has greeted (or echoed).
enum sb_progress sb_greet(struct sb_connection *connection, const struct sb_options *options, int epoll,
                          struct sb_result *result);

#endif
