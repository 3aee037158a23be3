import FunctionKit

extension Database {
  /// All that the dataset in use has to say of a place, read by one statement and so at one moment.
  func facts(of place: WrittenPlace) async throws -> RegionFacts { try await one(RegionFacts.select(place)) }
}

extension RegionFacts {
  /// Districts are looked for by code wherever they are, by name in the cities that may be meant.
  static func select(_ place: WrittenPlace) -> SQL {
    """
    with asked as materialized (
      select folded_name(\(place.provinceName)) as province, folded_name(\(place.cityName)) as city,
        folded_name(\(place.districtName)) as district
    ), alias as materialized (
      select level, code::bpchar from asked join region_alias on (level, alias) in (
        ('province', asked.province), ('city', asked.city), ('district', asked.district))
    ), found_province as materialized (
      select region.code, region.name, \(rank(.province, place.provinceCode, "asked.province")),
        \(score("asked.province"))
      from asked, province region
      where is_active and (region.code = \(place.provinceCode) or \(isNamed(.province, "asked.province")))
    ), found_city as materialized (
      select region.code, region.full_name as name, region.type, province.name as "provinceName",
        \(rank(.city, place.cityCode, "asked.city")), \(score("asked.city"))
      from asked, city region join province on province.code = province_code
      where region.is_active and (region.code = \(place.cityCode) or \(isNamed(.city, "asked.city")))
    ), found_district as materialized (
      select code, name, 0 as rank, 1 as score from district where code = \(place.districtCode) and is_active
      union all
      select region.code, region.name, \(rank(.district, nil, "asked.district")), \(score("asked.district"))
      from asked, district region
      where city_code = any (array(select code from found_city where rank < 2)) and is_active
        and (\(isNamed(.district, "asked.district")))
    )
    select version, edition,
      (select coalesce(jsonb_agg(to_jsonb(found_province) order by code), '[]') from found_province) as provinces,
      (select coalesce(jsonb_agg(to_jsonb(found_city) order by code), '[]') from found_city) as cities,
      (select coalesce(jsonb_agg(to_jsonb(found_district) order by code), '[]') from found_district) as districts,
      array(
        select district_code from postal_code where postal_code = \(place.postalCode) and is_active
        order by district_code) as postal_districts,
      array(
        select distinct left(district_code, 4) from postal_code
        where district_code = any (array(
            select code from district where city_code = any (array(select code from found_city where rank < 2))))
          and is_active and left(postal_code, 3) = left(\(place.postalCode)::text, 3)
        order by 1) as prefix_cities
    from region_dataset where status = 'active'
    """
  }

  /// The name itself, another spelling of it, or one that looks like it.
  private static func isNamed(_ level: RegionLevel, _ asked: SQL) -> SQL {
    """
    region.folded_name = \(asked) or similarity(region.folded_name, \(asked)) >= 0.4
      or region.code in (select code from alias where level = \(level))
    """
  }

  private static func rank(_ level: RegionLevel, _ code: String?, _ asked: SQL) -> SQL {
    """
    case when region.code = \(code) or region.folded_name = \(asked) then 0
      when region.code in (select code from alias where level = \(level)) then 1
      else 2 end as rank
    """
  }

  private static func score(_ asked: SQL) -> SQL {
    "coalesce(round(similarity(region.folded_name, \(asked))::numeric, 3), 0) as score"
  }
}
