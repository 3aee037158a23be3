import FunctionKit

/// Takes in an edition of the region data and tells what it would change. Nothing changes before it is activated.
struct ImportRegions: Endpoint {
  /// The files' text, each with its line of headings.
  struct Input: Decodable, Limited {
    /// Where it comes from, for people.
    var source: String
    /// `code,name,latitude,longitude`
    var provinces: String
    /// `code,province_code,type,name,latitude,longitude`
    var cities: String
    /// `code,city_code,name`
    var districts: String
    /// `postal_code,district_code`
    var postalCodes: String

    static let limits: [String: FieldLimit] = ["source": .text(1...255)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<DatasetReport> {
    var validation = Validation()
    validation.text(input.source, "source", length: 1...255)
    try validation.finish()
    let dataset = try await read(input, context)
    return try await context.work(because: "import_regions") { work in
      Reply(try await work.stage(dataset, input), status: 201)
    }
  }

  private func read(_ input: Input, _ context: Context) async throws -> RegionDataset {
    do {
      return try await context.offload {
        try DatasetReader.read(
          provinces: input.provinces, cities: input.cities, districts: input.districts,
          postalCodes: input.postalCodes)
      }
    } catch let errors as DatasetErrors {
      throw errors.problem
    }
  }
}

extension Work {
  fileprivate func stage(_ dataset: RegionDataset, _ input: ImportRegions.Input) async throws -> DatasetReport {
    try await holdDatasets()
    let text = input.provinces + input.cities + input.districts + input.postalCodes
    let version: Int = try await db.one(
      """
      insert into region_dataset (version, source, checksum, rows, content, status, imported_by, created_at, updated_at)
      select max(version) + 1, \(input.source), encode(sha256(convert_to(\(text), 'UTF8')), 'hex'),
        \(try AsJSON(dataset.counts)), \(try AsJSON(dataset)), 'staged', \(context.caller.userID), \(now), \(now)
      from region_dataset returning version
      """)
    try await record(.dataset, "\(version)", to: "staged")
    return try await db.report(on: version)
  }
}
