import FunctionKit

extension HTML {
  /// The invoice, and what can still be done about it.
  static func checkout(_ invoice: InvoiceRecord, at now: Instant) -> HTML {
    let isOpen = invoice.status == .pending && invoice.expiryDate > now
    let (badge, tone) =
      switch invoice.status {
      case .paid, .settled: ("Lunas", "paid")
      case .pending where isOpen: ("Menunggu pembayaran", "open")
      case .pending, .expired: ("Kedaluwarsa", "over")
      }
    return page(
      "Pembayaran \(invoice.externalId)",
      """
      <p class="merchant">\(Merchant.name)</p>
      <p class="amount">\(rupiah(invoice.amount))</p>
      <p><span class="badge \(tone)">\(badge)</span></p>
      <dl>
        <dt>Keterangan</dt><dd>\(invoice.request["description"]?.string ?? "–")</dd>
        <dt>Nomor tagihan</dt><dd>\(invoice.externalId)</dd>
        <dt>\(isOpen ? "Bayar sebelum" : "Batas waktu")</dt><dd>\(jakarta(invoice.expiryDate))</dd>
        \(paidRow(invoice))
      </dl>
      \(isOpen ? buttons(invoice) : "")
      \(isOpen ? "" : backLink(invoice))
      """)
  }

  static let unknownInvoice = page("Tidak ditemukan", "<p>Tagihan ini tidak ada.</p>").status(404)

  static func refused(_ reason: String, _ invoice: InvoiceRecord) -> HTML {
    page(
      "Tidak bisa dibayar",
      "<p>\(reason)</p><p><a href=\"/web/\(invoice.id)\">Kembali ke tagihan</a></p>"
    ).status(409)
  }

  /// An attempt that fails leaves the invoice open, and nobody is told.
  static func attemptFailed(_ invoice: InvoiceRecord) -> HTML {
    page(
      "Pembayaran gagal",
      """
      <p>Percobaan ini gagal. Tagihan tetap terbuka.</p>
      <p><a href="/web/\(invoice.id)">Kembali ke tagihan</a></p>
      \(backLink(invoice))
      """
    ).status(402)
  }

  private static func paidRow(_ invoice: InvoiceRecord) -> HTML {
    guard let paidAt = invoice.paidAt else { return "" }
    return "<dt>Dibayar</dt><dd>\(jakarta(paidAt)), \(invoice.paymentChannel ?? "–")</dd>"
  }

  private static func buttons(_ invoice: InvoiceRecord) -> HTML {
    let first = invoice.methods.first?.code ?? "QRIS"
    let others = invoice.methods.dropFirst().prefix(5).map { method -> HTML in
      "<button class=\"other\" formaction=\"/web/\(invoice.id)/pay?channel=\(method.code)\">\(method.code)</button>"
    }
    let list = others.reduce("" as HTML) { "\($0)\($1)" }
    return """
      <form method="post" action="/web/\(invoice.id)/pay?channel=\(first)">
        <button>Pay · Bayar dengan \(first)</button>
        <div class="others">\(list)</div>
        <button class="quiet" formaction="/web/\(invoice.id)/fail">Gagalkan percobaan ini</button>
        <button class="quiet" formaction="/web/\(invoice.id)/expire">Biarkan kedaluwarsa</button>
      </form>
      """
  }

  private static func backLink(_ invoice: InvoiceRecord) -> HTML {
    let name = invoice.paidAt == nil ? "failure_redirect_url" : "success_redirect_url"
    guard let url = invoice.request[name]?.string, url.hasPrefix("https://") else { return "" }
    return "<p><a href=\"\(url)\">Kembali ke toko</a></p>"
  }
}

/// Day and time on Jakarta's clocks.
private func jakarta(_ instant: Instant) -> String {
  let time = CivilTime(instant, offset: CivilTime.jakartaOffset)
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return "\(two(time.day)).\(two(time.month)).\(time.year) \(two(time.hour)):\(two(time.minute)) WIB"
}
