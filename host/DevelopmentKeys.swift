/// Keys that providers and the sandbox sign with in development: published, so good for nothing else.
enum DevelopmentKeys {
  /// RSA, PKCS#8: of the service account that pushes.
  static let fcm = """
    MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCabTdnNoAs/9O2TOEJeyuf3pmqEw3NjBlCDxm9tv0rFv0XO9cp\
    7PZG+yV37sVyjken+YYd1vrnoGdp474gPajkfQdD6SBBwEc726UJLuHIkRLelE72yXSAXWuJ09HmlDiNdD50i/jaMX5+3DjwZ8Cz\
    b6uonVnNq0X7G33qy2gmNQoNwD1+xGMwSexOLtaNqKzCZcxSvJ6eilXJw1UTtx3f1NOfMqbsQXZ5FqvyRylA9j8VN9ZvMKF656AP\
    iMejN8XoU2e4etak1lW+LlTJ9UHshZFhItu2gNMJy8LvHxCi4Oy5wFPFManeSxzmcJ7M9A2Wqpm8NMFWBdxL8IhMGrMVAgMBAAEC\
    ggEABNeWJ34zcS9fxrhs5i4oRt94OOq9iBuTopLHvbJ6VQq0vcqCaErJL+sWkiB/LPGH28OMpsYtQMXyqcTHTj2YthQy8UU8hD56\
    Ju1jCwfSP3nhc7y5qCFwR3xTNg0zNVqiIx9V72bnLLiyE0DANIH2uyAHuIyfupdbZT1uSpMwgHtYGZPm0fQD4VibiKBJq8y358K6\
    pzakPlBLjxNUjVEKoAHzY6aPxABYRiKfBvmpJE1fINi7P3DkFPuqTq7yFH+E4br4EZASNKMOFL0278p+T31KpGWOp6e/rNwyXyDP\
    xUEyXTB5CERyxv0UBE8XdsvXBLSeoHP3hjhA+XU3V5fKgQKBgQDLgHr72yCcSitRj0hjYQbO35wy9gXfTAsFhZiWtn8fuqNltn6K\
    PcvR66cOd87mxOvNG6PfhUjvlTeIjL7avu9XDvgZm3qCE3rU/ApBgBWH28uXo5hExqPPSuSOwBKkvCKTsQW04yeuR5wShfWE47fn\
    lRQKn3lMvEmkvQiSpP0fgQKBgQDCQ76unmjKrBSdq0hnw77se5PC5BLr06qp4nMujXSxrgzo72F78a+0gDgNWWVgviPK+hM4icbE\
    K3H6k/e0sII9RgtCFm5d/B5qDg13tA9QrNV9oCQmR7vC28o0XH8TiWOyY4wk93f8McaHZeFWwZAWN3NZd2mt+FK+ktZxqxXdlQKB\
    gQC4I2ClJmmCoiZCXZlNu0zywilPf4hevis26uTgcu/ioPobHh+wLSyRnV8DW2uPKt6HMJx+s9cEWwvt9hT4UE63gucCHMqkisXZ\
    lNoe3Kwey8aURsaQbQFqn8TiWnBEOaw74bFdNTIBo/BYXniDr54H4cBJwHV89t7YPuhT8RDNgQKBgEs48kAphMhd48m9xlavvGFT\
    5L6FlDIPDzmjPxiam8IldEhKUUQuLOxG7e11XUUduzxgo0q0Ruw1KnhuDW/BHV1enwNjLi9kbd6BPIPKjFef5Tc06GqOQk1M0DqA\
    SpClFZ7A30Z9MM/N8mMBd0UhxIplxFuzWo+L5XZ342O2bMwVAoGBALdxH0B/KIfpyMAwQwkYRI5RC9R7Ht7MjOJi7fxopl04G9Np\
    LOuZDnH9+ETe6Ef3MRNv34Hxw475PoOohp2yazAPI32BIpFp8NeogFPhUFwdjL4M3rl6OnNoTLtFKfbeSF3L6XTgEcoVBFYGgV6j\
    bMTDn8k10R3wbZd3ORuinz5Z
    """

  /// P-256, PKCS#8: what the sandbox signs its reports of mails with.
  static let sendGridPrivate = """
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpeIcvfJ9MMpP9NMHqft7Z88Zmg4IPOKuCU57RCzjyPOhRANCAATg\
    Ws2QhOCQ97FmMj4Otczd2iSypt2TaOj1PNG74snlnmFS3QMk7oluZXe98WmTu4i3/8sfeJq7wwxKw1EO5Nyq
    """

  /// What they are verified with.
  static let sendGridPublic = """
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4FrNkITgkPexZjI+DrXM3doksqbdk2jo9TzRu+LJ5Z5hUt0DJO6JbmV3vfFpk7uI\
    t//LH3iau8MMSsNRDuTcqg==
    """
}
