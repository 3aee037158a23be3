private import Glibc

/// The `Date` header line of the current second, written once and copied into every response.
struct DateHeader {
  private(set) var line: [UInt8] = []
  private var second = 0

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  init() { update() }

  mutating func update() {
    var clock = time(nil)
    guard clock != second else { return }
    second = clock
    var parts = tm()
    gmtime_r(&clock, &parts)
    let date = "\(Self.days[Int(parts.tm_wday)]), \(pad(parts.tm_mday)) \(Self.months[Int(parts.tm_mon)])"
    let time = "\(pad(parts.tm_hour)):\(pad(parts.tm_min)):\(pad(parts.tm_sec))"
    line = Array("Date: \(date) \(parts.tm_year + 1900) \(time) GMT\r\n".utf8)
  }

  private func pad(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
