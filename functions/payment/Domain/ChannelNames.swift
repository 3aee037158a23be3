/// Our names of the channels and the provider's.
enum ChannelNames {
  private static let pairs: [(ours: String, theirs: String)] = [
    ("qris", "QRIS"), ("card_credit", "CREDIT_CARD"),
    ("va_bca", "BCA"), ("va_bni", "BNI"), ("va_bri", "BRI"), ("va_mandiri", "MANDIRI"), ("va_bsi", "BSI"),
    ("va_permata", "PERMATA"),
    ("ewallet_ovo", "OVO"), ("ewallet_dana", "DANA"), ("ewallet_shopeepay", "SHOPEEPAY"),
    ("ewallet_linkaja", "LINKAJA"),
    ("retail_alfamart", "ALFAMART"), ("retail_indomaret", "INDOMARET"),
    ("paylater_kredivo", "KREDIVO"), ("paylater_akulaku", "AKULAKU"),
  ]

  static func theirs(_ ours: String) -> String? { pairs.first { $0.ours == ours }?.theirs }

  static func ours(_ theirs: String?) -> String? { pairs.first { $0.theirs == theirs }?.ours }
}
