/// An address of which enough is left to recognise it, and too little to use it.
func masked(_ address: String) -> String {
  guard let at = address.lastIndex(of: "@") else { return String(address.prefix(3)) + "****" + address.suffix(3) }
  return String(address.prefix(1)) + "***" + address[at...]
}
