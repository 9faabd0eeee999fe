local mapping = require "mapping"

local columns = { "hostdb", "ronumber", "opendate", "closedate", "voiddate", "rostatuscodedesc", "custno", "name1", "name2",
  "contactphonenumber", "contactemailaddress", "blockautomsg", "vin", "year", "make", "model", "mileage", "lbrlinecode",
  "lbropcode", "lbropcodedesc", "lbrlabortype", "lbrsale", "totrosale", "serviceadvisor", "remarks" }

local function map(row)
  row.closedate = row.closedate or "02FEB26"
  return mapping.repair_order(given.rows({ row }, columns))
end

describe("the lines in a cell", function()
  it("are declined by an X before the op code and DECLINED in the text", function()
    local declined = map({
      lbropcode = "XBRKRýDIAGýXALGN",
      lbropcodedesc = "DECLINED REAR BRAKE PADS & ROTORS REAR PADS 3MM EST 412.50ýDIAGNOSEýDECLINED 4-WHEEL ALIGNMENT",
    }).declined
    expect(declined):equals {
      { op_code = "BRKR", description = "REAR BRAKE PADS & ROTORS", price_cents = 41250,
        condition = { measure = "brake_pad_rear", value = 3, unit = "mm" } },
      { op_code = "ALGN", description = "4-WHEEL ALIGNMENT" },
    }
  end)

  it("are none in a blank cell, or when the texts are fewer than the codes", function()
    expect(map({}).declined):equals {}
    expect(map({ lbropcode = "XBRKRýXALGN", lbropcodedesc = "" }).declined):equals {}
  end)
end)

describe("blockautomsg", function()
  it("is a no by Y, and never a yes", function()
    expect(map({ blockautomsg = "Y" }).customer.text_ok):equals(false)
    expect(map({ blockautomsg = "N" }).customer.text_ok):is_nil()
    expect(map({ blockautomsg = "" }).customer.email_ok):is_nil()
  end)
end)

describe("a repair order", function()
  it("is left out when it was voided", function()
    expect(map { voiddate = "18FEB26" }):equals(skip "voided")
    expect(map { rostatuscodedesc = "VOIDED" }):equals(skip "voided")
  end)

  it("is put aside when it has no closing day", function()
    expect(map { closedate = "31FEB26" }):equals(quarantine "closedate is no day")
  end)
end)
