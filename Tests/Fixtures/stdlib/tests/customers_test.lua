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
end)

describe("consent", function()
  it("has three values", function()
    for _, yes in ipairs { "Y", "YES", "yes", "1", "-1", "TRUE", "O", " y " } do expect(consent.opt_in(yes)):is_true() end
    for _, no in ipairs { "N", "NO", "no", "0", "FALSE", "NON" } do expect(consent.opt_in(no)):equals(false) end
    for _, unasked in ipairs { "", " ", "?", "MAYBE" } do expect(consent.opt_in(unasked)):is_nil() end
  end)

  it("never reads 'not blocked' as a yes", function()
    expect(consent.block_flag "Y"):equals(false)
    for _, unblocked in ipairs { "N", "0", "", "NO" } do expect(consent.block_flag(unblocked)):is_nil() end
  end)

  it("keeps addresses, in lower case, and not what stands for none", function()
    expect(consent.email_address " COLIN.BHATT1@EXAMPLE.COM"):equals "colin.bhatt1@example.com"
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
  end)
end)
