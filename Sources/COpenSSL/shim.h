#include <openssl/ssl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>
#include "tls.h"

/* A macro, which Swift does not see. */
static inline int lakoo_public_key(void) { return EVP_PKEY_PUBLIC_KEY; }
