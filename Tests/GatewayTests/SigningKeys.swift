/// Two pairs of P-256, in base64 of DER, made for these tests alone.
enum SigningKeys {
  static let publicKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83F3iUD8RapmfpjkOfrmH73cgvexaOWw4UTDMi6hetiWfFoUApeQSA94pazroF/R"
    + "tFnJAdnKTRW6dOZwrNuaJg=="
  static let privateKey =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBCZwPim8rbp1S3rHbMFDcviJ3mNh4v8a/X6JywqrMcWhRANCAATz"
    + "cXeJQPxFqmZ+mOQ5+uYfvdyC97Fo5bDhRMMyLqF62JZ8WhQCl5BID3ilrOugX9G0WckB2cpNFbp05nCs25om"
  static let otherPublicKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIMMLaJjGHBPBhWltPXFvVB3//fwz9BSvbiWmJAROKszXIsVeIXi67tJ57d8ze5FU"
    + "IjIm3oSd9Iev6XQ8ugxsZQ=="
  static let otherPrivateKey =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkDUxMC58BWn1uWWdvDd7Jqxt10AuXzAUWNIFhwflHSuhRANCAAQg"
    + "wwtomMYcE8GFaW09cW9UHf/9/DP0FK9uJaYkBE4qzNcixV4heLru0nnt3zN7kVQiMibehJ30h6/pdDy6DGxl"
}
