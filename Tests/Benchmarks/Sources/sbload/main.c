// sbload: load for a Signalbox server or a plain echo, from the command line. Prints one JSON line with the counters.
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cload.h"

// Latencies kept of one run; their pages are only used when they are filled.
enum { latencies_at_most = 32 * 1024 * 1024, idle_at_most = 60000, ports_at_most = 64 };

static const char help[] =
    "usage: sbload echo|ping|create|get|list|reassign --port N [options]   a closed loop of calls\n"
    "       sbload people|groups|register|approve|grants --count N ...     fills a tenant\n"
    "       sbload handshakes|idle [--plain] --port N [options]            connections only\n"
    "       sbload ports N                                                 prints N free ports of 127.0.0.1\n"
    "       sbload version                                                 prints the version of OpenSSL\n"
    "\n"
    "  --connections N     connections, default 4; for handshakes: in parallel\n"
    "  --in-flight N       calls at the same time on each connection, default 32\n"
    "  --bytes N           bytes of a ping's payload or a ticket's body, default 256\n"
    "  --warmup S          seconds before the measured ones, default 0.5\n"
    "  --seconds S         measured seconds, default 3\n"
    "  --count N           exactly N calls instead\n"
    "  --token-file FILE   token, as the server gave it\n"
    "  --tenant NAME       tenant, where the token is a system admin's\n"
    "  --tickets FILE      numbers of tickets, one per line: written by create --count, read by get and reassign\n"
    "                      (also numbers of registrations: written by register, read by approve)\n"
    "  --rate N            N calls a second, on all connections together, instead of a closed loop\n"
    "  --rude              refusals are counted and do not matter\n"
    "  --furniture P,G,Q   people, groups and queues of the tenant that is filled\n"
    "  --queues A,B        the queues between which reassign moves tickets\n"
    "  --latencies FILE    nanoseconds of each measured call, 32-bit integers in the machine's byte order\n"
    "  --plain             the peer is a plain echo, not Signalbox\n";

struct arguments {
  struct sb_options options;
  const char *latencies, *tickets;
  char token[4096], queues[512];
};

static int usage(const char *problem) {
  fprintf(stderr, "sbload: %s\n%s", problem, help);
  return 64;
}

static int die(const char *what) {
  fprintf(stderr, "sbload: %s: %s\n", what, strerror(errno));
  return 1;
}

// Answers NULL when all is well.
static const char *parse(int count, char **words, struct arguments *arguments) {
  static const struct option known[] = {
      {"port", 1, 0, 'p'},       {"connections", 1, 0, 'c'}, {"in-flight", 1, 0, 'i'}, {"bytes", 1, 0, 'b'},
      {"warmup", 1, 0, 'w'},     {"seconds", 1, 0, 's'},     {"count", 1, 0, 'n'},     {"token-file", 1, 0, 't'},
      {"tenant", 1, 0, 'T'},     {"tickets", 1, 0, 'k'},     {"queues", 1, 0, 'q'},    {"latencies", 1, 0, 'l'},
      {"plain", 0, 0, 'P'},      {"rate", 1, 0, 'r'},        {"rude", 0, 0, 'R'},      {"furniture", 1, 0, 'f'},
      {0}};
  struct sb_options *options = &arguments->options;
  *options = (struct sb_options){
      .kind = SB_PING, .connections = 4, .in_flight = 32, .bytes = 256, .warmup = 0.5, .seconds = 3};
  for (int letter; (letter = getopt_long(count, words, "", known, NULL)) != -1;) {
    switch (letter) {
      case 'p': options->port = (uint16_t)atoi(optarg); break;
      case 'c': options->connections = atoi(optarg); break;
      case 'i': options->in_flight = atoi(optarg); break;
      case 'b': options->bytes = atoi(optarg); break;
      case 'w': options->warmup = atof(optarg); break;
      case 's': options->seconds = atof(optarg); break;
      case 'n': options->count = strtoull(optarg, NULL, 10); break;
      case 'T': options->tenant = optarg; break;
      case 'k': arguments->tickets = optarg; break;
      case 'l': arguments->latencies = optarg; break;
      case 'r': options->rate = atof(optarg); break;
      case 'R': options->rude = true; break;
      case 'f': {
        unsigned long long people, groups, queues;
        if (sscanf(optarg, "%llu,%llu,%llu", &people, &groups, &queues) != 3 || people * groups * queues == 0) {
          return "--furniture needs three numbers with commas between them";
        }
        options->furniture = (struct sb_furniture){.people = people, .groups = groups, .queues = queues};
        break;
      }
      case 'P': options->kind = SB_ECHO; break;
      case 'q': {
        snprintf(arguments->queues, sizeof arguments->queues, "%s", optarg);
        char *comma = strchr(arguments->queues, ',');
        if (comma == NULL) return "--queues needs two names with a comma between them";
        *comma = 0;
        options->queues[0] = arguments->queues;
        options->queues[1] = comma + 1;
        break;
      }
      case 't': {
        FILE *file = fopen(optarg, "r");
        if (file == NULL || fgets(arguments->token, sizeof arguments->token, file) == NULL) {
          return "the token file cannot be read";
        }
        fclose(file);
        arguments->token[strcspn(arguments->token, "\r\n")] = 0;
        options->token = arguments->token;
        break;
      }
      default: return "see the options below";
    }
  }
  if (options->port == 0) return "--port is missing";
  if (options->connections < 1 || options->connections > idle_at_most) return "--connections: 1 to 60000";
  if (options->in_flight < 1 || options->in_flight > SB_MAX_IN_FLIGHT) return "--in-flight: 1 to 1024";
  if (options->bytes < 0 || options->bytes > 12000) return "--bytes: 0 to 12000, so that a request fits a frame";
  return NULL;
}

static bool read_tickets(struct arguments *arguments) {
  FILE *file = fopen(arguments->tickets, "r");
  if (file == NULL) return false;
  size_t count = 0, capacity = 0;
  uint64_t *numbers = NULL;
  for (unsigned long long number; fscanf(file, "%llu", &number) == 1;) {
    if (count == capacity) {
      capacity = capacity > 0 ? capacity * 2 : 1024;
      uint64_t *more = realloc(numbers, capacity * sizeof *numbers);
      if (more == NULL) break;
      numbers = more;
    }
    numbers[count++] = number;
  }
  fclose(file);
  arguments->options.tickets = numbers;
  arguments->options.ticket_count = count;
  return count > 0;
}

static bool write_tickets(const char *path, const uint64_t *numbers, uint64_t count) {
  FILE *file = fopen(path, "w");
  if (file == NULL) return false;
  for (uint64_t i = 0; i < count; i++) fprintf(file, "%llu\n", (unsigned long long)numbers[i]);
  return fclose(file) == 0;
}

static bool write_latencies(const char *path, const uint32_t *values, uint64_t count) {
  FILE *file = fopen(path, "wb");
  if (file == NULL) return false;
  uint64_t kept = count < latencies_at_most ? count : latencies_at_most;
  bool good = fwrite(values, sizeof *values, kept, file) == kept;
  return fclose(file) == 0 && good;
}

static void report(const struct sb_result *result) {
  printf("{\"completed\":%llu,\"total\":%llu,\"seconds\":%.6f,\"errors\":%llu,\"refused\":%llu,\"suite\":\"%s\","
         "\"first_error\":\"",
         (unsigned long long)result->completed, (unsigned long long)result->total, result->seconds,
         (unsigned long long)result->errors, (unsigned long long)result->refused, result->suite);
  for (const char *at = result->first_error; *at != 0; at++) {
    // A server's words; what JSON would have to escape is not needed to understand them.
    putchar(*at == '"' || *at == '\\' || (unsigned char)*at < 0x20 ? '\'' : *at);
  }
  puts("\"}");
}

static int print_ports(int count) {
  if (count < 1 || count > ports_at_most) return usage("1 to 64 ports");
  // All are held until the last is found, so that they differ.
  for (int i = 0; i < count; i++) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
      return die("no free port");
    }
    printf("%d%s", ntohs(address.sin_port), i + 1 < count ? " " : "\n");
  }
  return 0;
}

static const char *const names[] = {
    [SB_ECHO] = "echo", [SB_PING] = "ping", [SB_CREATE] = "create",
    [SB_GET] = "get",   [SB_LIST] = "list", [SB_REASSIGN] = "reassign",
    [SB_PEOPLE] = "people", [SB_GROUPS] = "groups", [SB_REGISTER] = "register", [SB_APPROVE] = "approve",
    [SB_GRANTS] = "grants",
};

static int run(const char *command, struct arguments *arguments) {
  struct sb_options *options = &arguments->options;
  struct sb_result result;
  bool good;
  uint32_t *latencies = mmap(NULL, latencies_at_most * sizeof *latencies, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (latencies == MAP_FAILED) return die("no memory");
  if (strcmp(command, "idle") == 0) {
    good = sb_run_idle(options, &result);
  } else if (strcmp(command, "handshakes") == 0) {
    if (options->connections > SB_MAX_CONNECTIONS) return usage("--connections: 1 to 1024");
    good = sb_run_handshakes(options, latencies, latencies_at_most, &result);
  } else {
    size_t kind = 0;
    while (kind < sizeof names / sizeof *names && strcmp(command, names[kind]) != 0) kind++;
    if (kind == sizeof names / sizeof *names) return usage("an unknown command");
    options->kind = (enum sb_kind)kind;
    if (options->connections > SB_MAX_CONNECTIONS) return usage("--connections: 1 to 1024");
    bool fills = kind >= SB_PEOPLE;
    if (fills && (options->count == 0 || options->furniture.people == 0)) return usage("no --count or --furniture");
    bool reads_tickets = kind == SB_GET || kind == SB_REASSIGN || kind == SB_APPROVE;
    if (reads_tickets && (arguments->tickets == NULL || !read_tickets(arguments))) return usage("no --tickets");
    if (kind == SB_REASSIGN && (options->queues[1] == NULL ||
                                options->ticket_count < (size_t)(options->connections * options->in_flight))) {
      return usage("reassign needs --queues and a ticket for each call in flight");
    }
    bool writes_tickets = (kind == SB_CREATE || kind == SB_REGISTER) && options->count > 0 && arguments->tickets != NULL;
    uint64_t *created = writes_tickets ? calloc(options->count, sizeof *created) : NULL;
    good = sb_run(options, latencies, latencies_at_most, created, &result);
    if (created != NULL && !write_tickets(arguments->tickets, created, result.total)) return die(arguments->tickets);
  }
  if (arguments->latencies != NULL && !write_latencies(arguments->latencies, latencies, result.completed)) {
    return die(arguments->latencies);
  }
  report(&result);
  return good ? 0 : 1;
}

int main(int count, char **words) {
  signal(SIGPIPE, SIG_IGN);
  // Whoever started this and is killed takes it along.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  if (count < 2) return usage("a command is missing");
  if (strcmp(words[1], "-h") == 0 || strcmp(words[1], "--help") == 0) return fputs(help, stdout) < 0;
  if (strcmp(words[1], "version") == 0) return puts(sb_openssl_version()) < 0;
  if (strcmp(words[1], "ports") == 0) return print_ports(count > 2 ? atoi(words[2]) : 1);
  static struct arguments arguments;
  const char *problem = parse(count - 1, words + 1, &arguments);
  return problem != NULL ? usage(problem) : run(words[1], &arguments);
}
