import FunctionKit

/// The shipping zones, nearest first.
struct ListZones: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<[ShippingZone]> {
    try await context.cachedForADay(context.db.all("select \(ShippingZone.columns) from shipping_zone order by rank"))
  }
}
