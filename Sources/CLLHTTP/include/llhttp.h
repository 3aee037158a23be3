/* Debian ships llhttp as sources; this header and the .c files beside it compile them without a copy here. */
#pragma once
#include "/usr/share/include/llhttp/llhttp.h"
