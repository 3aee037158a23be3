internal import FunctionKit

/// What a line of the log says.
struct LogLine {
  var level: Log.Level
  var bundle: String?
  var function: String?
  var request: String?
  var trace: Trace?
  var message: String
  var milliseconds: UInt64?
  var error: String?
}

/// How lines look. A format is a value, so that it may remember what it needs from one line to the next.
protocol LineFormat {
  mutating func append(_ line: LogLine, at time: Instant, to bytes: inout [UInt8])
}

/// For a terminal: `13:12:02.123 payment/GetPayment 200 3ms 01a2…`.
struct TextLines: LineFormat {
  private var second: Int64 = .min
  private var time: [UInt8] = []

  mutating func append(_ line: LogLine, at now: Instant, to bytes: inout [UInt8]) {
    appendTime(now, to: &bytes)
    if let bundle = line.bundle, let function = line.function {
      bytes += bundle.utf8
      bytes.append(UInt8(ascii: "/"))
      bytes += function.utf8
    }
    if line.milliseconds == nil || line.bundle == nil {
      if line.bundle != nil { bytes.append(UInt8(ascii: " ")) }
      bytes += line.level.rawValue.utf8
    }
    bytes.append(UInt8(ascii: " "))
    appendPlain(line.message, to: &bytes)
    if let milliseconds = line.milliseconds { bytes += " \(milliseconds)ms".utf8 }
    if let request = line.request {
      bytes.append(UInt8(ascii: " "))
      appendPlain(request, to: &bytes)
    }
    // A trace that began here is of no use to whoever reads along.
    if let trace = line.trace, trace.isContinued { bytes += " \(trace.traceID)".utf8 }
    if let error = line.error {
      bytes += " · ".utf8
      appendPlain(error, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Text that can neither end the line nor move the terminal's cursor: control characters are written out.
  private func appendPlain(_ text: String, to bytes: inout [UInt8]) {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else {
      bytes += text.utf8
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: bytes += scalar.escaped(asASCII: true).utf8
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
  }

  /// The time of day; the part above the milliseconds is made once a second.
  private mutating func appendTime(_ now: Instant, to bytes: inout [UInt8]) {
    if now.seconds != second {
      second = now.seconds
      time = Array(now.description.utf8.dropFirst(11).prefix(9))
    }
    let millisecond = Int(now.microseconds / 1000 - now.seconds * 1000)
    bytes += time
    for digit in [millisecond / 100, millisecond / 10 % 10, millisecond % 10] {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }
    bytes.append(UInt8(ascii: " "))
  }
}

/// For machines: one JSON object a line.
struct JSONLines: LineFormat {
  mutating func append(_ line: LogLine, at now: Instant, to bytes: inout [UInt8]) {
    var json = JSONBytes()
    json.raw("{\"time\":")
    json.string(now.description)
    JSONLines.field(",\"level\":", line.level.rawValue, &json)
    JSONLines.field(",\"bundle\":", line.bundle, &json)
    JSONLines.field(",\"function\":", line.function, &json)
    JSONLines.field(",\"request\":", line.request, &json)
    if let trace = line.trace {
      JSONLines.field(",\"trace\":", trace.traceID, &json)
      JSONLines.field(",\"span\":", trace.spanID, &json)
    }
    JSONLines.field(",\"message\":", line.message, &json)
    if let milliseconds = line.milliseconds {
      json.raw(",\"ms\":")
      json.integer(UInt(milliseconds))
    }
    JSONLines.field(",\"error\":", line.error, &json)
    json.raw("}\n")
    bytes += json.bytes
  }

  private static func field(_ name: StaticString, _ value: String?, _ json: inout JSONBytes) {
    guard let value else { return }
    json.raw(name)
    json.string(value)
  }
}
