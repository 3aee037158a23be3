import Crypto
import FunctionKit
import Tokens

private let secret = "a secret that only the fuzzer signs with"
private let verifier = TokenVerifier(keys: KeySet([TokenKey(secret: secret)]), issuer: "i", audience: "a")

/// A token as it comes, then the input as the header and claims of a token whose signature is right.
func fuzzToken(_ input: [UInt8]) {
  precondition((try? verifier.verify(input[...], at: Instant(microseconds: 0))) == nil, "a token was accepted unsigned")
  let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
  guard parts.count == 2 else { return }
  let signed = "\(base64URLEncode(parts[0])).\(base64URLEncode(parts[1]))"
  let signature = base64URLEncode(hmacSHA256(key: Array(secret.utf8), message: Array(signed.utf8)))
  _ = try? verifier.verify(Array("\(signed).\(signature)".utf8)[...], at: Instant(microseconds: 0))
}
