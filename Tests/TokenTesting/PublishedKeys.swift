public import Tokens

/// Keys of another issuer, made once with OpenSSL, and a token signed with each.
public enum PublishedKeys {
  /// As the issuer publishes them: `rsa`, `ec` and `ed`.
  public static let jwks = #"{"keys":["# + rsa + "," + ec + "," + ed + "]}"

  public static func keys() throws -> [TokenKey] { try KeySet.published(Array(jwks.utf8)) }

  public static let rsa = #"""
    {"kty":"RSA","kid":"rsa","alg":"RS256","use":"sig","n":"pzddjHM4Z7lOFoySrBRc3yktwK15nVimv1SCVUhzU960\#
    3OtGRj-zFD1ieTVPQKr4h0JRTOXBvcf1XQ-O3Ksnmj4KU8CRvFCBISfmc7l25V49G69FyCSCODZ40QqJ2cdQ9n51gYdyzA8zQ_3U\#
    GmnCB6YeRGgk8i3KoNqFeBmQPAm2fiIMtThTnfUG3ZSej1YNyFMyUzeNNSsuQe7JOq8DO4YStswn73kRELsXvkJs4MCQBW0gy056\#
    aJllww-gMT3TzZf3h0Se10LgN-7DAYrgpLQk073vFKixQ3A4FgcLiop7eaceckzXsTsyFfrH9s6FiFwl_CUz-ek5p63C9hXKZw",\#
    "e":"AQAB"}
    """#
  public static let ec = #"""
    {"kty":"EC","crv":"P-256","kid":"ec","x":"Kqia6Vq716wppv4uQArnBPtH9GD1Ll3-i4RnDwEF9GU","y":"eXlI7I8Q\#
    -wyJra7LQ6ERpypmnbTArF-ofB1cM2ACZTE"}
    """#
  public static let ed = #"""
    {"kty":"OKP","crv":"Ed25519","kid":"ed","x":"ISEWGpCRVIVa6QQo6lNYZEPzkvtBmtxhRjez-zkBa3c"}
    """#

  /// Since when the tokens below are valid, for an hour: 2030-01-01T00:00:00Z.
  public static let issuedAt: Int64 = 1_893_456_000

  public static let rs256 = #"""
    eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.eyJpc3MiOiJsYWtvby1hdXRoIiwiYXVkIjpbIm90aGVyIiwibGFrb28iXSwic3V\#
    iIjoiMDE4OTBhNWQtYWM5Ni03NzRiLWJjY2UtYjMwMjA5OWE4MDU3Iiwic2lkIjoic2Vzc2lvbi0xIiwicm9sZXMiOlsidXNlciI\#
    sInNlbGxlciJdLCJpYXQiOjE4OTM0NTYwMDAsImV4cCI6MTg5MzQ1OTYwMH0.UVX0RWcrZ6yCqCHH4mr-WyFt1a9Ij9JcdSbBxX8\#
    79IUX0htoGK1CP5ED_cEKrqbI1Gmt1HHDB0YfFS2jT91ZjfQHIVjCnmZO9puIb94CMSP39Fyg3uOfclkQ3Bp9C89i1403mwIy1Gh\#
    7rnG2_54VkcJNCHR3TCY1C81sCQyTZL0pBCcUDBGicQraQaRh-H4TtBMrOCUoGzQ7LTowLcweZI9ZJRQMeCrlxoAzi2wZBhHXxCf\#
    ntVwEjAvsUMgkYr7rsqquNFLRLj8YF7AA8Ddph_AOVE2fdbPnAITet1iaE9f7qFprXRbcQxnzc0tli9tYWASzGLatPfRTz6SCHO8\#
    L8Q
    """#
  public static let es256 = #"""
    eyJhbGciOiJFUzI1NiIsImtpZCI6ImVjIn0.eyJpc3MiOiJsYWtvby1hdXRoIiwiYXVkIjpbIm90aGVyIiwibGFrb28iXSwic3Vi\#
    IjoiMDE4OTBhNWQtYWM5Ni03NzRiLWJjY2UtYjMwMjA5OWE4MDU3Iiwic2lkIjoic2Vzc2lvbi0xIiwicm9sZXMiOlsidXNlciIs\#
    InNlbGxlciJdLCJpYXQiOjE4OTM0NTYwMDAsImV4cCI6MTg5MzQ1OTYwMH0.yFm3qF91zipbmHjFBj1A_Uc2WOWrJUoKez4OB3ui\#
    aVLqBuVKHPKDC7Iig1SroiUyR3_bEZQ6YkJgMWYxFWDCuA
    """#
  public static let edDSA = #"""
    eyJhbGciOiJFZERTQSIsImtpZCI6ImVkIn0.eyJpc3MiOiJsYWtvby1hdXRoIiwiYXVkIjpbIm90aGVyIiwibGFrb28iXSwic3Vi\#
    IjoiMDE4OTBhNWQtYWM5Ni03NzRiLWJjY2UtYjMwMjA5OWE4MDU3Iiwic2lkIjoic2Vzc2lvbi0xIiwicm9sZXMiOlsidXNlciIs\#
    InNlbGxlciJdLCJpYXQiOjE4OTM0NTYwMDAsImV4cCI6MTg5MzQ1OTYwMH0.wmqOUCst-0_yRhbMFm1zDi9IgPFoV7rSBbRR-fQV\#
    gjXRWcs3mhMQjZANG3oatLaIjqxFurqxcp38-c0uKG4vDg
    """#

  /// The RSA key as a file, which everybody can read.
  public static let rsaPEM = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApzddjHM4Z7lOFoySrBRc
    3yktwK15nVimv1SCVUhzU9603OtGRj+zFD1ieTVPQKr4h0JRTOXBvcf1XQ+O3Ksn
    mj4KU8CRvFCBISfmc7l25V49G69FyCSCODZ40QqJ2cdQ9n51gYdyzA8zQ/3UGmnC
    B6YeRGgk8i3KoNqFeBmQPAm2fiIMtThTnfUG3ZSej1YNyFMyUzeNNSsuQe7JOq8D
    O4YStswn73kRELsXvkJs4MCQBW0gy056aJllww+gMT3TzZf3h0Se10LgN+7DAYrg
    pLQk073vFKixQ3A4FgcLiop7eaceckzXsTsyFfrH9s6FiFwl/CUz+ek5p63C9hXK
    ZwIDAQAB
    -----END PUBLIC KEY-----

    """
}
