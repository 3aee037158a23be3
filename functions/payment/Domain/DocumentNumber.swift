import FunctionKit

/// A number that people read out: `PAY-20260115-7K3QX`, with the Jakarta date and five letters of Crockford's base 32.
///
/// Two may come out the same; whoever stores one draws again then.
enum DocumentNumber: String {
  case payment = "PAY"
  case commission = "COM"
  case refund = "REF"
  case payout = "PYT"
  case settlement = "SET"
  case settlementBatch = "SBT"

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  func draw(at now: Instant, random: UInt64) -> String {
    let date = CivilTime(now, offset: CivilTime.jakartaOffset)
    let day = date.year * 10_000 + date.month * 100 + date.day
    let letters = (0..<5).map { Self.alphabet[Int(random >> (5 * UInt64($0)) & 31)] }
    return "\(rawValue)-\(day)-\(String(letters))"
  }
}
