/// Reads the four files of an edition, and finds all that is wrong with them.
struct DatasetReader: Sendable {
  private(set) var dataset = RegionDataset()
  private(set) var errors = DatasetErrors()
  private var codes: Set<String> = []
  private var names: Set<[String]> = []

  /// - Throws: ``DatasetErrors``.
  static func read(
    provinces: String, cities: String, districts: String, postalCodes: String
  ) throws(DatasetErrors) -> RegionDataset {
    var reader = DatasetReader()
    reader.readProvinces(provinces)
    reader.readCities(cities)
    reader.readDistricts(districts)
    reader.readPostalCodes(postalCodes)
    guard reader.errors.count == 0 else { throw reader.errors }
    return reader.dataset
  }

  private mutating func readProvinces(_ text: String) {
    each("provinces", text, ["code", "name", "latitude", "longitude"]) { reader, row in
      guard reader.take(row[0], .province, under: nil), reader.name(row[1], under: ["province"]),
        let point = reader.point(row[2], row[3])
      else { return }
      reader.dataset.provinces.append(
        RegionDataset.Province(code: row[0], name: row[1], latitude: point?.latitude, longitude: point?.longitude))
    }
  }

  private mutating func readCities(_ text: String) {
    each("cities", text, ["code", "province_code", "type", "name", "latitude", "longitude"]) { reader, row in
      guard reader.take(row[0], .city, under: row[1]), let type = reader.type(row[2]),
        reader.name(row[3], under: [row[1], row[2]]), let point = reader.point(row[4], row[5])
      else { return }
      reader.dataset.cities.append(
        RegionDataset.City(
          code: row[0], type: type, name: row[3], latitude: point?.latitude, longitude: point?.longitude))
    }
  }

  private mutating func readDistricts(_ text: String) {
    each("districts", text, ["code", "city_code", "name"]) { reader, row in
      guard reader.take(row[0], .district, under: row[1]), reader.name(row[2], under: [row[1]]) else { return }
      reader.dataset.districts.append(RegionDataset.District(code: row[0], name: row[2]))
    }
  }

  private mutating func readPostalCodes(_ text: String) {
    var provinces: [String: Substring] = [:]
    var pairs: Set<RegionDataset.PostalPair> = []
    each("postalCodes", text, ["postal_code", "district_code"]) { reader, row in
      let pair = RegionDataset.PostalPair(postalCode: row[0], districtCode: row[1])
      let province = row[1].prefix(2)
      reader.require(PostalCode.isWellFormed(row[0]), "\(row[0]) is no postal code", code: "invalid")
      reader.require(
        reader.codes.contains(row[1]) && row[1].utf8.count == 6, "\(row[1]) is no district", code: "orphan")
      reader.require(pairs.insert(pair).inserted, "\(row[0]) and \(row[1]) are there twice", code: "duplicate")
      let known = provinces[row[0]] ?? province
      reader.require(known == province, "\(row[0]) is in two provinces", code: "prefix")
      provinces[row[0]] = known
      reader.dataset.postalCodes.append(pair)
    }
  }

  // MARK: - Where it is in the files

  private var file = ""
  private var line = 0

  private mutating func each(
    _ file: String, _ text: String, _ header: [String], _ body: (inout DatasetReader, [String]) -> Void
  ) {
    self.file = file
    line = 1
    let rows = CSV(text).rows
    guard rows.first?.fields == header else {
      return fail("the first line must be \(header.joined(separator: ","))", code: "header")
    }
    if rows.count == 1 { fail("there are no rows", code: "empty") }
    for row in rows.dropFirst() {
      line = row.line
      if row.fields.count == header.count {
        body(&self, row.fields)
      } else {
        fail("there are \(row.fields.count) fields, not \(header.count)", code: "invalid")
      }
    }
  }

  private mutating func fail(_ message: String, code: String) { errors.add(file, line, message, code: code) }

  /// - Returns: whether it holds.
  @discardableResult
  private mutating func require(_ holds: Bool, _ message: @autoclosure () -> String, code: String) -> Bool {
    if !holds { fail(message(), code: code) }
    return holds
  }

  // MARK: - Fields

  /// A code that is new, well formed, and begins with that of a region which is there.
  private mutating func take(_ text: String, _ level: RegionLevel, under parent: String?) -> Bool {
    let code = RegionCode(text)
    guard
      require(
        code?.level == level && !text.hasPrefix("0") && !text.hasPrefix("4"), "\(text) is no code", code: "invalid"),
      require(codes.insert(text).inserted, "\(text) is there twice", code: "duplicate")
    else { return false }
    guard let parent else { return true }
    return require(text.hasPrefix(parent) && !parent.isEmpty, "\(text) does not begin with \(parent)", code: "prefix")
      && require(codes.contains(parent), "there is no \(parent)", code: "orphan")
  }

  private mutating func name(_ text: String, under parent: [String]) -> Bool {
    let isPlain =
      (1...100).contains(text.count) && trimmed(text) == text
      && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return require(isPlain, "the name must have 1 to 100 characters", code: "invalid")
      && require(names.insert(parent + [text]).inserted, "\(text) is there twice", code: "duplicate")
  }

  private mutating func type(_ text: String) -> CityType? {
    let type = CityType(rawValue: text)
    require(type != nil, "the type must be kota or kabupaten", code: "invalid")
    return type
  }

  /// Both or none; nil when it is wrong.
  private mutating func point(_ latitude: String, _ longitude: String) -> WrittenPlace.Point?? {
    if latitude.isEmpty && longitude.isEmpty { return .some(nil) }
    guard let latitude = Double(latitude), let longitude = Double(longitude) else {
      fail("latitude and longitude must be numbers, or both empty", code: "invalid")
      return nil
    }
    let point = WrittenPlace.Point(latitude: latitude, longitude: longitude)
    return require(point.isInIndonesia, "the point is outside of Indonesia", code: "invalid") ? point : nil
  }
}
