#define _GNU_SOURCE
#include "internal.h"

#include <link.h>
#include <stdlib.h>
#include <string.h>

#define SWIFTCALL __attribute__((swiftcall))

extern SWIFTCALL void swift_task_cancel(void *task);
extern char *swift_demangle(const char *name, size_t length, char *output, size_t *output_length, uint32_t flags);

/// What the Swift runtime keeps in this thread's own memory: the current task, its executor, and the accesses under way,
/// all of which point into the stack. After a jump they would point into frames that are gone.
static _Thread_local struct runtime {
  struct block {
    uint64_t *memory;
    size_t words;
  } blocks[LAKOO_RUNTIME_BLOCKS];
  int count;
  bool is_known;
} runtime;

static bool ends_with(const char *name, const char *end) {
  size_t length = strlen(name), tail = strlen(end);
  return length >= tail && strcmp(name + length - tail, end) == 0;
}

static int find_block(struct dl_phdr_info *info, size_t size, void *ignored) {
  (void)size, (void)ignored;
  if (!ends_with(info->dlpi_name, "/libswiftCore.so") && !ends_with(info->dlpi_name, "/libswift_Concurrency.so")) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    size_t words = info->dlpi_phdr[i].p_memsz / 8;
    if (info->dlpi_phdr[i].p_type != PT_TLS || !info->dlpi_tls_data || words > LAKOO_RUNTIME_WORDS) continue;
    if (runtime.count < LAKOO_RUNTIME_BLOCKS) runtime.blocks[runtime.count++] = (struct block){info->dlpi_tls_data, words};
  }
  return 0;
}

bool lakoo_runtime_save(struct lakoo_runtime_state *state) {
  struct runtime *mine = &runtime;
  if (!mine->is_known) {
    dl_iterate_phdr(find_block, NULL);
    mine->is_known = true;
  }
  if (mine->count != LAKOO_RUNTIME_BLOCKS) return false;
  for (int i = 0; i < LAKOO_RUNTIME_BLOCKS; i++)
    for (size_t word = 0; word < mine->blocks[i].words; word++) state->words[i][word] = mine->blocks[i].memory[word];
  return true;
}

void lakoo_runtime_restore(const struct lakoo_runtime_state *state) {
  for (int i = 0; i < LAKOO_RUNTIME_BLOCKS; i++)
    for (size_t word = 0; word < runtime.blocks[i].words; word++) runtime.blocks[i].memory[word] = state->words[i][word];
}

void lakoo_crash_cancel(void *task) { swift_task_cancel(task); }

char *lakoo_demangle(const char *name, size_t length) { return swift_demangle(name, length, NULL, NULL, 0); }
