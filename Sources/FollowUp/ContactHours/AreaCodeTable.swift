/// Which states, provinces and time zones each area code serves.
///
/// Sources: Google libphonenumber 9.0.43 (November 2026), its geocoding and time zone data; and the announcements of
/// the state commissions for overlays that it doesn't have yet: 357, 436, 457, 465, 471, 483, 565, 621, 624, 679, 729,
/// 837, 861, 924. Where a code crosses a zone's border, or a town beside the border keeps the neighbour's time, every
/// zone is listed: a zone too many only tightens. Zones that have agreed since 2019 are listed under one name (Boise
/// under Denver, Detroit under New York).
enum AreaCodeTable {
    struct Row: Sendable {
        let jurisdictions: [Jurisdiction]
        let zones: [Zone]
        let codes: [Int]

        init(_ jurisdictions: [Jurisdiction], _ zones: [Zone], _ codes: [Int]) {
            self.jurisdictions = jurisdictions
            self.zones = zones
            self.codes = codes
        }
    }

    static let eastern = Zone(builtIn: "America/New_York")
    static let central = Zone(builtIn: "America/Chicago")
    static let mountain = Zone(builtIn: "America/Denver")
    static let pacific = Zone(builtIn: "America/Los_Angeles")
    static let arizona = Zone(builtIn: "America/Phoenix")

    /// The zones of the 48 states, for a recipient of whom nothing is known.
    static let continental = [eastern, central, mountain, pacific, arizona]

    /// Places by area code, 0 to 999.
    static let byNumber: [[Place]] = {
        var places = [[Place]](repeating: [], count: 1000)
        for row in rows {
            let served = row.jurisdictions.flatMap { jurisdiction in
                row.zones.map { Place(zone: $0, jurisdiction: jurisdiction) }
            }
            for code in row.codes { places[code] += served }
        }
        return places
    }()

    /// Every zone that some code of the jurisdiction has.
    static let byJurisdiction: [Jurisdiction: [Place]] = {
        var places: [Jurisdiction: [Place]] = [:]
        for row in rows {
            for jurisdiction in row.jurisdictions {
                for zone in row.zones {
                    let place = Place(zone: zone, jurisdiction: jurisdiction)
                    if !places[jurisdiction, default: []].contains(place) { places[jurisdiction, default: []].append(place) }
                }
            }
        }
        return places
    }()

    static let rows: [Row] = unitedStates + territories + canada

    private static let unitedStates: [Row] = [
        Row([.alabama], [central], [205, 251, 256, 659, 938]),
        Row([.alabama], [central, eastern], [334, 483]),  // Phenix City and Lanett keep Georgia's time
        Row([.alaska], [Zone(builtIn: "America/Anchorage"), Zone(builtIn: "America/Adak")], [907]),
        Row([.arizona], [arizona], [480, 520, 602, 623]),
        Row([.arizona], [arizona, mountain], [928]),  // the Navajo Nation changes clocks
        Row([.arkansas], [central], [327, 479, 501, 870]),
        Row(
            [.california], [pacific],
            [
                209, 213, 279, 310, 323, 341, 350, 357, 369, 408, 415, 424, 442, 510, 530, 559, 562, 619, 626, 628, 650,
                657, 661, 669, 707, 714, 738, 747, 760, 805, 818, 820, 831, 837, 840, 858, 909, 916, 925, 949, 951,
            ]),
        Row([.colorado], [mountain], [303, 719, 720, 748, 970, 983]),
        Row([.connecticut], [eastern], [203, 475, 860, 959]),
        Row([.delaware], [eastern], [302]),
        Row([.districtOfColumbia], [eastern], [202, 771]),
        Row(
            [.florida], [eastern],
            [
                239, 305, 321, 324, 352, 386, 407, 561, 645, 656, 689, 727, 728, 754, 772, 786, 813, 863, 904, 941, 954,
            ]),
        Row([.florida], [eastern, central], [448, 850]),
        Row([.georgia], [eastern], [229, 404, 470, 478, 565, 678, 706, 762, 770, 912, 943]),
        Row([.hawaii], [Zone(builtIn: "Pacific/Honolulu")], [808]),
        Row([.idaho], [mountain, pacific], [208, 986]),
        Row(
            [.illinois], [central],
            [217, 224, 309, 312, 331, 447, 464, 618, 630, 708, 730, 773, 779, 815, 847, 861, 872]),
        Row([.indiana], [eastern], [260, 317, 463, 765]),
        Row([.indiana], [eastern, central], [219, 574, 812, 930]),
        Row([.iowa], [central], [319, 515, 563, 641, 712]),
        Row([.kansas], [central], [316, 913]),
        Row([.kansas], [central, mountain], [620, 785]),
        Row([.kentucky], [eastern], [502, 859]),
        Row([.kentucky], [central, eastern], [270, 364, 606]),
        Row([.louisiana], [central], [225, 318, 337, 457, 504, 985]),
        Row([.maine], [eastern], [207]),
        Row([.maryland], [eastern], [227, 240, 301, 410, 443, 667]),
        Row([.massachusetts], [eastern], [339, 351, 413, 508, 617, 774, 781, 857, 978]),
        Row([.michigan], [eastern], [231, 248, 269, 313, 517, 586, 616, 679, 734, 810, 947, 989]),
        Row([.michigan], [eastern, central], [906]),
        Row([.minnesota], [central], [218, 320, 507, 612, 651, 763, 924, 952]),
        Row([.mississippi], [central], [228, 471, 601, 662, 769]),
        Row([.missouri], [central], [235, 314, 417, 557, 573, 636, 660, 816, 975]),
        Row([.montana], [mountain], [406]),
        Row([.nebraska], [central, mountain], [308, 402, 531]),  // 402: Cody in western Cherry County
        Row([.nevada], [pacific], [702, 725]),
        Row([.nevada], [pacific, mountain], [775]),  // West Wendover, Jackpot
        Row([.newHampshire], [eastern], [603]),
        Row([.newJersey], [eastern], [201, 551, 609, 640, 732, 848, 856, 862, 908, 973]),
        Row([.newMexico], [mountain], [505, 575]),
        Row(
            [.newYork], [eastern],
            [
                212, 315, 329, 332, 347, 363, 465, 516, 518, 585, 607, 624, 631, 646, 680, 716, 718, 838, 845, 914, 917,
                929, 934,
            ]),
        Row([.northCarolina], [eastern], [252, 336, 472, 704, 743, 828, 910, 919, 980, 984]),
        Row([.northDakota], [central, mountain], [701]),
        Row([.ohio], [eastern], [216, 220, 234, 283, 326, 330, 380, 419, 436, 440, 513, 567, 614, 740, 937]),
        Row([.oklahoma], [central], [405, 539, 572, 918]),
        Row([.oklahoma], [central, mountain], [580]),  // Kenton keeps New Mexico's time
        Row([.oregon], [pacific], [503, 971]),
        Row([.oregon], [pacific, mountain], [458, 541]),  // Malheur County
        Row([.pennsylvania], [eastern], [215, 223, 267, 272, 412, 445, 484, 570, 582, 610, 717, 724, 814, 835, 878]),
        Row([.rhodeIsland], [eastern], [401]),
        Row([.southCarolina], [eastern], [803, 821, 839, 843, 854, 864]),
        Row([.southDakota], [central, mountain], [605]),
        Row([.tennessee], [central], [615, 629, 731, 901]),
        Row([.tennessee], [central, eastern], [423, 729, 931]),
        Row([.tennessee], [eastern], [865]),
        Row(
            [.texas], [central],
            [
                210, 214, 254, 281, 325, 346, 361, 409, 430, 469, 512, 621, 682, 713, 726, 737, 806, 817, 830, 832, 903,
                936, 940, 945, 956, 972, 979,
            ]),
        Row([.texas], [central, mountain], [432, 915]),  // El Paso; Culberson County's north west
        Row([.utah], [mountain], [385, 435, 801]),
        Row([.vermont], [eastern], [802]),
        Row([.virginia], [eastern], [276, 434, 540, 571, 686, 703, 757, 804, 826, 948]),
        Row([.washington], [pacific], [206, 253, 360, 425, 509, 564]),
        Row([.westVirginia], [eastern], [304, 681]),
        Row([.wisconsin], [central], [262, 274, 353, 414, 534, 608, 715, 920]),
        Row([.wyoming], [mountain], [307]),
    ]

    private static let territories: [Row] = [
        Row([.americanSamoa], [Zone(builtIn: "Pacific/Pago_Pago")], [684]),
        Row([.guam], [Zone(builtIn: "Pacific/Guam")], [671]),
        Row([.northernMarianaIslands], [Zone(builtIn: "Pacific/Saipan")], [670]),
        Row([.puertoRico], [Zone(builtIn: "America/Puerto_Rico")], [787, 939]),
        Row([.virginIslands], [Zone(builtIn: "America/St_Thomas")], [340]),
    ]

    private static let edmonton = Zone(builtIn: "America/Edmonton")
    private static let halifax = Zone(builtIn: "America/Halifax")
    private static let regina = Zone(builtIn: "America/Regina")
    private static let toronto = Zone(builtIn: "America/Toronto")
    private static let vancouver = Zone(builtIn: "America/Vancouver")
    private static let winnipeg = Zone(builtIn: "America/Winnipeg")
    private static let atikokan = Zone(builtIn: "America/Atikokan")

    private static let canada: [Row] = [
        Row([.alberta], [edmonton], [368, 403, 587, 780, 825]),
        Row([.britishColumbia], [vancouver], [604]),
        Row(
            [.britishColumbia],
            [
                vancouver, edmonton, Zone(builtIn: "America/Creston"), Zone(builtIn: "America/Dawson_Creek"),
                Zone(builtIn: "America/Fort_Nelson"),
            ], [236, 250, 257, 672, 778]),
        Row([.manitoba], [winnipeg], [204, 431, 584]),
        Row([.newBrunswick], [Zone(builtIn: "America/Moncton")], [428, 506]),
        Row(
            [.newfoundlandAndLabrador], [Zone(builtIn: "America/St_Johns"), Zone(builtIn: "America/Goose_Bay")],
            [709, 879]),
        Row([.novaScotia, .princeEdwardIsland], [halifax], [782, 902]),
        Row(
            [.ontario], [toronto],
            [
                226, 249, 289, 343, 365, 382, 416, 437, 519, 548, 613, 647, 683, 705, 742, 753, 905, 942,
            ]),
        Row([.ontario], [toronto, winnipeg, atikokan], [807]),
        Row([.quebec], [toronto], [263, 354, 438, 450, 468, 514, 579, 819, 873]),
        // The Magdalen Islands and the Lower North Shore keep Atlantic time.
        Row([.quebec], [toronto, halifax, Zone(builtIn: "America/Blanc-Sablon")], [273, 367, 418, 581]),
        // Lloydminster keeps Alberta's time, Creighton Manitoba's.
        Row([.saskatchewan], [regina, edmonton, winnipeg], [306, 474, 639]),
        Row([.yukon], [Zone(builtIn: "America/Whitehorse")], [867]),
        Row([.northwestTerritories], [edmonton, Zone(builtIn: "America/Inuvik")], [867]),
        Row(
            [.nunavut],
            [
                Zone(builtIn: "America/Iqaluit"), Zone(builtIn: "America/Rankin_Inlet"), Zone(builtIn: "America/Resolute"),
                Zone(builtIn: "America/Cambridge_Bay"), atikokan,
            ], [867]),
    ]
}
