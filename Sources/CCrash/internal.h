#ifndef LAKOO_CRASH_INTERNAL_H
#define LAKOO_CRASH_INTERNAL_H

#include "CCrash.h"

/// Everything here may be called in a signal handler.

enum { LAKOO_MAX_FRAMES = 96 };

/// Return addresses from the interrupted instruction outwards.
/// @param context the handler's third argument.
size_t lakoo_walk_stack(const void *context, uint64_t *frames, size_t limit);

/// The async functions that wait for the one that the task went on with last, from the inside outwards. What that has
/// called since can have made some of it stale.
size_t lakoo_walk_callers(const void *task, uint64_t *frames, size_t limit);

/// Finds out, before any handler runs, what `lakoo_abort_is_swift` needs.
void lakoo_abort_prepare(void);

/// Whether the Swift runtime itself has called `abort`, as it does for a cast that failed; called by the C library it
/// would mean damaged memory.
bool lakoo_abort_is_swift(void);

struct lakoo_report {
  const char *kind;
  uint64_t number;
  int signal;
  uint64_t address;
  bool is_contained;
  const struct lakoo_mark *mark;
  const uint64_t *frames;
  size_t frame_count;
  const uint64_t *callers;
  size_t caller_count;
};

/// Writes the line: `crash 1 signal=4 fate=contained address=0x… mark=payment/Charge:<request> stack=0x…,0x… callers=0x…`.
void lakoo_write_report(int descriptor, const struct lakoo_report *report);

/// The Swift runtime's memory of one thread, in the two libraries that keep any.
enum { LAKOO_RUNTIME_BLOCKS = 2, LAKOO_RUNTIME_WORDS = 8 };

struct lakoo_runtime_state {
  uint64_t words[LAKOO_RUNTIME_BLOCKS][LAKOO_RUNTIME_WORDS];
};

/// @return whether there is such memory; without it a trap can't be contained.
bool lakoo_runtime_save(struct lakoo_runtime_state *state);
void lakoo_runtime_restore(const struct lakoo_runtime_state *state);

#endif
