#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct table {
  char *name;
  int count, keys;
  char *columns[bw_columns_at_most];
  bool is_key[bw_columns_at_most];
};

static bool complain(sqlite3 *database, const char *what) {
  fprintf(stderr, "barewrite: %s: %s\n", what, sqlite3_errmsg(database));
  return false;
}

static bool read_columns(sqlite3 *database, struct table *table) {
  sqlite3_stmt *query;
  if (sqlite3_prepare_v2(database, "SELECT name, pk FROM pragma_table_info(?1, 'second')", -1, &query, NULL) !=
      SQLITE_OK) {
    return complain(database, "cannot list columns");
  }
  sqlite3_bind_text(query, 1, table->name, -1, SQLITE_STATIC);
  while (sqlite3_step(query) == SQLITE_ROW && table->count < bw_columns_at_most) {
    table->columns[table->count] = sqlite3_mprintf("%s", sqlite3_column_text(query, 0));
    table->is_key[table->count] = sqlite3_column_int(query, 1) > 0;
    table->keys += table->is_key[table->count];
    table->count++;
  }
  sqlite3_finalize(query);
  if (table->keys > 0) return true;
  fprintf(stderr, "barewrite: table `%s` has no primary key, so its rows cannot be told apart\n", table->name);
  return false;
}

// "x.a IS y.a AND x.b IS y.b" over the key, or "x.a IS NOT y.a OR …" over the other columns.
static char *comparison(const struct table *table, bool of_key) {
  char *text = sqlite3_mprintf("");
  const char *joint = "";
  for (int i = 0; i < table->count; i++) {
    if (table->is_key[i] != of_key) continue;
    char *longer = sqlite3_mprintf(of_key ? "%s%sx.\"%w\" IS y.\"%w\"" : "%s%sx.\"%w\" IS NOT y.\"%w\"", text, joint,
                                   table->columns[i], table->columns[i]);
    sqlite3_free(text);
    text = longer;
    joint = of_key ? " AND " : " OR ";
  }
  return text;
}

// Rows that `newer` has and `older` has not, or has otherwise, in the order of their key.
static sqlite3_stmt *changed_rows(sqlite3 *database, const struct table *table, const char *older, const char *newer,
                                  bool updated) {
  char *same_key = comparison(table, true), *differs = comparison(table, false), *order = sqlite3_mprintf("");
  for (int i = 0; i < table->count; i++) {
    if (!table->is_key[i]) continue;
    char *longer = sqlite3_mprintf("%s%sx.\"%w\"", order, *order != 0 ? ", " : "", table->columns[i]);
    sqlite3_free(order);
    order = longer;
  }
  char *sql = updated ? sqlite3_mprintf("SELECT x.*, y.* FROM %s.\"%w\" x JOIN %s.\"%w\" y ON %s WHERE %s ORDER BY %s",
                                        newer, table->name, older, table->name, same_key,
                                        *differs != 0 ? differs : "0", order)
                      : sqlite3_mprintf("SELECT x.* FROM %s.\"%w\" x WHERE NOT EXISTS "
                                        "(SELECT 1 FROM %s.\"%w\" y WHERE %s) ORDER BY %s",
                                        newer, table->name, older, table->name, same_key, order);
  sqlite3_stmt *query = NULL;
  if (sqlite3_prepare_v2(database, sql, -1, &query, NULL) != SQLITE_OK) complain(database, sql);
  sqlite3_free(sql);
  sqlite3_free(order);
  sqlite3_free(differs);
  sqlite3_free(same_key);
  return query;
}

static bool is_same(sqlite3_value *a, sqlite3_value *b) {
  int type = sqlite3_value_type(a);
  if (type != sqlite3_value_type(b)) return false;
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) return sqlite3_value_int64(a) == sqlite3_value_int64(b);
  int count = sqlite3_value_bytes(a);
  return count == sqlite3_value_bytes(b) && memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)count) == 0;
}

static struct bw_value compare(sqlite3_value *first, sqlite3_value *second, bool is_key) {
  struct bw_value value = {.last = sqlite3_value_dup(second)};
  if (is_same(first, second)) return value;
  switch (sqlite3_value_type(second)) {
    case SQLITE_INTEGER: {
      int64_t step = sqlite3_value_int64(second) - sqlite3_value_int64(first);
      value.rise = BW_STEP;
      // What moved further is a clock, and its own speed does not matter.
      value.step = step > 0 && step <= 16 ? step : 1;
      break;
    }
    case SQLITE_BLOB: {
      const uint8_t *bytes = sqlite3_value_blob(second);
      bool is_uuid = sqlite3_value_bytes(second) == 16 && bytes[6] >> 4 == 7 && bytes[8] >> 6 == 2;
      value.rise = is_uuid ? BW_KEY : BW_RANDOM;
      break;
    }
    case SQLITE_TEXT:
      if (is_key) value.rise = BW_SERIAL;
      break;
    default:
      break;
  }
  return value;
}

static void write_insert(const struct table *table, struct bw_row *row) {
  char *marks = sqlite3_mprintf("");
  for (int i = 0; i < table->count; i++) {
    char *longer = sqlite3_mprintf("%s%s?%d", marks, i > 0 ? ", " : "", i + 1);
    sqlite3_free(marks);
    marks = longer;
  }
  row->sql = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (%s)", table->name, marks);
  sqlite3_free(marks);
}

static void write_update(const struct table *table, const bool *differs, struct bw_row *row) {
  char *sets = sqlite3_mprintf(""), *where = sqlite3_mprintf("");
  for (int i = 0, at = 0; i < table->count; i++) {
    if (!differs[i] && !table->is_key[i]) continue;
    char **part = table->is_key[i] ? &where : &sets;
    char *longer = sqlite3_mprintf("%s%s\"%w\" = ?%d", *part, **part == 0 ? "" : table->is_key[i] ? " AND " : ", ",
                                   table->columns[i], ++at);
    sqlite3_free(*part);
    *part = longer;
  }
  row->sql = sqlite3_mprintf("UPDATE \"%w\" SET %s WHERE %s", table->name, sets, where);
  sqlite3_free(sets);
  sqlite3_free(where);
}

// Pairs the rows of the two changes, nth with nth.
static bool add_rows(sqlite3 *database, const struct table *table, bool updated, struct bw_template *template) {
  sqlite3_stmt *first = changed_rows(database, table, "before", "first", updated);
  sqlite3_stmt *second = changed_rows(database, table, "first", "second", updated);
  bool good = first != NULL && second != NULL;
  int rows = 0;
  while (good) {
    bool has_first = sqlite3_step(first) == SQLITE_ROW, has_second = sqlite3_step(second) == SQLITE_ROW;
    if (!has_first && !has_second) break;
    if (has_first != has_second || template->count == bw_rows_at_most) {
      fprintf(stderr, "barewrite: the two changes differ in how many rows of `%s` they %s\n", table->name,
              updated ? "update" : "insert");
      good = false;
      break;
    }
    struct bw_row *row = &template->rows[template->count++];
    *row = (struct bw_row){.table = sqlite3_mprintf("%s", table->name), .is_update = updated};
    bool differs[bw_columns_at_most] = {false};
    for (int i = 0; i < table->count; i++) {
      sqlite3_value *now = sqlite3_column_value(second, i);
      differs[i] = updated && !is_same(now, sqlite3_column_value(second, i + table->count));
      if (updated && !differs[i] && !table->is_key[i]) continue;
      row->values[row->count++] = compare(sqlite3_column_value(first, i), now, table->is_key[i]);
    }
    if (updated) write_update(table, differs, row);
    else write_insert(table, row);
    rows++;
  }
  sqlite3_finalize(first);
  sqlite3_finalize(second);
  if (good && !updated && rows > 0 && template->counted_rows == 0) {
    snprintf(template->counted_table, sizeof template->counted_table, "%s", table->name);
    template->counted_rows = rows;
  }
  return good;
}

static bool attach(sqlite3 *database, const char *path, const char *name) {
  char *sql = sqlite3_mprintf("ATTACH %Q AS %s", path, name);
  int result = sqlite3_exec(database, sql, NULL, NULL, NULL);
  sqlite3_free(sql);
  return result == SQLITE_OK || complain(database, path);
}

bool bw_find(const char *before, const char *first, const char *second, const char *without,
             struct bw_template *template) {
  sqlite3 *database;
  *template = (struct bw_template){0};
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) return complain(database, "cannot begin");
  bool good = attach(database, before, "before") && attach(database, first, "first") &&
              attach(database, second, "second");
  sqlite3_stmt *tables = NULL;
  // In the order of their making, so that what is referred to comes first.
  const char *sql = "SELECT m.name FROM second.sqlite_schema m JOIN pragma_table_list l ON l.name = m.name "
                    "WHERE l.schema = 'second' AND l.type = 'table' AND m.type = 'table' "
                    "AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> ?1 ORDER BY m.rowid";
  if (good && sqlite3_prepare_v2(database, sql, -1, &tables, NULL) != SQLITE_OK) good = complain(database, sql);
  if (good) sqlite3_bind_text(tables, 1, without, -1, SQLITE_STATIC);
  while (good && sqlite3_step(tables) == SQLITE_ROW) {
    struct table table = {.name = sqlite3_mprintf("%s", sqlite3_column_text(tables, 0))};
    good = read_columns(database, &table) && add_rows(database, &table, false, template) &&
           add_rows(database, &table, true, template);
    for (int i = 0; i < table.count; i++) sqlite3_free(table.columns[i]);
    sqlite3_free(table.name);
  }
  sqlite3_finalize(tables);
  sqlite3_close(database);
  if (good && template->counted_rows == 0) {
    fprintf(stderr, "barewrite: the snapshots differ in no row\n");
    good = false;
  }
  return good;
}
