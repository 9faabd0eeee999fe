local dates = require "dates"

-- Each text and the day it is; false for none, since a table can't hold nil.
local function reads(form, cases)
  for text, day in pairs(cases) do
    expect({ form, text, dates.parse(text, form) or false }):equals { form, text, day }
  end
end

describe("dates.parse", function()
  it("reads each form", function()
    reads("MM/DD/YYYY", { ["03/03/2026"] = "2026-03-03", ["2/3/2026"] = "2026-02-03", ["12/31/1999"] = "1999-12-31" })
    reads("MM/DD/YY", { ["03/03/26"] = "2026-03-03", ["3/3/69"] = "2069-03-03", ["3/3/70"] = "1970-03-03" })
    reads("YYYY-MM-DD", { ["2026-02-28"] = "2026-02-28" })
    reads("YYYYMMDD", { ["20260312"] = "2026-03-12" })
    reads("MMDDYY", { ["031226"] = "2026-03-12" })
    reads("DDMMMYY", { ["02FEB26"] = "2026-02-02", ["2feb26"] = "2026-02-02" })
    reads("DD-MMM-YY", { ["12-MAR-26"] = "2026-03-12" })
    reads("YYYYDDD", { ["2026071"] = "2026-03-12", ["2024366"] = "2024-12-31", ["2026001"] = "2026-01-01" })
    reads("excel", { ["46093"] = "2026-03-12", ["46093.75"] = "2026-03-12" })
    reads("MM-DD-YYYY", { ["3-12-2026"] = "2026-03-12" })
    reads("MMDDYYYY", { ["03122026"] = "2026-03-12", ["13122026"] = false })
    reads("YYMMDD", { ["260312"] = "2026-03-12" })
    reads("YYYY/MM/DD", { ["2026/3/12"] = "2026-03-12" })
    reads("DD/MM/YYYY", { ["12/03/2026"] = "2026-03-12", ["31/12/2026"] = "2026-12-31", ["12/31/2026"] = false })
    reads("DD/MM/YY", { ["12/03/26"] = "2026-03-12" })
    reads("DDMMMYYYY", { ["12mar2026"] = "2026-03-12" })
    reads("DD-MMM-YYYY", { ["12-MAR-2026"] = "2026-03-12", ["12-XXX-2026"] = false })
    reads("MMM D, YYYY", { ["Mar 12, 2026"] = "2026-03-12", ["March 3, 2026"] = "2026-03-03", ["Marsh 3, 2026"] = false })
  end)

  it("reads numbers that stand for days", function()
    expect(dates.parse(20260312, "YYYYMMDD")):equals "2026-03-12"
    expect(dates.parse(46093, "excel")):equals "2026-03-12"
    expect(dates.parse(nil, "excel")):is_nil()
  end)

  it("reads zeros as nil in every form", function()
    for _, zeros in ipairs { "0", "00000000", "0000-00-00", "00/00/0000", "000000", "0000000", "" } do
      for _, form in ipairs { "MM/DD/YYYY", "YYYY-MM-DD", "YYYYMMDD", "MMDDYYYY", "MMDDYY", "YYMMDD", "YYYYDDD", "excel" } do
        expect({ form, zeros, dates.parse(zeros, form) }):equals { form, zeros }
      end
    end
  end)

  it("gives nil for what is no day", function()
    reads("MM/DD/YYYY", { ["02/30/2026"] = false, ["13/01/2026"] = false, ["00/10/2026"] = false, [""] = false, ["0"] = false })
    reads("MM/DD/YYYY", { ["02/29/2025"] = false, ["02/29/2024"] = "2024-02-29", ["02/29/1900"] = false, ["02/29/2000"] = "2000-02-29" })
    reads("DDMMMYY", { ["02FEV26"] = false, ["31APR26"] = false, ["2026-02-02"] = false })
    reads("YYYYDDD", { ["2026366"] = false, ["2026000"] = false, ["202671"] = false })
    reads("excel", { ["0"] = false, ["-46093"] = false, ["4609"] = false, ["46093x"] = false })
  end)

  it("refuses a form that isn't there, at the script's line", function()
    expect(function() dates.parse("x", "DD.MM.YYYY") end):errors "dates_test.lua"
    expect(function() dates.parse("x", "YYY-MM-DD") end):errors "did you mean 'YYYY-MM-DD'?"
    expect(function() dates.any("x", { "MMDDYYY" }) end):errors "dates_test.lua"
  end)
end)

describe("instants", function()
  local chicago = "America/Chicago"

  it("are the day by the zone's clock", function()
    expect(dates.parse(1770172500000, "epoch ms", chicago)):equals "2026-02-03"
    expect(dates.parse("1770172500000", "epoch ms", "UTC")):equals "2026-02-04"
    expect(dates.parse(1770172500, "epoch s", chicago)):equals "2026-02-03"
    expect(dates.parse(1770172500000.0, "epoch ms", chicago)):equals "2026-02-03"
  end)

  it("move with the clocks in spring and autumn", function()
    -- 2026-03-08 and 2026-11-01 begin in winter and summer time, and end in the other.
    local cases = {
      { 1772949599, "2026-03-07" }, { 1772949600, "2026-03-08" }, { 1773032399, "2026-03-08" }, { 1773032400, "2026-03-09" },
      { 1793509199, "2026-10-31" }, { 1793509200, "2026-11-01" }, { 1793599199, "2026-11-01" }, { 1793599200, "2026-11-02" },
    }
    for _, case in ipairs(cases) do expect({ case[1], dates.parse(case[1], "epoch s", chicago) }):equals(case) end
    expect(dates.parse(1783061999, "epoch s", "US/Arizona")):equals "2026-07-02"
    expect(dates.parse(1783062000, "epoch s", "America/Phoenix")):equals "2026-07-03" -- 00:00, and no summer time
    expect(dates.parse(1772955000, "epoch s", "America/St_Johns")):equals "2026-03-08"
  end)

  it("are nil for 0, blanks and what is none", function()
    for _, none in ipairs { 0, "0", "", "1.77E+12", "soon", -5, "-5", 1.5, "99999999999999999" } do
      expect(dates.parse(none, "epoch ms", chicago)):is_nil()
    end
    expect(dates.parse(nil, "epoch ms", chicago)):is_nil()
  end)

  it("have a form of their own with an offset", function()
    local function iso(text) return dates.parse(text, "iso", chicago) end
    expect(iso "2026-02-02T20:40:00-06:00"):equals "2026-02-02"
    expect(iso "2026-02-03T02:40:00Z"):equals "2026-02-02"
    expect(iso "2026-02-03T02:40:00.123+0000"):equals "2026-02-02"
    expect(iso "2026-02-02 23:59"):equals "2026-02-02"
    expect(iso "2026-02-02"):equals "2026-02-02"
    for _, none in ipairs { "2026-02-30T10:00:00Z", "2026-02-02T25:00:00Z", "2026-02-02T10:00:00 EST", "2026-02-02T", "", "0" } do
      expect(iso(none)):is_nil()
    end
  end)

  it("need a zone that is there", function()
    expect(function() dates.parse(0, "epoch ms") end):errors "needs a zone"
    expect(function() dates.parse("2026-02-02", "iso", "America/Chigaco") end):errors "did you mean 'America/Chicago'?"
    expect(function() dates.any("x", { "YYYYMMDD", "iso" }) end):errors "dates_test.lua"
  end)
end)

describe("dates.any", function()
  it("takes the first form that fits", function()
    local forms = { "MM/DD/YYYY", "excel", "MMDDYY" }
    expect(dates.any("2/3/2026", forms)):equals "2026-02-03"
    expect(dates.any("46059", forms)):equals "2026-02-06"
    expect(dates.any("020926", forms)):equals "2026-02-09"
    expect(dates.any("soon", forms)):is_nil()
  end)
end)

describe("counting days", function()
  it("crosses months, years and leap days", function()
    expect(dates.add_days("2026-02-27", 3)):equals "2026-03-02"
    expect(dates.add_days("2024-02-27", 3)):equals "2024-03-01"
    expect(dates.add_days("2026-01-01", -1)):equals "2025-12-31"
    expect(dates.days_between("2024-02-28", "2024-03-01")):equals(2)
    expect(dates.days_between("2026-03-03", "2026-02-03")):equals(-28)
  end)

  it("comes back to where it began, over 400 years", function()
    for count = 0, 146097, 97 do
      local day = dates.add_days("1970-01-01", count)
      expect(dates.days_between("1970-01-01", day)):equals(count)
    end
  end)
end)

describe("days in words", function()
  it("names the weekday and the month", function()
    expect(dates.words "2026-03-03"):equals "Tuesday, March 3"
    expect(dates.weekday "1970-01-01"):equals "Thursday"
    expect(dates.weekday "2000-02-29"):equals "Tuesday"
  end)
end)
