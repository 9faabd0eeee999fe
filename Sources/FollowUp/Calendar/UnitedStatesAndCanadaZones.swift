/// The tz database's identifiers for the United States (without its territories) and Canada.
///
/// Source: `zone.tab` of the tz database, release 2026f, countries US and CA.
public enum UnitedStatesAndCanadaZones {
    public static let unitedStates: [String] = [
        "America/Adak", "America/Anchorage", "America/Boise", "America/Chicago", "America/Denver", "America/Detroit",
        "America/Indiana/Indianapolis", "America/Indiana/Knox", "America/Indiana/Marengo",
        "America/Indiana/Petersburg", "America/Indiana/Tell_City", "America/Indiana/Vevay",
        "America/Indiana/Vincennes", "America/Indiana/Winamac", "America/Juneau", "America/Kentucky/Louisville",
        "America/Kentucky/Monticello", "America/Los_Angeles", "America/Menominee", "America/Metlakatla",
        "America/New_York", "America/Nome", "America/North_Dakota/Beulah", "America/North_Dakota/Center",
        "America/North_Dakota/New_Salem", "America/Phoenix", "America/Sitka", "America/Yakutat", "Pacific/Honolulu",
    ]

    public static let canada: [String] = [
        "America/Atikokan", "America/Blanc-Sablon", "America/Cambridge_Bay", "America/Creston", "America/Dawson",
        "America/Dawson_Creek", "America/Edmonton", "America/Fort_Nelson", "America/Glace_Bay", "America/Goose_Bay",
        "America/Halifax", "America/Inuvik", "America/Iqaluit", "America/Moncton", "America/Rankin_Inlet",
        "America/Regina", "America/Resolute", "America/St_Johns", "America/Swift_Current", "America/Toronto",
        "America/Vancouver", "America/Whitehorse", "America/Winnipeg",
    ]

    public static let identifiers: [String] = unitedStates + canada
}
