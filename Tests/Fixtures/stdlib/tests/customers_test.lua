local consent, names, phone = require "consent", require "names", require "phone"

describe("phone", function()
  it("reads US and Canadian numbers", function()
    for _, text in ipairs { "3125550142", "(312) 555-0142", "312-555-0142", "312.555.0142", "1 312 555 0142", "+1 (312) 555-0142 x12" } do
      expect(phone.us(text)):equals "+13125550142"
    end
  end)

  it("gives nil for what is none", function()
    for _, text in ipairs { "", "5550142", "0125550142", "312055014", "none", "+44 20 7946 0958", "31255501420" } do
      expect(phone.us(text)):is_nil()
    end
  end)

  it("takes the cell, then the home, then the work number", function()
    expect(phone.pick "W:(612) 555-0144/H:(612) 555-0105/C:(612) 555-0176"):equals "+16125550176"
    expect(phone.pick "W:(612) 555-0144/H:(612) 555-0105"):equals "+16125550105"
    expect(phone.pick "W:(612) 555-0144"):equals "+16125550144"
    expect(phone.pick "C:/H:(612) 555-0105"):equals "+16125550105"
    expect(phone.pick "(612) 555-0105"):equals "+16125550105"
    expect(phone.pick ""):is_nil()
  end)

  it("knows labels in words, before and after the numbers", function()
    local lists = {
      "HOME: 612-555-0105 CELL: 612-555-0176", "Home (612) 555-0105; Mobile (612) 555-0176", "CELL PHONE: 612.555.0176 x12 WORK: 612 555 0144",
      "612-555-0105 (HOME), 612-555-0176 (CELL)", "H:6125550105/CELL:6125550176", "Maison: 612-555-0105, Cellulaire: 612-555-0176",
    }
    for _, list in ipairs(lists) do expect({ list, phone.pick(list) }):equals { list, "+16125550176" } end
    expect(phone.pick "FAC:(612) 555-0144"):is_nil()
    expect(phone.pick "CELL: / HOME: 612-555-0105"):equals "+16125550105"
  end)

  it("takes another order", function()
    local list = "H:(612) 555-0105/C:(612) 555-0176/W:(612) 555-0144"
    expect(phone.pick(list, "wch")):equals "+16125550144"
    expect(phone.pick("W:(612) 555-0144", "ch")):is_nil()
    expect(function() phone.pick(list, "cell") end):errors "customers_test.lua"
  end)

  it("takes the first of several columns", function()
    expect(phone.first("0", "", "6125550105")):equals "+16125550105"
    expect(phone.first(nil, "6125550105")):equals "+16125550105"
    expect(phone.first("", nil)):is_nil()
  end)

  it("takes one of a list of tables", function()
    local list = { { phoneType = "HOME", number = "(612) 555-0105" }, { phoneType = "MOBILE", number = "+1 (612) 555-0176" }, { number = "1" } }
    expect(phone.from(list, "phoneType", "number")):equals "+16125550176"
    expect(phone.from(list, "phoneType", "number", "hc")):equals "+16125550105"
    expect(phone.from(nil, "phoneType", "number")):is_nil()
  end)
end)

describe("consent", function()
  it("has three values", function()
    for _, yes in ipairs { "Y", "YES", "yes", "1", "-1", "TRUE", "O", " y " } do expect(consent.opt_in(yes)):is_true() end
    for _, no in ipairs { "N", "NO", "no", "0", "FALSE", "NON" } do expect(consent.opt_in(no)):equals(false) end
    for _, unasked in ipairs { "", " ", "?", "MAYBE" } do expect(consent.opt_in(unasked)):is_nil() end
  end)

  it("reads JSON's own and numbers", function()
    expect({ consent.opt_in(true), consent.opt_in(false), consent.opt_in(1), consent.opt_in(0), consent.opt_in(-1) })
      :equals { true, false, true, false, true }
    expect(consent.opt_in(nil)):is_nil()
    expect(consent.opt_in(2)):is_nil()
    expect(consent.block_flag(true)):equals(false)
    expect(consent.block_flag(false)):is_nil()
  end)

  it("turns an answer to 'keep off?' round", function()
    expect({ consent.opt_out "true", consent.opt_out "1", consent.opt_out "0", consent.opt_out "N" }):equals { false, false, true, true }
    expect(consent.opt_out ""):is_nil()
    expect(consent.opt_out(nil)):is_nil()
  end)

  it("names channels in our words", function()
    for word, channel in pairs { TEXT = "text", SMS = "text", ["Text Message"] = "text", ["E-mail"] = "email", EMAIL = "email", PHONE = "call", Voice = "call" } do
      expect({ word, consent.channel(word) }):equals { word, channel }
    end
    for _, none in ipairs { "", "MAIL", "NONE", "ANY" } do expect(consent.channel(none)):is_nil() end
    expect(consent.channel(nil)):is_nil()
  end)

  it("never reads 'not blocked' as a yes", function()
    expect(consent.block_flag "Y"):equals(false)
    for _, unblocked in ipairs { "N", "0", "", "NO" } do expect(consent.block_flag(unblocked)):is_nil() end
  end)

  it("keeps addresses, in lower case, and not what stands for none", function()
    expect(consent.email_address " COLIN.BHATT1@EXAMPLE.COM"):equals "colin.bhatt1@example.com"
    expect(consent.email_address "mailto:Maria@example.com"):equals "maria@example.com"
    expect(consent.email_address(nil)):is_nil()
    for _, none in ipairs { "", "NONE", "REFUSED", "a@b", "a b@example.com", "a@@example.com", "@example.com" } do
      expect(consent.email_address(none)):is_nil()
    end
  end)
end)

describe("names", function()
  local function person(text) return { names.person(text) } end

  it("turns last-name-first round and drops the middle initial", function()
    expect(person "O'BRIEN,MAURA K"):equals { "Maura O'Brien", "Maura" }
    expect(person "SMITH-JONES, NADIA K"):equals { "Nadia Smith-Jones", "Nadia" }
    expect(person "VAN DYKE, ROSALIND"):equals { "Rosalind Van Dyke", "Rosalind" }
    expect(person "MAURA K O'BRIEN"):equals { "Maura O'Brien", "Maura" }
  end)

  it("leaves mixed case and businesses alone", function()
    expect(person "McDonald,Ian"):equals { "Ian McDonald", "Ian" }
    expect(person "BLUE HERON CATERING INC"):equals { "BLUE HERON CATERING INC" }
    expect(person "Acme Towing, LLC"):equals { "Acme Towing, LLC" }
    expect(person "PLOMBERIE DU NORD LTÉE"):equals { "PLOMBERIE DU NORD LTÉE" }
    expect(person "Garage du Lac enr."):equals { "Garage du Lac enr." }
  end)

  it("knows accents", function()
    expect(person "LÉVESQUE,ÉLODIE"):equals { "Élodie Lévesque", "Élodie" }
  end)

  it("makes nobody of nothing", function()
    expect(person ""):equals {}
    expect(person " , "):equals {}
    expect(person "SMITH,"):equals { "Smith" }
  end)

  it("reads two columns the same way", function()
    expect({ names.first_last("MAURA K", "O'BRIEN") }):equals { "Maura O'Brien", "Maura" }
    expect({ names.first_last("", "BLUE HERON INC") }):equals { "BLUE HERON INC" }
    expect({ names.first_last("", "") }):equals {}
    expect({ names.first_last(nil, nil) }):equals {}
    expect({ names.first_last("Maura", "Lopez") }):equals { "Maura Lopez", "Maura" }
    expect({ names.first_last("MAURA", "LOPEZ") }):equals { "Maura Lopez", "Maura" }
  end)

  it("puts a business that has a column of its own first", function()
    expect({ names.first_last(nil, nil, "BLUE HERON LLC") }):equals { "BLUE HERON LLC" }
    expect({ names.first_last("MAURA", "LOPEZ", "") }):equals { "Maura Lopez", "Maura" }
  end)

  it("leaves out NULs that pad a name", function()
    expect({ names.first_last("Yolanda", "Smith-Jones\0") }):equals { "Yolanda Smith-Jones", "Yolanda" }
    expect(person "Nakagawa\0\0, Owen"):equals { "Owen Nakagawa", "Owen" }
    expect(person "SMITH\0,JOHN"):equals { "John Smith", "John" }
    expect(person(nil)):equals {}
  end)
end)
