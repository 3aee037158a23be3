/// An amount as Indonesians write it: `Rp 279.250`.
func rupiahText(_ amount: Int) -> String {
  let digits = String(amount.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text.append(".") }
    text.append(digit)
  }
  return (amount < 0 ? "-Rp " : "Rp ") + text
}
