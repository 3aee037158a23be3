import FunctionKit

extension SQL {
  /// All of some conditions. Each has its own statement's text, so that the database plans for what was asked.
  static func all(_ conditions: [SQL]) -> SQL {
    conditions.reduce("true") { "\($0) and \($1)" }
  }
}
