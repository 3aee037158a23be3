/// A place in a manifest, counted from 1 as editors do; columns are Unicode scalars.
public struct Position: Sendable, Hashable, Comparable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  static let start = Position(line: 1, column: 1)
}

/// One mistake in a manifest, worded for the person who has to mend it and placed so that an editor can jump to it.
public struct Diagnostic: Sendable, Hashable, Error, CustomStringConvertible {
  public let file: String
  public let line: Int
  public let column: Int
  public let message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  init(file: String, at position: Position, _ message: String) {
    self.init(file: file, line: position.line, column: position.column, message: message)
  }

  /// The form compilers print and editors recognise: `payment.yaml:7:14: …`.
  public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// What became of one file: the manifest if it is free of mistakes, otherwise every mistake in order of position.
public struct Parsed<Manifest: Sendable>: Sendable {
  public let manifest: Manifest?
  public let diagnostics: [Diagnostic]
}

extension Parsed: Equatable where Manifest: Equatable {}
