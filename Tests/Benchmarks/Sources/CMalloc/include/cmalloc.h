/* Glibc for Swift does not show what the allocator knows of itself. */
#include <malloc.h>
