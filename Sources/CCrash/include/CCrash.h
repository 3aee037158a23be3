#ifndef LAKOO_CCRASH_H
#define LAKOO_CCRASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Which invocation a task works for; a task-local value that the signal handler reads.
struct lakoo_mark {
  /// Never given twice in one process; 0 is nobody's.
  uint64_t invocation;
  /// `payment/ChargeCard`, kept for as long as the process lives.
  const char *_Nullable function;
  /// The request id, cut to what fits, ended by a zero.
  char request[48];
};

/// What the handler has left for those who go on after a trap that was contained.
struct lakoo_crash {
  uint64_t number;
  int signal;
  struct lakoo_mark mark;
  /// The task that ran; it never runs again.
  void *_Nullable task;
};

/// Installs the handlers of this process.
/// @param descriptor where a report goes, in one write; -1 drops it.
/// @param mark_key the task-local that holds a `lakoo_mark`; null where there is none.
/// @param contains whether a trap within `lakoo_guarded` goes back there; otherwise it ends the process.
void lakoo_crash_install(int descriptor, const void *_Nullable mark_key, bool contains);

/// Gives the calling thread a stack for its handlers, so that they can tell of one that is used up.
void lakoo_crash_adopt_thread(void);

/// Says whom a thread works for that runs no task.
void lakoo_crash_mark_thread(struct lakoo_mark mark);

/// Runs the body.
/// @return 1 when a trap ended it; then `lakoo_crash_last` tells which.
int lakoo_guarded(void (*_Nonnull body)(void *_Nullable), void *_Nullable context);

struct lakoo_crash lakoo_crash_last(void);

/// The trap has been dealt with; until then another one ends the process.
void lakoo_crash_recovered(void);

/// Asks the runtime to cancel a task that never runs again, for the sake of its children.
void lakoo_crash_cancel(void *_Nonnull task);

/// The readable form of a Swift symbol, to be freed; null for a name that is none.
char *_Nullable lakoo_demangle(const char *_Nonnull name, size_t length);

#endif
