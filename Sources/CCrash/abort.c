#define _GNU_SOURCE
#include "internal.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

/// Where a library's or a function's code is.
struct range {
  uintptr_t start, end;
};

static struct range swift_core, abort_code;

static bool is_in(struct range range, uintptr_t address) { return address >= range.start && address < range.end; }

static int find_core(struct dl_phdr_info *info, size_t size, void *ignored) {
  static const char name[] = "/libswiftCore.so";
  size_t length = strlen(info->dlpi_name);
  (void)size, (void)ignored;
  if (length < sizeof name || strcmp(info->dlpi_name + length - (sizeof name - 1), name) != 0) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    uintptr_t start = info->dlpi_addr + header->p_vaddr;
    swift_core = (struct range){start, start + header->p_memsz};
  }
  return 1;
}

void lakoo_abort_prepare(void) {
  void *frames[4];
  Dl_info info;
  const ElfW(Sym) *symbol = NULL;
  dl_iterate_phdr(find_core, NULL);
  void *code = dlsym(RTLD_DEFAULT, "abort");
  if (code && dladdr1(code, &info, (void **)&symbol, RTLD_DL_SYMENT) && symbol)
    abort_code = (struct range){(uintptr_t)code, (uintptr_t)code + symbol->st_size};
  // The first call loads the unwinder, which a handler must not.
  backtrace(frames, 4);
}

bool lakoo_abort_is_swift(void) {
  void *frames[16];
  int count = backtrace(frames, 16);
  for (int i = 0; i + 1 < count; i++) {
    // The return address may be just past a function that ends in a call.
    if (is_in(abort_code, (uintptr_t)frames[i] - 1)) return is_in(swift_core, (uintptr_t)frames[i + 1] - 1);
  }
  return false;
}
