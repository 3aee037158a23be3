import FunctionKit

/// A region of any level with all that it lies in; inactive ones too, because old addresses name them.
struct GetRegion: Endpoint {
  struct Input: Decodable {
    var code: String
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RegionView> {
    try await context.cachedForADay(RegionView.find(input.code, in: context.db))
  }
}
