public import FunctionKit

/// Users' addresses, and Indonesia's regions, postal codes and shipping zones.
public enum Address: FunctionBundle {
  public static var functions: [Registered] {
    regions + book + care
  }

  private static var regions: [Registered] {
    [
      .endpoint(ListProvinces.self), .endpoint(ListCities.self), .endpoint(ListDistricts.self),
      .endpoint(GetRegion.self), .endpoint(SearchRegions.self),
      .endpoint(LookupPostalCode.self), .endpoint(ListPostalCodes.self),
      .endpoint(ListZones.self), .endpoint(QuoteZone.self), .endpoint(QuoteZoneInternal.self),
    ]
  }

  private static var book: [Registered] {
    [
      .endpoint(CreateAddress.self), .endpoint(ListAddresses.self), .endpoint(GetDefaultAddress.self),
      .endpoint(GetAddress.self), .endpoint(UpdateAddress.self), .endpoint(SetDefaultAddress.self),
      .endpoint(DeleteAddress.self), .endpoint(ValidateAddress.self), .endpoint(GetAddressInternal.self),
      .endpoint(GetDefaultInternal.self), .endpoint(MarkAddressUsed.self), .endpoint(SetCourierArea.self),
      .event(EraseUser.self),
    ]
  }

  private static var care: [Registered] {
    [
      .endpoint(ImportRegions.self), .endpoint(ActivateRegions.self), .endpoint(ListDatasets.self),
      .endpoint(SetRegionFlags.self), .endpoint(SetAlias.self), .endpoint(SetMetro.self),
      .endpoint(FindAddresses.self), .cron(PruneValidationCache.self), .cron(RevalidateAfterImport.self),
    ]
  }
}
