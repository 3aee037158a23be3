/// The way Indonesians write money: `Rp 279.250`.
func rupiah(_ amount: Int) -> String {
  let digits = Array(String(amount))
  let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
  return "Rp " + groups.reversed().joined(separator: ".")
}
