/// The shapes of names. Each throws what is wrong with a name and what a right one looks like.
enum Names {
  static func bundle(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isLower, rest: { isLower($0) || isDigit($0) || $0 == "-" }) else {
      throw Mistake("is not a name; use lower-case letters, digits and dashes, starting with a letter")
    }
    return text
  }

  static func database(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isLower, rest: { isLower($0) || isDigit($0) || $0 == "_" }) else {
      throw Mistake("is not a database name; use lower-case letters, digits and underscores, starting with a letter")
    }
    return text
  }

  static func secret(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isUpper, rest: { isUpper($0) || isDigit($0) || $0 == "_" }) else {
      throw Mistake("is not a secret name; use capitals, digits and underscores, such as XENDIT_SECRET_KEY")
    }
    return text
  }

  static func setting(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isUpper, rest: { isUpper($0) || isDigit($0) || $0 == "_" }) else {
      throw Mistake("is not a setting's name; use capitals, digits and underscores, such as PAYMENT_REDIRECT_HOSTS")
    }
    return text
  }

  static func header(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isLetter, rest: { isLetter($0) || isDigit($0) || $0 == "-" || $0 == "_" }) else {
      throw Mistake("is not a header's name; use letters, digits and dashes, such as X-Signature")
    }
    return text
  }

  static func function(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isUpper, rest: { isUpper($0) || isLower($0) || isDigit($0) }) else {
      throw Mistake("is not a function name; write the Swift type's name in UpperCamelCase, such as CreatePayment")
    }
    return text
  }

  static func event(_ text: String) throws(Mistake) -> String {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count >= 2, words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { isLower($0) || $0 == "_" } }) else {
      throw Mistake("is not an event name; write noun.verb in lower case, such as payment.paid")
    }
    return text
  }

  static func group(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isLower, rest: { isLower($0) || isUpper($0) }) else {
      throw Mistake("is not the name of a group of events; use letters in lowerCamelCase, such as collecting")
    }
    return text
  }

  static func topic(_ text: String) throws(Mistake) -> String {
    guard text.hasSuffix(".events"), text.dropLast(7).has(first: isLower, rest: { isLower($0) || $0 == "_" }) else {
      throw Mistake("is not a topic; write <domain>.events in lower case, such as payment.events")
    }
    return text
  }

  static func field(_ text: String) throws(Mistake) -> String {
    guard text.has(first: isLower, rest: { isLower($0) || isUpper($0) || isDigit($0) }) else {
      throw Mistake("is not a field name; use letters and digits in lowerCamelCase")
    }
    return text
  }
}

func isLower(_ character: Character) -> Bool { ("a"..."z").contains(character) && character.isASCII }
func isUpper(_ character: Character) -> Bool { ("A"..."Z").contains(character) && character.isASCII }
func isLetter(_ character: Character) -> Bool { isLower(character) || isUpper(character) }
func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }

extension StringProtocol {
  func has(first: (Character) -> Bool, rest: (Character) -> Bool) -> Bool {
    guard let head = self.first else { return false }
    return first(head) && dropFirst().allSatisfy(rest)
  }
}
