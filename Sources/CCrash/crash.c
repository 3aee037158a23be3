#define _GNU_SOURCE
#include "internal.h"

#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define SWIFTCALL __attribute__((swiftcall))

extern SWIFTCALL void *swift_task_getCurrent(void);
extern SWIFTCALL void *swift_task_localValueGet(const void *key);

/// Where control goes back to, and what the runtime knew of this thread there.
struct guard {
  sigjmp_buf place;
  struct guard *outer;
  struct lakoo_runtime_state runtime;
};

static int report_descriptor = -1;
static const void *mark_key;
static bool contains_traps;
static _Atomic uint64_t crash_count;

static _Thread_local struct guard *innermost;
static _Thread_local struct lakoo_crash last;
static _Thread_local struct lakoo_mark thread_mark;
static _Thread_local bool is_recovering;
static _Thread_local volatile sig_atomic_t is_reporting;

static void die(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

/// A check of the Swift runtime failed, which leaves memory as it was; anything else may have damaged it.
static bool is_trap(int signal_number) {
  return signal_number == SIGILL || signal_number == SIGTRAP || (signal_number == SIGABRT && lakoo_abort_is_swift());
}

static void read_mark(struct lakoo_mark *mark) {
  const void *value = mark_key && swift_task_getCurrent() ? swift_task_localValueGet(mark_key) : &thread_mark;
  if (value) memcpy(mark, value, sizeof *mark);
}

static void report(const char *kind, uint64_t number, int signal_number, siginfo_t *info, void *context, bool is_contained,
                   const struct lakoo_mark *mark) {
  uint64_t frames[LAKOO_MAX_FRAMES], callers[LAKOO_MAX_FRAMES];
  struct lakoo_report report = {
      .kind = kind, .number = number, .signal = signal_number, .address = (uint64_t)(uintptr_t)info->si_addr,
      .is_contained = is_contained, .mark = mark, .frames = frames,
      .frame_count = lakoo_walk_stack(context, frames, LAKOO_MAX_FRAMES), .callers = callers,
      .caller_count = lakoo_walk_callers(swift_task_getCurrent(), callers, LAKOO_MAX_FRAMES)};
  lakoo_write_report(report_descriptor, &report);
}

static void on_crash(int signal_number, siginfo_t *info, void *context) {
  if (is_reporting) return die(signal_number);
  is_reporting = 1;
  struct lakoo_crash crash = {.number = ++crash_count, .signal = signal_number};
  read_mark(&crash.mark);
  struct guard *guard = innermost;
  bool is_contained = contains_traps && guard && !is_recovering && crash.mark.invocation != 0 && is_trap(signal_number);
  report("crash", crash.number, signal_number, info, context, is_contained, &crash.mark);
  if (!is_contained) return die(signal_number);
  crash.task = swift_task_getCurrent();
  last = crash;
  is_recovering = true;
  is_reporting = 0;
  siglongjmp(guard->place, 1);
}

/// Tells where the thread is, for whoever finds that it no longer answers.
static void on_question(int signal_number, siginfo_t *info, void *context) {
  struct lakoo_mark mark = {0};
  read_mark(&mark);
  report("hang", ++crash_count, signal_number, info, context, false, &mark);
}

static void handle(int signal_number, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | flags};
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

void lakoo_crash_install(int descriptor, const void *key, bool contains) {
  static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  report_descriptor = descriptor;
  mark_key = key;
  contains_traps = contains;
  lakoo_abort_prepare();
  // Not deferred: a jump out of the handler would leave the signal blocked.
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) handle(signals[i], on_crash, SA_NODEFER);
  handle(SIGUSR2, on_question, SA_RESTART);
}

void lakoo_crash_adopt_thread(void) {
  static const size_t size = 64 * 1024;
  static _Thread_local bool is_adopted;
  stack_t stack;
  if (is_adopted) return;
  is_adopted = true;
  if (sigaltstack(NULL, &stack) == 0 && !(stack.ss_flags & SS_DISABLE)) return;
  stack = (stack_t){.ss_sp = malloc(size), .ss_size = size};
  if (stack.ss_sp) sigaltstack(&stack, NULL);
}

int lakoo_guarded(void (*body)(void *), void *context) {
  struct guard guard = {.outer = innermost};
  if (!contains_traps || !lakoo_runtime_save(&guard.runtime)) {
    body(context);
    return 0;
  }
  if (sigsetjmp(guard.place, 0) != 0) {
    innermost = guard.outer;
    lakoo_runtime_restore(&guard.runtime);
    return 1;
  }
  innermost = &guard;
  body(context);
  innermost = guard.outer;
  return 0;
}

void lakoo_crash_mark_thread(struct lakoo_mark mark) { thread_mark = mark; }

struct lakoo_crash lakoo_crash_last(void) { return last; }

void lakoo_crash_recovered(void) { is_recovering = false; }
