// What one change writes, found by comparing three snapshots of a database: before it, after it, and after another like
// it. Nothing here knows a table by name.
#ifndef BAREWRITE_TEMPLATE_H
#define BAREWRITE_TEMPLATE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum { bw_columns_at_most = 64, bw_rows_at_most = 64 };

// How a value goes on from one change to the next.
enum bw_rise {
  BW_SAME,
  BW_STEP,    // an integer that rises by `step`
  BW_KEY,     // 16 bytes, a UUID version 7: keeps its time, its counter rises
  BW_RANDOM,  // other bytes that differed: as many random ones
  BW_SERIAL,  // text in a key that differed: ends in a rising number
};

struct bw_value {
  sqlite3_value *last;  // as the second change wrote it
  enum bw_rise rise;
  int64_t step;
};

// One row that a change inserts, or one that it updates; then only what differs, and the key, is in `values`.
struct bw_row {
  char *table, *sql;
  bool is_update;
  int count;
  struct bw_value values[bw_columns_at_most];
};

struct bw_template {
  struct bw_row rows[bw_rows_at_most];
  int count;
  char counted_table[256];  // a table that gets rows, to see how many changes a database holds
  int counted_rows;         // so many of them for one change
};

// Answers false after having said why on standard error.
bool bw_find(const char *before, const char *first, const char *second, const char *without,
             struct bw_template *template);

#endif
