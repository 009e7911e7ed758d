// barewrite: writes the rows of one change again and again, with prepared statements and nothing else: the floor under
// what a server can do that writes the same rows. Prints one JSON line.
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "template.h"

enum { commits_at_most = 4 * 1024 * 1024, pragmas_at_most = 16, serial_digits = 8 };

static const char help[] =
    "usage: barewrite --before DB --first DB --second DB --database DB [options]\n"
    "  --before, --first, --second  snapshots: before a change, after it, after another like it\n"
    "  --database DB     a copy of the third, which is written to; it may be one that was written to before\n"
    "  --without TABLE   changes of this table are not of the change; for what a server notes of itself at times\n"
    "  --batch N         changes to a commit, default 1\n"
    "  --warmup S        seconds before the measured ones, default 0.5\n"
    "  --seconds S       measured seconds, default 3\n"
    "  --pragma 'K = V'  run at the start; may be repeated\n"
    "  --latencies FILE  nanoseconds of each measured commit, 32-bit integers in the machine's byte order\n"
    "or: barewrite version                prints the version of SQLite\n";

struct replay {
  sqlite3 *database;
  struct bw_template template;
  sqlite3_stmt *statements[bw_rows_at_most], *begin, *commit;
  int64_t change;  // so many have been written since the snapshot
  uint64_t random;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool complain(sqlite3 *database, const char *what) {
  fprintf(stderr, "barewrite: %s: %s\n", what, sqlite3_errmsg(database));
  return false;
}

static void fill_random(struct replay *replay, uint8_t *bytes, int count) {
  for (int i = 0; i < count; i++) {
    replay->random = replay->random * 6364136223846793005u + 1442695040888963407u;
    bytes[i] = (uint8_t)(replay->random >> 56);
  }
}

static int bind(struct replay *replay, sqlite3_stmt *statement, int at, const struct bw_value *value) {
  int count = value->rise > BW_STEP ? sqlite3_value_bytes(value->last) : 0;
  uint8_t bytes[1024];
  switch (value->rise) {
    case BW_SAME:
      break;
    case BW_STEP:
      return sqlite3_bind_int64(statement, at, sqlite3_value_int64(value->last) + value->step * replay->change);
    case BW_KEY:
      memcpy(bytes, sqlite3_value_blob(value->last), 16);
      for (int i = 0; i < 6; i++) bytes[i] = (uint8_t)(replay->change >> (40 - 8 * i));
      fill_random(replay, bytes + 9, 7);
      return sqlite3_bind_blob(statement, at, bytes, 16, SQLITE_TRANSIENT);
    case BW_RANDOM:
      if (count > (int)sizeof bytes) break;
      fill_random(replay, bytes, count);
      return sqlite3_bind_blob(statement, at, bytes, count, SQLITE_TRANSIENT);
    case BW_SERIAL: {
      char digits[32];
      if (count < serial_digits || count > (int)sizeof bytes) break;
      memcpy(bytes, sqlite3_value_text(value->last), (size_t)count);
      snprintf(digits, sizeof digits, "%0*lld", serial_digits, (long long)(replay->change % 100000000));
      memcpy(bytes + count - serial_digits, digits, serial_digits);
      return sqlite3_bind_text(statement, at, (const char *)bytes, count, SQLITE_TRANSIENT);
    }
  }
  return sqlite3_bind_value(statement, at, value->last);
}

static bool step(struct replay *replay, sqlite3_stmt *statement) {
  bool good = sqlite3_step(statement) == SQLITE_DONE;
  if (!good) complain(replay->database, sqlite3_sql(statement));
  sqlite3_reset(statement);
  return good;
}

static bool write_change(struct replay *replay) {
  replay->change++;
  for (int r = 0; r < replay->template.count; r++) {
    const struct bw_row *row = &replay->template.rows[r];
    for (int i = 0; i < row->count; i++) {
      if (bind(replay, replay->statements[r], i + 1, &row->values[i]) != SQLITE_OK) {
        return complain(replay->database, row->sql);
      }
    }
    if (!step(replay, replay->statements[r])) return false;
  }
  return true;
}

static bool prepare(struct replay *replay, const char *sql, sqlite3_stmt **statement) {
  return sqlite3_prepare_v3(replay->database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) == SQLITE_OK ||
         complain(replay->database, sql);
}

static int64_t count_rows(sqlite3 *database, const char *table) {
  char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
  sqlite3_stmt *query = NULL;
  int64_t count = -1;
  if (sqlite3_prepare_v2(database, sql, -1, &query, NULL) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW) {
    count = sqlite3_column_int64(query, 0);
  }
  sqlite3_finalize(query);
  sqlite3_free(sql);
  return count;
}

static bool open_database(struct replay *replay, const char *path, const char *snapshot, char **pragmas, int count) {
  sqlite3 *original;
  const struct bw_template *template = &replay->template;
  if (sqlite3_open(path, &replay->database) != SQLITE_OK) return complain(replay->database, path);
  if (sqlite3_open(snapshot, &original) != SQLITE_OK) return complain(original, snapshot);
  for (int i = 0; i < count; i++) {
    char *sql = sqlite3_mprintf("PRAGMA %s", pragmas[i]);
    if (sqlite3_exec(replay->database, sql, NULL, NULL, NULL) != SQLITE_OK) return complain(replay->database, sql);
    sqlite3_free(sql);
  }
  int64_t more = count_rows(replay->database, template->counted_table) - count_rows(original, template->counted_table);
  sqlite3_close(original);
  replay->change = more / template->counted_rows;
  for (int r = 0; r < template->count; r++) {
    if (!prepare(replay, template->rows[r].sql, &replay->statements[r])) return false;
  }
  return prepare(replay, "BEGIN IMMEDIATE", &replay->begin) && prepare(replay, "COMMIT", &replay->commit);
}

static void describe(const struct bw_template *template) {
  printf("\"sqlite\":\"%s\",\"rows\":\"", sqlite3_libversion());
  for (int r = 0; r < template->count; r++) {
    printf("%s%s %s", r > 0 ? ", " : "", template->rows[r].is_update ? "update" : "insert", template->rows[r].table);
  }
  printf("\"");
}

int main(int count, char **words) {
  static const struct option known[] = {{"before", 1, 0, 'a'},  {"first", 1, 0, 'f'},   {"second", 1, 0, 'z'},
                                        {"without", 1, 0, 'x'},
                                        {"database", 1, 0, 'd'}, {"batch", 1, 0, 'b'},   {"warmup", 1, 0, 'w'},
                                        {"seconds", 1, 0, 's'},  {"pragma", 1, 0, 'p'},  {"latencies", 1, 0, 'l'},
                                        {0}};
  if (count == 2 && strcmp(words[1], "version") == 0) return puts(sqlite3_libversion()) < 0;
  const char *before = NULL, *first = NULL, *second = NULL, *path = NULL, *latencies_path = NULL, *without = "";
  char *pragmas[pragmas_at_most];
  int pragma_count = 0, batch = 1;
  double warmup = 0.5, seconds = 3;
  for (int letter; (letter = getopt_long(count, words, "", known, NULL)) != -1;) {
    switch (letter) {
      case 'a': before = optarg; break;
      case 'f': first = optarg; break;
      case 'z': second = optarg; break;
      case 'd': path = optarg; break;
      case 'x': without = optarg; break;
      case 'l': latencies_path = optarg; break;
      case 'b': batch = atoi(optarg); break;
      case 'w': warmup = atof(optarg); break;
      case 's': seconds = atof(optarg); break;
      case 'p':
        if (pragma_count < pragmas_at_most) pragmas[pragma_count++] = optarg;
        break;
      default: return fputs(help, stderr), 64;
    }
  }
  if (before == NULL || first == NULL || second == NULL || path == NULL || batch < 1) return fputs(help, stderr), 64;
  static struct replay replay = {.random = 42};
  if (!bw_find(before, first, second, without, &replay.template)) return 1;
  if (!open_database(&replay, path, second, pragmas, pragma_count)) return 1;
  uint32_t *latencies = malloc(commits_at_most * sizeof *latencies);
  if (latencies == NULL) return 1;
  size_t commits = 0;
  double begin = now() + warmup, end = begin + seconds;
  for (double started = now(); started < end;) {
    if (!step(&replay, replay.begin)) return 1;
    for (int i = 0; i < batch; i++) {
      if (!write_change(&replay)) return 1;
    }
    if (!step(&replay, replay.commit)) return 1;
    double finished = now();
    if (finished >= begin && finished < end && commits < commits_at_most) {
      latencies[commits++] = (uint32_t)((finished - started) * 1e9);
    }
    started = finished;
  }
  if (latencies_path != NULL) {
    FILE *file = fopen(latencies_path, "wb");
    if (file == NULL || fwrite(latencies, sizeof *latencies, commits, file) != commits || fclose(file) != 0) {
      perror(latencies_path);
      return 1;
    }
  }
  printf("{\"completed\":%zu,\"seconds\":%.6f,\"errors\":0,\"first_error\":\"\",", commits * (size_t)batch, seconds);
  describe(&replay.template);
  puts("}");
  for (int r = 0; r < replay.template.count; r++) sqlite3_finalize(replay.statements[r]);
  sqlite3_finalize(replay.begin);
  sqlite3_finalize(replay.commit);
  return sqlite3_close(replay.database) == SQLITE_OK ? 0 : 1;
}
