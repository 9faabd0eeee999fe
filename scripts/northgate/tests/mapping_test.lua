local mapping = require "mapping"

local columns = { "hostdb", "ronumber", "opendate", "closedate", "voiddate", "rostatuscodedesc", "custno", "name1", "name2",
  "contactphonenumber", "contactemailaddress", "blockautomsg", "vin", "year", "make", "model", "mileage", "lbrlinecode",
  "lbropcode", "lbropcodedesc", "lbrlabortype", "lbrsale", "totrosale", "serviceadvisor", "remarks" }

local function map(row)
  row.closedate = row.closedate or "02FEB26"
  return mapping.repair_order(given.rows({ row }, columns))
end

maps "01_cdk_ro_history.csv"

describe("the lines in a cell", function()
  it("are declined by an X before the op code and DECLINED in the text", function()
    local declined = map({
      lbropcode = "XBRKRýDIAGýXALGNýXMPIýLOF",
      lbropcodedesc = "DECLINED REAR BRAKE PADS & ROTORS REAR PADS 3MM EST 412.50ýDIAGNOSEýDECLINED 4-WHEEL ALIGNMENT"
        .. "ýINSPECTIONýDECLINED OIL",
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

  property("keep their order and their texts", given.any.list(given.any.integer(0, 99), 6), function(numbers)
    local codes, words, wanted = {}, {}, {}
    for i, number in ipairs(numbers) do
      codes[i], words[i] = "XOP" .. number, "DECLINED WORK " .. number
      wanted[i] = { op_code = "OP" .. number, description = "WORK " .. number }
    end
    local order = map { lbropcode = table.concat(codes, "ý"), lbropcodedesc = table.concat(words, "ý") }
    expect(order.declined):equals(wanted)
  end)
end)

it.each("blockautomsg {1} is {2}: a no by Y, and never a yes", { { "Y", false }, { "N" }, { "" } }, function(flag, consent)
  local customer = map({ blockautomsg = flag }).customer
  expect(customer.text_ok):equals(consent)
  expect(customer.email_ok):equals(consent)
end)

describe("a repair order", function()
  it("is left out when it was voided", function()
    expect(map { voiddate = "18FEB26" }):is_skipped "voided"
    expect(map { rostatuscodedesc = "VOIDED" }):is_skipped "voided"
  end)

  it("is put aside when it has no closing day", function()
    expect(map { closedate = "31FEB26" }):is_quarantined "closedate is no day"
  end)
end)
