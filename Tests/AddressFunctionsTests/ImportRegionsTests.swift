import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct ImportRegionsTests {
  @Test func `the same data change nothing, and wait to be activated`() async throws {
    try await AddressScene.run { scene in
      let before = try await scene.fingerprint()
      let reply = try await scene.importRegions(try Edition())
      #expect(reply.status == 201)
      #expect(reply.data == ["version": 2, "inserted": 0, "changed": 0, "deactivated": 0, "errors": []])
      let list = try await scene.address.call("ListDatasets", caller: scene.admin).data
      #expect(list.array?.map { $0["status"] } == ["staged", "active"])
      #expect(list[0]?["checksum"] == list[1]?["checksum"] && list[0]?["rows"] == list[1]?["rows"])
      #expect(list[0]?["rows"] == ["province": 38, "city": 514, "district": 7285, "postalCode": 11580])
      #expect(list[0]?["importedBy"]?.string == scene.admin.userID?.description && list[0]?["source"] == "a test")
      #expect(try await scene.activate(2).data["changed"] == 0)
      #expect(try await scene.fingerprint() == before)
      #expect(try await scene.activate(9).status == 404)
    }
  }

  @Test func `what an edition adds, renames and lacks`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let before = try await scene.fingerprint()
      var edition = try Edition()
      edition.provinces += "97,Papua Timur,-4.1,140.5\n"
      edition.cities += "9701,97,kabupaten,Papua Timur,,\r\n"
      edition.districts =
        Edition.dropping("317407,", from: edition.districts)
        .replacing("327302,3273,Coblong", with: "327302,3273,Coblong Raya") + "970101,9701,\"Satu, Dua\"\n"
      edition.postalCodes = Edition.dropping(ending: ",317407", from: edition.postalCodes) + "99999,970101\n"
      let gone = try RegionFiles.rows("postal_codes.csv").filter { $0[1] == "317407" }
      let report = try await scene.importRegions(edition).data
      #expect(report["inserted"] == 4 && report["changed"] == 1 && report["deactivated"]?.int == 1 + gone.count)
      #expect(try await scene.fingerprint() == before, "nothing changes before it is activated")
      #expect(try await scene.lookUp("99999").status == 404)

      #expect(try await scene.activate(2).data == report)
      #expect(try await scene.lookUp("99999").data["places"]?[0]?["district"]?["name"] == "Satu, Dua")
      #expect(try await scene.lookUp("40132").data["places"]?[0]?["district"]?["name"] == "Coblong Raya")
      #expect(
        try await scene.lookUp(gone[0][0]).data["places"]?.array?.contains { $0["district"]?["code"] == "317407" }
          != true)
      let region = try await scene.address.call("GetRegion", path: [("code", "970101")]).data
      #expect(region["province"]?["isRemote"] == true && region["province"]?["islandGroup"] == "papua")
      let hidden = try await scene.address.call("GetRegion", path: [("code", "317407")]).data
      #expect(hidden["district"]?["isActive"] == false)
      let listed = try await scene.address.call("ListDistricts", path: [("code", "3174")]).data
      #expect(listed.array?.contains { $0["code"] == "317407" } == false)
      #expect(try await scene.call("GetAddress", id).data["districtName"] == "Kebayoran Baru")
      let list = try await scene.address.call("ListDatasets", caller: scene.admin).data
      #expect(list.array?.map { $0["status"] } == ["active", "retired"])

      // And back again: what had been hidden is there, what had been added is hidden.
      let back = try await scene.activate(1).data
      #expect(back["changed"]?.int == 2 + gone.count && back["deactivated"] == 4 && back["inserted"] == 0)
      #expect(try await scene.lookUp("99999").status == 404)
      #expect(try await scene.lookUp(gone[0][0]).status == 200)
      #expect(try await scene.activate(1).data["changed"] == 0)
      let names: [String] = try await scene.address.query(
        "select name from district where code in ('327302', '317407') order by code")
      #expect(names == ["Kebayoran Baru", "Coblong"])
    }
  }

  @Test func `two regions may swap their names, and a name may go to another code`() async throws {
    try await AddressScene.run { scene in
      var edition = try Edition()
      edition.districts = edition.districts
        .replacing("327302,3273,Coblong\n", with: "327302,3273,@\n")
        .replacing("327301,3273,Sukasari\n", with: "327301,3273,Coblong\n")
        .replacing("327302,3273,@\n", with: "327302,3273,Sukasari\n")
      edition.districts = Edition.dropping("327303,", from: edition.districts)
      let third = try RegionFiles.rows("districts.csv").first { $0[0] == "327303" }?[2] ?? ""
      edition.districts += "327399,3273,\(third)\n"
      edition.postalCodes = edition.postalCodes.replacing(",327303\n", with: ",327399\n")
      try await scene.take(edition)
      let names: [String] = try await scene.address.query(
        "select name from district where code in ('327301', '327302', '327399') order by code")
      #expect(names == ["Coblong", "Sukasari", third])
    }
  }

  @Test func `two activations at once leave one edition in use`() async throws {
    try await AddressScene.run { scene in
      for _ in 0..<2 { _ = try await scene.importRegions(try Edition()) }
      async let a = scene.activate(2)
      async let b = scene.activate(3)
      #expect(try await [a, b].map(\.status) == [200, 200])
      let active: Int = try await scene.address.one("select count(*) from region_dataset where status = 'active'")
      #expect(active == 1)
    }
  }

  private static let faults: [(name: String, field: String, code: String, spoil: @Sendable (inout Edition) -> Void)] = [
    ("a district twice", "districts:7287", "duplicate", { $0.districts += "327302,3273,Elsewhere\n" }),
    ("a name twice in a city", "districts:7287", "duplicate", { $0.districts += "327399,3273,Coblong\n" }),
    ("a province twice", "provinces:40", "duplicate", { $0.provinces += "31,Jakarta,,\n" }),
    ("a city of another province", "cities:516", "prefix", { $0.cities += "3299,31,kota,Baru,,\n" }),
    ("a city without its province", "cities:516", "orphan", { $0.cities += "9901,99,kota,Baru,,\n" }),
    ("a district of another city", "districts:7287", "prefix", { $0.districts += "327399,3274,Baru\n" }),
    ("a district without its city", "districts:7287", "orphan", { $0.districts += "329901,3299,Baru\n" }),
    ("a postal code without its district", "postalCodes:11582", "orphan", { $0.postalCodes += "40199,327399\n" }),
    ("a postal code in two provinces", "postalCodes:11582", "prefix", { $0.postalCodes += "40132,317407\n" }),
    ("a pair twice", "postalCodes:11582", "duplicate", { $0.postalCodes += "40132,327302\n" }),
    ("a wrong postal code", "postalCodes:11582", "invalid", { $0.postalCodes += "00132,327302\n" }),
    ("a wrong code", "provinces:40", "invalid", { $0.provinces += "4,Baru,,\n" }),
    ("an island that is none", "provinces:40", "invalid", { $0.provinces += "41,Baru,,\n" }),
    ("a wrong type", "cities:516", "invalid", { $0.cities += "3299,32,desa,Baru,,\n" }),
    ("half a point", "cities:516", "invalid", { $0.cities += "3299,32,kota,Baru,-6.1,\n" }),
    ("a point elsewhere", "cities:516", "invalid", { $0.cities += "3299,32,kota,Baru,51.5,0.1\n" }),
    ("no name", "districts:7287", "invalid", { $0.districts += "327399,3273,\n" }),
    ("a field too many", "districts:7287", "invalid", { $0.districts += "327399,3273,Baru,x\n" }),
    ("other headings", "provinces:1", "header", { $0.provinces = "code,name\n31,Jakarta\n" }),
    ("an empty file", "postalCodes:1", "empty", { $0.postalCodes = "postal_code,district_code\n" }),
  ]

  @Test(arguments: faults.indices) func `what can't be is refused, and changes nothing`(fault: Int) async throws {
    let (name, field, code, spoil) = Self.faults[fault]
    try await AddressScene.run { scene in
      let before = try await scene.fingerprint()
      var edition = try Edition()
      spoil(&edition)
      let reply = try await scene.importRegions(edition)
      #expect(reply.status == 422 && reply.code == "dataset_invalid", "\(name)")
      let told = reply.json["details"]?.array?.first { $0["field"]?.string == field }
      #expect(told?["code"]?.string == code, "\(name): \(reply.json["details"] ?? .null)")
      let rows: Int = try await scene.address.one("select count(*) from region_dataset")
      #expect(rows == 1)
      #expect(try await scene.fingerprint() == before)
    }
  }

  @Test func `a hundred errors are told, and how many there are`() async throws {
    try await AddressScene.run { scene in
      var edition = try Edition()
      edition.provinces = "code,name,latitude,longitude\n31,Jakarta,,\n"
      let reply = try await scene.importRegions(edition)
      #expect(reply.json["details"]?.array?.count == 100)
      #expect(reply.json["detail"]?.string?.contains("of which the first 100") == true)
      edition.provinces = ""
      let empty = try await scene.address.call("ImportRegions", body: ["source": ""], caller: scene.admin)
      #expect(empty.code == "validation_failed")
    }
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...1_000_000)])
  func `whatever comes and goes, nothing is deleted and the regions are what the edition has`(seed: UInt64) async throws
  {
    var random = Seeded(seed)
    let files = try Edition()
    var editions: [Edition] = []
    for _ in 0..<3 {
      var edition = files
      let gone = Set((0..<40).map { _ in String(Int.random(in: 11...96, using: &random)) + "01" })
      func keep(_ line: Substring, _ column: Int) -> Bool {
        !gone.contains(String(line.split(separator: ",", omittingEmptySubsequences: false)[column].prefix(4)))
      }
      edition.cities = files.cities.split(separator: "\n").filter { keep($0, 0) }.joined(separator: "\n")
      edition.districts = files.districts.split(separator: "\n").filter { keep($0, 1) }.joined(separator: "\n")
      edition.postalCodes = files.postalCodes.split(separator: "\n").filter { keep($0, 1) }.joined(separator: "\n")
      editions.append(edition)
    }
    let drawn = editions
    try await AddressScene.run { scene in
      for edition in drawn {
        let version = try await scene.take(edition)
        let (wrong, all): (Int, Int) = (
          try await scene.address.one(
            """
            select count(*) from (select level, key, value from region_row where is_active) have
              full join (select * from region_dataset, dataset_row(content) where version = \(version)) wanted
              on have.level = wanted.level and have.key = wanted.key and have.value = wanted.value
            where have.key is null or wanted.key is null
            """), try await scene.address.one("select count(*) from region_row")
        )
        #expect(wrong == 0, "seed \(seed)")
        #expect(all == 38 + 514 + 7285 + 11580, "seed \(seed)")
      }
    }
  }
}

@Suite struct DatasetHealthTests {
  @Test func `the view that GET /health shows tells the edition in use`() async throws {
    try await AddressScene.run { scene in
      func told() async throws -> Int { try await scene.address.one(#"select "datasetVersion" from health"#) }
      #expect(try await told() == 1)
      try await scene.take(try Edition())
      #expect(try await told() == 2)
    }
  }
}
