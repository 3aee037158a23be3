import FunctionKit

/// Shows an advertiser what is owed for a campaign, and where to pay it.
struct GetSponsoredPostPayment: Endpoint {
  struct Input: Decodable {
    var sponsoredPostId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> SingleBillView {
    let post = try await context.db.sponsoredPostPayment(input.sponsoredPostId)
    try context.requireOwner(post?.userId, of: "sponsored post")
    guard let post, let payment = try await context.db.payment(post.paymentId) else {
      throw Problem.notFound("sponsored post")
    }
    return try await SingleBillView(
      payment: context.db.shown(payment), invoice: context.db.invoice(payment.invoiceId).flatMap(InvoiceView.init))
  }
}
