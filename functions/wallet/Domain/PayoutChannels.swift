/// The banks and e-wallets that the payment service pays out to.
enum PayoutChannels {
  static let codes: Set<String> = Set(
    (banks + wallets).map { "ID_" + $0 })

  private static let banks = [
    "BCA", "MANDIRI", "BNI", "BRI", "BSI", "PERMATA", "CIMB", "DANAMON", "PANIN", "BJB", "MEGA", "BNC", "BTPN",
    "BCA_SYR",
    "DBS", "DKI", "COMMONWEALTH", "HANA", "MAYAPADA", "SINARMAS", "BUKOPIN", "CITIBANK", "CCB", "SAHABAT_SAMPOERNA",
    "MUAMALAT", "BTPN_SYARIAH",
  ]
  private static let wallets = ["GOPAY", "OVO", "DANA", "LINKAJA", "SHOPEEPAY"]
}
