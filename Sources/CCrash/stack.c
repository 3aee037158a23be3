#define _GNU_SOURCE
#include "internal.h"

#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

/// Copies memory that may not be there: a damaged stack must not end the report.
static bool copy(uint64_t address, void *to, size_t length) {
  struct iovec local = {to, length};
  struct iovec remote = {(void *)(uintptr_t)address, length};
  return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (ssize_t)length;
}

struct start {
  uint64_t instruction;
  uint64_t frame;
};

static struct start interrupted(const void *context) {
  const ucontext_t *machine = context;
#if defined(__x86_64__)
  return (struct start){(uint64_t)machine->uc_mcontext.gregs[REG_RIP], (uint64_t)machine->uc_mcontext.gregs[REG_RBP]};
#elif defined(__aarch64__)
  return (struct start){machine->uc_mcontext.pc, machine->uc_mcontext.regs[29]};
#endif
}

size_t lakoo_walk_stack(const void *context, uint64_t *frames, size_t limit) {
  struct start start = interrupted(context);
  size_t count = 0;
  frames[count++] = start.instruction;
  uint64_t frame = start.frame, link[2];
  while (count < limit && frame % 8 == 0 && copy(frame, link, sizeof link)) {
    if (link[1] <= 4096 || link[0] <= frame) break;
    frames[count++] = link[1];
    frame = link[0];
  }
  return count;
}

size_t lakoo_walk_callers(const void *task, uint64_t *frames, size_t limit) {
  // Of a task of the runtime's: where its own job ends, the context comes that it goes on with. Each context begins with
  // its caller's and with where that goes on.
  static const size_t context_offset = 64;
  uint64_t context = 0, link[2];
  size_t count = 0;
  if (!task || !copy((uint64_t)(uintptr_t)task + context_offset, &context, sizeof context)) return 0;
  while (count < limit && context % 8 == 0 && context != 0 && copy(context, link, sizeof link) && link[1] > 4096) {
    // A function begins there, where a call would return to what is before it.
    frames[count++] = link[1] + 1;
    context = link[0];
  }
  return count;
}
