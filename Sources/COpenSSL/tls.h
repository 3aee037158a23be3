#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

// OpenSSL has macros here, which Swift can't see, and a callback whose pointers are easier told in C.

/// TLS 1.2 and later, forward secrecy and authenticated encryption alone, and nothing that outlives its connection.
static inline int tls_shim_harden(SSL_CTX *context) {
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  return SSL_CTX_set_num_tickets(context, 0) && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
}

static inline int tls_shim_choose_http11(
    SSL *session, const unsigned char **chosen, unsigned char *length, const unsigned char *offered,
    unsigned int offered_length, void *context) {
  static const unsigned char ours[] = "\x08http/1.1";
  (void)session, (void)context;
  int status = SSL_select_next_proto(
      (unsigned char **)chosen, length, ours, sizeof(ours) - 1, offered, offered_length);
  return status == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// Speaks HTTP/1.1 with whoever offers it, and refuses who offers only something else.
static inline void tls_shim_offer_http11(SSL_CTX *context) {
  SSL_CTX_set_alpn_select_cb(context, tls_shim_choose_http11, NULL);
}

/// What is encrypted fails to load, instead of asking at the terminal.
static inline int tls_shim_no_password(char *buffer, int size, int writes, void *context) {
  (void)buffer, (void)size, (void)writes, (void)context;
  return -1;
}

/// Takes the server's certificate and then those that lead to its root.
static inline int tls_shim_use_chain(SSL_CTX *context, const void *bytes, int count) {
  BIO *bio = BIO_new_mem_buf(bytes, count);
  X509 *own = bio ? PEM_read_bio_X509_AUX(bio, NULL, tls_shim_no_password, NULL) : NULL;
  int fits = own && SSL_CTX_use_certificate(context, own);
  X509 *next = NULL;
  while (fits && (next = PEM_read_bio_X509(bio, NULL, tls_shim_no_password, NULL))) {
    fits = SSL_CTX_add1_chain_cert(context, next);
    X509_free(next);
  }
  X509_free(own);
  BIO_free(bio);
  // So the end of the file is told; anything else is a certificate that could not be read.
  return fits && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

static inline int tls_shim_use_key(SSL_CTX *context, const void *bytes, int count) {
  BIO *bio = BIO_new_mem_buf(bytes, count);
  EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, tls_shim_no_password, NULL) : NULL;
  int fits = key && SSL_CTX_use_PrivateKey(context, key);
  EVP_PKEY_free(key);
  BIO_free(bio);
  return fits;
}

/// Why a call failed; errors of the system have no words of OpenSSL's.
static inline const char *tls_shim_reason(unsigned long code) {
  return ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code)) : ERR_reason_error_string(code);
}

static inline void tls_shim_empty_is_retry(BIO *bio) { BIO_set_mem_eof_return(bio, -1); }
