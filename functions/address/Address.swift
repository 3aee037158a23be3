public import FunctionKit

/// Indonesia's regions, postal codes and shipping zones.
public enum Address: FunctionBundle {
  public static var functions: [Registered] {
    [
      .endpoint(ListProvinces.self), .endpoint(ListCities.self), .endpoint(ListDistricts.self),
      .endpoint(GetRegion.self), .endpoint(SearchRegions.self),
      .endpoint(LookupPostalCode.self), .endpoint(ListPostalCodes.self),
      .endpoint(ListZones.self), .endpoint(QuoteZone.self), .endpoint(QuoteZoneInternal.self),
    ]
  }
}
