import Tokens

/// A set of keys is read or refused.
func fuzzKeySet(_ input: [UInt8]) { _ = try? KeySet.published(input) }
