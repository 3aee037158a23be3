import ArgumentParser

/// `payment/ExpirePayments`.
struct FunctionName: ExpressibleByArgument {
  let text: String
  let bundle: String
  let name: String

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = argument.utf8.allSatisfy { byte in
      Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "/")
    }
    guard parts.count == 2, isPlain, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    text = argument
    bundle = String(parts[0])
    name = String(parts[1])
  }
}
