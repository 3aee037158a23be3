#include <stddef.h>
#include <stdint.h>

typedef int (*fuzz_target)(const uint8_t *bytes, size_t count);

/// libFuzzer's own loop. It takes the arguments of the program and calls the target with one input after the other.
int LLVMFuzzerRunDriver(int *count, char ***arguments, fuzz_target target);
