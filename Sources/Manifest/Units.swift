/// Durations and sizes as people write them.
enum Units {
  /// `300ms`, `5s`, `2h45m`: whole numbers with units, the larger unit first.
  static func duration(_ text: String) throws(Mistake) -> Duration {
    let wrong = Mistake("is not a duration; write it like 300ms, 5s or 2h45m")
    var rest = text[...]
    var total = Duration.zero
    var smallest = Int.max
    while !rest.isEmpty {
      let number = rest.prefix(while: isDigit)
      let unit = rest.dropFirst(number.count).prefix { !isDigit($0) }
      guard let count = digits(number), number.count <= 9, let milliseconds = milliseconds[String(unit)],
        milliseconds < smallest
      else { throw wrong }
      total += .milliseconds(count * milliseconds)
      smallest = milliseconds
      rest = rest.dropFirst(number.count + unit.count)
    }
    guard smallest < .max else { throw wrong }
    return total
  }

  private static let milliseconds = ["d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1]

  /// How long something is kept: a day at least.
  static func retention(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard duration >= .seconds(86_400) else { throw Mistake("must be at least 1d") }
    return duration
  }

  /// A time after which something is given up: never zero, and an hour at most so that nothing holds a worker for ever.
  static func timeout(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard duration > .zero, duration <= .seconds(3600) else { throw Mistake("must be more than 0 and at most 1h") }
    return duration
  }

  /// The time that a rate is measured over: a day at most, or nobody could wait for its end.
  static func ratePeriod(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard (.seconds(1)...(.seconds(86_400))).contains(duration) else { throw Mistake("must be 1s to 1d") }
    return duration
  }

  /// How long browsers may remember an answer; the one that remembers longest does so for a day.
  static func corsAge(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard duration <= .seconds(86_400) else { throw Mistake("must be at most 1d") }
    return duration
  }

  /// How long a worker may be silent: a moment would take a busy one for a dead one.
  static func patience(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard (.seconds(1)...(.seconds(300))).contains(duration) else { throw Mistake("must be 1s to 5m") }
    return duration
  }

  /// How old a list of ended sessions may be: it is asked for every other second, and tokens outlive no hour.
  static func staleness(_ text: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard (.seconds(10)...(.seconds(3600))).contains(duration) else { throw Mistake("must be 10s to 1h") }
    return duration
  }

  /// `512B`, `256KiB`, `1MiB`, in bytes.
  static func size(_ text: String) throws(Mistake) -> Int {
    let number = text.prefix(while: isDigit)
    guard let count = digits(number), number.count <= 9, let bytes = bytes[String(text.dropFirst(number.count))] else {
      throw Mistake("is not a size; write it like 512B, 256KiB or 1MiB")
    }
    let size = count * bytes
    guard size > 0, size <= 64 * 1_048_576 else { throw Mistake("must be more than 0 and at most 64MiB") }
    return size
  }

  /// What a process may take, as people write it of machines: `512MB`, `1GB`, or by powers of two `512MiB`, `1GiB`.
  static func memory(_ text: String) throws(Mistake) -> Int {
    let number = text.prefix(while: isDigit)
    guard let count = digits(number), number.count <= 9, let unit = memoryUnits[String(text.dropFirst(number.count))]
    else { throw Mistake("is not a size of memory; write it like 512MB, 1GB or 1GiB") }
    let size = count * unit
    guard size >= 64_000_000, size <= 1_099_511_627_776 else { throw Mistake("must be 64MB to 1024GiB") }
    return size
  }

  private static let memoryUnits = ["MB": 1_000_000, "GB": 1_000_000_000, "MiB": 1_048_576, "GiB": 1_073_741_824]
  private static let bytes = ["B": 1, "KiB": 1024, "MiB": 1_048_576]
}
