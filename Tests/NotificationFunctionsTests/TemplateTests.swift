import Testing

@testable import NotificationFunctions

@Suite struct TemplateTests {
  private let template = Template(
    code: "payment_success", version: 1, type: "payment_success", category: .payment, channels: [.inApp],
    priority: .high,
    titleTpl: "Pembayaran berhasil",
    bodyTpl: "Pembayaran {{amount}} untuk pesanan {{orderNumber}} sudah kami terima.", smsTpl: "Lakoo: {{orderNumber}}",
    htmlTpl: "<p>{{orderNumber}}</p>", actionUrlTpl: "/orders/{{orderId}}", actionText: "Lihat pesanan",
    variables: [
      "amount": TemplateVariable(type: .rupiah, required: true),
      "orderNumber": TemplateVariable(type: .text, required: true),
      "orderId": TemplateVariable(type: .text, required: true),
    ])

  private let values: [String: TemplateValue] = [
    "amount": .rupiah(279_250), "orderNumber": .text("ORD-<1>"), "orderId": .text("a/b"), "unused": .text("x"),
  ]

  @Test func `each part is filled and escaped in its own way`() throws {
    #expect(
      try template.render(values)
        == RenderedMessage(
          title: "Pembayaran berhasil", body: "Pembayaran Rp 279.250 untuk pesanan ORD-<1> sudah kami terima.",
          shortText: "Lakoo: ORD-<1>", html: "<p>ORD-&lt;1&gt;</p>", actionURL: "/orders/a%2Fb",
          actionText: "Lihat pesanan"))
  }

  @Test func `a text that is too long is cut to what can be stored`() throws {
    var values = values
    values["orderNumber"] = .text(String(repeating: "9", count: 5000))
    let message = try template.render(values)
    #expect(message.body.count == 4000)
    #expect(message.shortText?.count == 160)
  }

  @Test func `a template without a part gives a message without it`() throws {
    var plain = template
    (plain.smsTpl, plain.htmlTpl, plain.actionUrlTpl, plain.actionText) = (nil, nil, nil, nil)
    let message = try plain.render(values)
    #expect(message.shortText == nil)
    #expect(message.html == nil)
    #expect(message.actionURL == nil)
  }
}
