local comments = require "comments"

local function declines(cases)
  for text, wanted in pairs(cases) do
    local item = comments.declined(text)
    expect({ text, item and item.description or false, item and item.price_cents or false }):equals { text, wanted[1], wanted[2] or false }
  end
end

describe("joining wrapped comments", function()
  it("by the number of the part", function()
    local rows = { { "C", "1", "CUSTOMER DECLINED WIPERS @ 44,242 MI" }, { "C", "2", "$47.74" }, { "C", "1", "WASHED VEHICLE" }, { "C", "1", "NOISE" } }
    expect(comments.numbered(rows, 2, 3)):equals { "CUSTOMER DECLINED WIPERS @ 44,242 MI $47.74", "WASHED VEHICLE", "NOISE" }
    expect(comments.numbered({ { part = 3, text = "A" }, { part = 1, text = "B" }, { part = "", text = "C" } }, "part", "text")):equals { "A", "B", "C" }
    expect(comments.numbered({}, 1, 2)):equals {}
  end)

  it("by the room that the next word had", function()
    local lines = { "RECOMMEND WIPERS EST 47.74 - DECLINED AT", "THIS TIME", "WASHED VEHICLE", "CUSTOMER DECLINED FRONT STRUTS @ 65,197", "MI $991.00" }
    expect(comments.unwrap(lines, 40)):equals {
      "RECOMMEND WIPERS EST 47.74 - DECLINED AT THIS TIME", "WASHED VEHICLE", "CUSTOMER DECLINED FRONT STRUTS @ 65,197 MI $991.00",
    }
    expect(comments.unwrap({ "A", "", "B" }, 1)):equals { "A", "B" }
  end)

  it("where lines were cut", function()
    expect(comments.unwrap({ "CUST DECL W", "IPERS", "NOISE" }, 11, "cut")):equals { "CUST DECL WIPERS", "NOISE" }
    expect(function() comments.unwrap({}, 11, "chop") end):errors "comments_test.lua"
  end)
end)

describe("declined work in comments", function()
  it("is found in each way to write it", function()
    declines {
      ["CUST DECL COOLANT FLUSH $196.20"] = { "COOLANT FLUSH", 19620 },
      ["CUST. DECL. TIMING BELT $1,247.50."] = { "TIMING BELT", 124750 },
      ["CUSTOMER DECLINED BRAKE FLUID @ 44,242 MI $122.45"] = { "BRAKE FLUID", 12245 },
      ["DECLINED FRONT STRUTS"] = { "FRONT STRUTS" },
      ["DS - TRANS SERVICE"] = { "TRANS SERVICE" },
      ["NEEDS BRAKE FLUID NEXT VISIT 132.45"] = { "BRAKE FLUID", 13245 },
      ["RECOMMEND CABIN FILTER EST 61.20 - DECLINED AT THIS TIME"] = { "CABIN FILTER", 6120 },
      ["RECOMMENDED REAR SHOCKS - DECLINED"] = { "REAR SHOCKS" },
      ["Customer declined to replace wiper blades, will do it himself"] = { "wiper blades" },
      ["BRAKE SERVICE COMPLETED. CUST DECLINED OIL CHANGE $79.95."] = { "OIL CHANGE", 7995 },
      ["GUEST DECLINES BATTERY"] = { "BATTERY" },
      ["ALIGNMENT DECLINED BY CUSTOMER"] = { "ALIGNMENT" },
    }
  end)

  it("has its measurement and severity", function()
    expect(comments.declined "CUST DECL REAR BRAKES 2MM $418.75 ** RED **"):equals {
      description = "REAR BRAKES", price_cents = 41875, severity = "red", condition = { measure = "brake_pad_rear", value = 2, unit = "mm" },
    }
    expect(comments.declined "NEEDS 2 REAR TIRES 3/32 NEXT VISIT 446.75"):equals {
      description = "2 REAR TIRES", price_cents = 44675, condition = { measure = "tire_tread_rear", value = 3, unit = "32nds" },
    }
  end)

  it("is none in false friends", function()
    local friends = {
      "CUSTOMER DECLINED LOANER", "DECLINED CAR WASH", "CUSTOMER DECLINED TO WAIT, WILL CALL", "CUST DECL SHUTTLE", "DECLINED A RIDE HOME",
      "CUSTOMER DECLINED EXTENDED WARRANTY", "BRAKE INSPECTION COMPLETED, PADS GOOD", "Brake Service Completed. Needs Oil Change.",
      "CUST STATES NOISE ON BUMPS", "WASHED VEHICLE", "NOTHING DECLINED", "PERFORMED PREVIOUSLY DECLINED REAR BRAKES", "CUSTOMER DECLINED ALL WORK",
      "DECLINED", "DECLINED AT THIS TIME", "DECLINATION FORM SIGNED", "COOLANT DECLINING", "REPLACED PADS - NEXT VISIT OIL", "", "FLUIDS - OK",
    }
    for _, text in ipairs(friends) do expect({ text, comments.declined(text) }):equals { text } end
    expect(comments.declined(nil)):is_nil()
  end)

  it("is all found in a text of several sentences", function()
    local found = comments.all_declined "CUST DECL WIPERS $47.74. CUSTOMER DECLINED LOANER; CUST DECL COOLANT FLUSH EST. 196.20\nDS - ALIGNMENT"
    expect(#found):equals(3)
    expect({ found[1].description, found[2].description, found[2].price_cents, found[3].description })
      :equals { "WIPERS", "COOLANT FLUSH", 19620, "ALIGNMENT" }
  end)

  it("costs little on long cells", function()
    for _, piece in ipairs { "DECLINED ", "$1", "*", "MM", "3", "@ 1", " ", "EST ", ". ", "1,", "DS - ", "[R]*" } do
      comments.all_declined("DECLINED [R] " .. piece:rep(20000 // #piece))
    end
  end)
end)

describe("comments.price", function()
  it("finds a price and no odometer", function()
    local cases = {
      ["WIPERS @ 44,242 MI $47.74"] = 4774, ["STRUTS EST 989.75 - LATER"] = 98975, ["QUOTED $1,247.50+TAX"] = 124750,
      ["NEXT VISIT 222.45"] = 22245, ["OIL CHANGE 79.95."] = 7995, ["$200"] = 20000,
    }
    for text, cents in pairs(cases) do expect({ text, comments.price(text) }):equals { text, cents } end
    for _, none in ipairs { "", "@ 44,242 MI", "SEEN AT 44,242", "$200-$300", "REPLACE 4 TIRES", "CALL FOR PRICE", "TREAD 3/32" } do
      expect({ none, comments.price(none) }):equals { none }
    end
    expect(comments.price(nil)):is_nil()
  end)
end)
